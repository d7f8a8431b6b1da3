"""Hold a backend to the numbered requirements of the specification.

MODULE:NAME is the object that describes the backend to the kit, a Backend of bareasgi_ws.conformance. The module is
looked up from the current folder first. The backend runs in a process of its own, which is ended where it blocks the
event loop; what it prints goes to standard error.

The installed type checkers read the backend too: its web_socket is to be a WebSocket, and its parts what the kit asks
for.

exit status:
  0  the backend conforms
  1  it does not: a requirement failed or is blocked, a deviation is none, or a type checker found an error
  2  the command could not do its work; a sentence says what to do
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

from ...conformance._judging import judged
from ...conformance.deviations import read_deviations
from ...conformance.report import Report
from ...conformance.requirements import Level
from ..errors import CannotRunError, require_rich
from ..files import write
from .job import Job

SUMMARY = "hold a backend to the requirements of the specification"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("backend", metavar="MODULE:NAME", help="the backend, such as my_backend:backend")
    add_selection(parser)
    parser.add_argument(
        "--deviations", type=Path, metavar="FILE", help='known deviations: TOML, a line WS-CLOSE-03 = "reason" for each'
    )
    parser.add_argument("--profile", metavar="NAME", help="for an ASGI application in memory: the server it runs under")
    parser.add_argument("--library", choices=["asyncio", "trio"], default="asyncio", help="the event loop's library")
    parser.add_argument(
        "--deadline", type=_seconds, default=2.0, metavar="SECONDS", help="how long each step may take (default: 2)"
    )
    parser.add_argument("--no-static", action="store_true", help="leave the type checkers out")
    parser.add_argument("--json", metavar="FILE", help="write the report as JSON too; - for standard output, alone")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the report as a page too")


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that select requirements."""
    parser.add_argument(
        "--select", action="append", default=[], metavar="ID", help="only ids that begin so; may be repeated"
    )
    parser.add_argument("--level", choices=get_args(Level), default="INFO", help="only this level and those above it")


def run(arguments: argparse.Namespace) -> int:
    """Hold the backend to the requirements and report."""
    sys.path.insert(0, os.getcwd())
    require_rich("conformance")
    job = _job(arguments)
    report = _run(job, _deviations(arguments.deviations), static=not arguments.no_static)
    _report(report.as_json(), arguments)
    if any(static.outcome == "could not run" for static in report.static):
        return 2
    return 0 if report.conforms else 1


def _job(arguments: argparse.Namespace) -> Job:
    job = Job(
        backend=arguments.backend,
        select=tuple(arguments.select),
        level=arguments.level,
        deadline=arguments.deadline,
        library=arguments.library,
        profile=arguments.profile,
    )
    try:
        job.checks()
    except ValueError as error:
        raise CannotRunError(f"{error}: bareasgi-ws requirements lists them.") from error
    except ImportError as error:
        raise CannotRunError(str(error)) from error
    if find_spec(job.library) is None:
        raise CannotRunError(f"{job.library} is not installed: pip install {job.library}")
    return job


def _run(job: Job, deviations: Mapping[str, str], *, static: bool) -> Report:
    from ..progress import counting
    from .static_half import static_half
    from .watchdog import Watchdog

    with counting(len(job.checks())) as begun:
        about, results = Watchdog(job, begun).run()
        begun(len(results), "type checkers")
        verdicts = static_half(about) if static else ()
    judgements = tuple(judged(result, deviations) for result in results)
    return about.report._replace(results=judgements, static=verdicts)


def _deviations(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    try:
        return read_deviations(file)
    except OSError as error:
        raise CannotRunError(f"cannot read {file}: {error.strerror}.") from error
    except ValueError as error:
        raise CannotRunError(f"{file}: {error}.") from error


def _report(report: Mapping[str, Any], arguments: argparse.Namespace) -> None:
    if arguments.html is not None:
        from ...conformance.render import html

        write(arguments.html, html([report]))
    if arguments.json is not None:
        text = json.dumps(report, indent=2) + "\n"
        if arguments.json == "-":
            sys.stdout.write(text)
            return
        write(Path(arguments.json), text)
    from .terminal import print_report

    print_report(report)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"expected seconds above 0, got {text}")
    return seconds
