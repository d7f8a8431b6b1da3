# Written by `make stubs` from the module of this name.
"""Reports for people, as Markdown and as HTML.

Reports that were made in different environments can be put side by side.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from .report import Report

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
