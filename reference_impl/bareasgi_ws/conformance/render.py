"""Reports for people, as Markdown and as HTML.

Reports that were made in different environments can be put side by side.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from .._rules.arguments import describe_value, is_several
from ._render import markdown as _markdown
from ._render import page as _page
from .report import Report

# Not narrowed to, which would leave pyright with a Mapping of unknown types.
_ONE: Any = (Mapping, Report)


def markdown(reports: Iterable[Report | Mapping[str, Any]]) -> str:
    """Write reports as GitHub-flavoured Markdown.

    It has a matrix, with a row for each requirement and a column for each report. Then it has, for each requirement
    that a backend does not meet, the step, what was expected, what came, and the reason of a deviation.

    Args:
        reports: The reports, each as it is or as a JSON object.

    Returns:
        The Markdown.

    Raises:
        TypeError: What is given is one report, or something else than several.
        ValueError: The list is empty, or a report is not of format 3; it says what was expected, and where.
    """
    return _markdown.page(_read(reports))


def html(reports: Iterable[Report | Mapping[str, Any]]) -> str:
    """Write reports as one HTML page, which needs no other file and no script.

    It has all that the reports have; of a requirement that is not met also the conversation, step by step. Of several
    reports, a matrix comes first, with a row for each requirement and a column for each report.

    Args:
        reports: The reports, each as it is or as a JSON object.

    Returns:
        The page.

    Raises:
        TypeError: What is given is one report, or something else than several.
        ValueError: The list is empty, or a report is not of format 3; it says what was expected, and where.
        ImportError: Jinja2 is not installed; the extra ``conformance`` brings it.
    """
    return _page.page(_read(reports))


def _read(reports: Any) -> list[Report]:
    if not is_several(reports) or isinstance(reports, _ONE):
        raise TypeError(f"reports: expected several, as in [report], got {describe_value(reports)}")
    found = [_report(number, report) for number, report in enumerate(reports, 1)]
    if not found:
        raise ValueError("expected at least one report, got none")
    return found


def _report(number: int, report: Any) -> Report:
    if isinstance(report, Report):
        return report
    try:
        return Report.from_json(report)
    except ValueError as error:
        raise ValueError(str(error).replace("report", f"report {number}", 1)) from error
