"""Reports as one HTML page."""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from ..report import Report
from . import outcomes


def page(reports: Sequence[Report]) -> str:
    """Write a page about one report, or about several with a matrix first."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise ImportError("html needs jinja2: pip install 'bareasgi-ws[conformance]'") from error
    environment = Environment(
        loader=PackageLoader("bareasgi_ws.conformance", "_render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    variables = {"anchor": _anchor, "grouped": _grouped, "pieces": _pieces, "subjects": _subjects(reports)}
    return environment.get_template("report.html").render(variables, outcomes=outcomes, reports=reports)


def _subjects(reports: Sequence[Report]) -> str:
    found = [f"{report.subject}s" for report in reports]
    return " and ".join(f"{found.count(subject)} {subject}" for subject in dict.fromkeys(found))


def _shown(value: Any) -> Any:
    """Make text visible; what has been made HTML is so already."""
    return value if hasattr(value, "__html__") else outcomes.visible(str(value))


def _anchor(number: int, requirement: str) -> str:
    """Return the id of a requirement in a report: the first report's are the requirements' own."""
    own = quote(outcomes.visible(requirement), safe="")
    return own if number == 1 else f"report-{number}-{own}"


def _pieces(name: str) -> list[str]:
    """Split a dotted name where a narrow line can break."""
    return re.split(r"(?<=[.:_/])", name)


def _grouped(items: Sequence[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Group neighbours, where Jinja's own filter sorts."""
    return [(key, list(group)) for key, group in groupby(items, attrgetter(attribute))]
