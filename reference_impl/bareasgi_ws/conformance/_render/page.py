"""Reports as one page."""

from collections.abc import Sequence
from importlib.resources import files

from ..report import Report
from .markup import HTML, joined, tag
from .matrix import legend, matrix
from .outcomes import tally, verdict
from .parts import mark, outcome, report_anchor
from .sections import details, facts

# What the page could load, were there a way to bring it in.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def page(reports: Sequence[Report]) -> str:
    """Write a page about one backend, or about several with a matrix first."""
    if len(reports) == 1:
        title = f"{reports[0].backend} {verdict(reports[0])}"
        return _document(title, _alone(reports[0]))
    return _document(f"Conformance of {_counted(reports)}", _side_by_side(reports))


def _counted(reports: Sequence[Report]) -> str:
    subjects = [f"{report.subject}s" for report in reports]
    return " and ".join(f"{subjects.count(subject)} {subject}" for subject in dict.fromkeys(subjects))


def _alone(report: Report) -> HTML:
    heading = joined(tag("p", "Conformance report", class_="kind"), tag("h1", mark(report.backend)))
    return joined(tag("header", heading, _verdict(report), facts(report)), details(1, report, level=2, alone=True))


def _side_by_side(reports: Sequence[Report]) -> HTML:
    heading = joined(tag("p", "Conformance reports", class_="kind"), tag("h1", f"{_counted(reports)} side by side"))
    contents = tag("ol", *(_entry(number, report) for number, report in enumerate(reports, 1)), class_="backends")
    table = tag("section", tag("h2", "All requirements", id="matrix"), legend(reports), matrix(reports))
    return joined(tag("header", heading, contents), table, *map(_one_of_several, range(1, len(reports) + 1), reports))


def _entry(number: int, report: Report) -> HTML:
    name = tag("a", mark(report.backend), href=f"#{report_anchor(number)}")
    counts = ", ".join(f"{count} {actual}" for actual, count in tally(report).items())
    about = tag("p", f"{report.library}: {counts}", class_="quiet")
    return tag("li", tag("span", str(number), class_="number"), tag("div", name, about), _verdict(report))


def _one_of_several(number: int, report: Report) -> HTML:
    heading = tag("h2", f"{number}. ", mark(report.backend), id=report_anchor(number))
    head = tag("header", heading, _verdict(report), facts(report))
    return tag("section", head, details(number, report, level=3, alone=False), class_="report")


def _verdict(report: Report) -> HTML:
    return tag("p", outcome("pass" if report.conforms else "fail", verdict(report)), class_="verdict")


def _document(title: str, content: HTML) -> str:
    style = files("bareasgi_ws.conformance._render").joinpath("report.css").read_text("utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="color-scheme", content="light dark"),
        tag("link", rel="icon", href="data:,"),
        tag("title", f"{title} | bareASGI WebSocket"),
        tag("style", HTML(style)),
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', tag('main', content)), lang='en')}\n"
