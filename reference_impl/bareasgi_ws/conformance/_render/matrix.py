"""All requirements of several reports, as one table."""

from collections.abc import Sequence
from itertools import groupby

from ..report import Report, Result
from ..requirements import Requirement
from .markup import HTML, joined, tag
from .outcomes import MEANINGS, NOT_RUN, Row, rows
from .parts import anchor, kind, mark, outcome, report_anchor, sign


def legend(reports: Sequence[Report]) -> HTML:
    """Say what the signs mean that the matrix has."""
    there = {_name(result) for row in rows(reports) for result in row.results}
    entries = [(name, meaning) for name, meaning in MEANINGS.items() if name in there]
    return tag(
        "dl", *(tag("div", tag("dt", outcome(name)), tag("dd", text)) for name, text in entries), class_="legend"
    )


def matrix(reports: Sequence[Report]) -> HTML:
    """Write a row for each requirement and a column for each report."""
    names = [_column(number, report) for number, report in enumerate(reports, 1)]
    head = tag("thead", tag("tr", tag("th", "Requirement", scope="col"), *names))
    chapters = groupby(rows(reports), key=lambda row: row.requirement.chapter)
    bodies = [_chapter(name, list(group), len(reports)) for name, group in chapters]
    return tag("table", head, *bodies, class_="matrix")


def _column(number: int, report: Report) -> HTML:
    link = tag("a", str(number), href=f"#{report_anchor(number)}")
    name = tag("span", mark(report.backend), class_="name")
    return tag("th", link, " ", name, " ", tag("small", report.library, class_="library"), scope="col")


def _chapter(name: str, group: Sequence[Row], width: int) -> HTML:
    heading = tag("tr", tag("th", name, scope="rowgroup", colspan=str(1 + width)), class_="chapter")
    return tag("tbody", heading, *map(_row, group))


def _row(row: Row) -> HTML:
    first = next(number for number, result in enumerate(row.results, 1) if result is not None)
    cells = [_cell(number, row.requirement, result) for number, result in enumerate(row.results, 1)]
    link = tag("a", row.requirement.id, href=f"#{anchor(first, row.requirement.id)}", class_="id")
    level = tag("span", row.requirement.level, class_="level")
    rule = tag("span", row.requirement.text, class_="rule")
    return tag("tr", tag("th", link, " ", level, " ", rule, scope="row"), *cells)


def _cell(number: int, requirement: Requirement, result: Result | None) -> HTML:
    name = _name(result)
    shown = joined(sign(name), " ", tag("span", name, class_="word"))
    if result is not None and name != "pass":
        shown = tag("a", shown, href=f"#{anchor(number, requirement.id)}")
    return tag("td", shown, class_=f"outcome {kind(name)}")


def _name(result: Result | None) -> str:
    return NOT_RUN if result is None else result.outcome
