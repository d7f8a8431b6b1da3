"""Put reports side by side: a row for each requirement, a column for each backend
or server.

A REPORT is a file that bareasgi-ws conformance --json wrote. Without --html the
matrix goes to standard output, as Markdown. With --compare it is what changed
since an earlier report: the versions, and the outcome of each requirement.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .._rules.arguments import describe_value, is_a
from ..conformance.report import Report
from .errors import CannotRunError, require
from .files import write_report

SUMMARY = "put the reports of several backends side by side"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument(
        "reports", nargs="+", type=Path, metavar="REPORT", help="a report, as JSON; one file may hold several"
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--html", type=Path, metavar="FILE", help="write an HTML page instead")
    instead.add_argument(
        "--compare", type=Path, metavar="FILE", help="write instead what changed since this report of the same server"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read the reports and write the matrix."""
    from ..conformance.render import html, markdown

    if arguments.compare is not None:
        return _compare(arguments.compare, arguments.reports)
    reports = [report for file in arguments.reports for report in _read(file)]
    try:
        if arguments.html is None:
            sys.stdout.write(markdown(reports))
        else:
            require("jinja2", "conformance", "--html")
            write_report(arguments.html, html(reports))
    except ValueError as error:
        raise CannotRunError(f"{error}.") from error
    return 0


def _compare(earlier: Path, files: Iterable[Path]) -> int:
    from .changes import changes, identity

    before = {identity(report): report for report in _reports(earlier)}
    found = [report for file in files for report in _reports(file)]
    for report in found:
        if identity(report) not in before:
            known = ", ".join(sorted(" on ".join(one[:2]) for one in before)) or "none"
            raise CannotRunError(
                f"{earlier} has no report of {report.backend} on {report.library}: those that it has are {known}."
            )
    sys.stdout.write("\n".join(changes(before[identity(report)], report) for report in found))
    return 0


def _reports(file: Path) -> list[Report]:
    try:
        return [Report.from_json(one) for one in _read(file)]
    except ValueError as error:
        raise CannotRunError(f"{file} is not a report: {error}.") from error


def _read(file: Path) -> list[Mapping[str, Any]]:
    try:
        report: Any = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise CannotRunError(f"cannot read {file}: {error.strerror}.") from error
    except ValueError as error:
        raise CannotRunError(f"{file} is not a report: {error}.") from error
    reports: list[Any] = report if is_a(report, list) else [report]
    for one in reports:
        if not isinstance(one, dict):
            raise CannotRunError(f"{file} is not a report: expected a JSON object, got {describe_value(one)}.")
    return reports
