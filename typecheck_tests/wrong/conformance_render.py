"""Reports for people, asked for wrongly."""

from typing import Any

from bareasgi_ws.conformance import Report
from bareasgi_ws.conformance.render import html, markdown


def one_report_alone(report: dict[str, Any]) -> None:
    markdown(report)  # E
    html(report)  # E


def a_report_that_is_alone(report: Report) -> None:
    markdown(report)  # E
    html(report)  # E


def what_is_not_a_report() -> None:
    markdown([1])  # E
    html(["report.json"])  # E


def no_reports() -> None:
    markdown()  # E
    html()  # E
    markdown(None)  # E
    html(None)  # E
    markdown(["report.json"])  # E
    html(["report.json"])  # E


def keys_that_are_no_names(report: dict[int, Any]) -> None:
    markdown([report])  # E
    html([report])  # E


def what_is_given_is_text(report: dict[str, Any]) -> None:
    markdown([report]).nothing  # E
    html([report]).nothing  # E
    as_bytes: bytes = markdown([report])  # E
    page: bytes = html([report])  # E
    print(as_bytes, page)


def other_arguments(report: dict[str, Any]) -> None:
    markdown([report], "title")  # E
    html([report], title="title")  # E
    markdown(report=[report])  # E
    html(report=[report])  # E
