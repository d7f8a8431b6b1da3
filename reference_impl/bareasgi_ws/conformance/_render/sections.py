"""What one report says: its facts, what is not met, the type checkers, the chapters."""

from collections.abc import Sequence
from itertools import groupby

from ..report import Report, Result, StaticResult
from .markup import HTML, joined, tag
from .outcomes import tally, unmet
from .parts import anchor, outcome, report_anchor
from .result import entry


def facts(report: Report) -> HTML:
    """Write the counts, and what the run was made with."""
    counts = [tag("li", tag("b", str(count)), " ", outcome(name)) for name, count in tally(report).items()]
    date = report.date.replace("T", " ").replace("+00:00", " UTC")
    known = {
        "Specification": report.spec_version,
        "Event loop": report.library,
        "Date": tag("time", date, datetime=report.date),
        **report.versions,
    }
    return joined(tag("ul", *counts, class_="counts"), tag("dl", *map(_fact, known, known.values()), class_="facts"))


def details(number: int, report: Report, *, level: int, alone: bool) -> HTML:
    """Write what is not met, as links; what the type checkers said; and each chapter."""
    chapters = groupby(report.results, key=lambda result: result.requirement.chapter)
    sections = [_chapter(number, name, list(group), level, alone) for name, group in chapters]
    return joined(_unmet(number, report, level), _static(number, report, level), *sections)


def _fact(name: str, value: str) -> HTML:
    return tag("div", tag("dt", name), tag("dd", value))


def _unmet(number: int, report: Report, level: int) -> HTML:
    entries = [_link(number, result) for result in unmet(report)]
    said = {static.outcome for static in report.static} - {"pass"}
    if said:
        checkers = tag("a", "What the type checkers said", href=f"#{_static_anchor(number)}")
        entries.insert(0, tag("li", outcome("fail" if "fail" in said else "could not run"), " ", checkers))
    if not entries:
        return joined()
    return tag("section", tag(f"h{level}", "Not met"), tag("ul", *entries, class_="unmet"))


def _link(number: int, result: Result) -> HTML:
    requirement = result.requirement
    link = tag("a", requirement.id, href=f"#{anchor(number, requirement.id)}", class_="id")
    return tag("li", outcome(result.outcome), " ", tag("span", link, " ", requirement.text))


def _static(number: int, report: Report, level: int) -> HTML:
    if report.subject == "server":
        return joined()
    heading = tag(f"h{level}", "Type checkers", id=_static_anchor(number))
    if not report.static:
        return tag("section", heading, tag("p", "No type checker was asked.", class_="quiet"))
    return tag("section", heading, tag("ul", *map(_checker, report.static), class_="checkers"))


def _checker(static: StaticResult) -> HTML:
    messages = [tag("li", tag("code", message)) for message in static.messages]
    name = joined(tag("b", static.checker), " ", static.version, " ", outcome(static.outcome))
    return tag("li", name, tag("ul", *messages, class_="messages") if messages else "")


def _static_anchor(number: int) -> str:
    return f"{report_anchor(number)}-type-checkers"


def _chapter(number: int, name: str, results: Sequence[Result], level: int, alone: bool) -> HTML:
    passed = sum(result.outcome == "pass" for result in results)
    said = tag("span", f"{passed} of {len(results)} passed", class_="quiet")
    heading = tag("summary", tag(f"h{level}", name), " ", said)
    entries = [entry(anchor(number, result.requirement.id), result, level + 1) for result in results]
    # Of several reports, a chapter with nothing to tell is one line.
    shown = alone or passed < len(results)
    return tag("details", heading, tag("ol", *entries, class_="requirements"), class_="chapter", open=shown)
