"""Hold a backend, or a server, to the numbered requirements of the specification.

A backend: MODULE:NAME is the object that describes it to the kit, a Backend of
bareasgi_ws.conformance. The module is looked for in the current folder first.
The backend runs in a process of its own, which is ended if it blocks the event
loop; what it prints goes to standard error. The installed type checkers read it
too: its web_socket has to be a WebSocket, and its parts what the kit asks for.

A server: it is held to the requirements that bind servers while it serves a raw
ASGI application, which records every event, and a client records every byte.
--server starts a server that is known, once for each of its implementations of
the protocol. --command starts any other. --url asks one that runs already, in
one process, and serves bareasgi_ws.conformance.application:application.
--reproduce writes a program that shows one fault alone.

What a report says: "conforms" of a run of all requirements, "conforms in what
could be seen: 70 of 88" where the backend cannot show the others, and "met what
was looked at: 12 of 12" of a run with --select or --level.

exit status:
  0  what was looked at is met: of a run of all requirements, the backend
     conforms, or every server does; or --write-known wrote its file
  1  it is not: a requirement failed or is blocked, a requirement is met
     although a deviation says that it is not, or a type checker found an error
  2  the command could not do its work; a sentence says what to do
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from ...conformance._selection import completed
from ...conformance.check import Check
from ...conformance.deviations import apply_to_all
from ...conformance.report import Library, Report
from ...conformance.requirements import Level, requirement_id
from ...conformance.runner import iter_checks
from ..errors import CannotRunError, require
from ..files import write_report
from ..leash import end_at_sigterm
from ..servers import SERVERS, find_servers
from .known import kept_reasons, read_known, write_known
from .messages import Job

if TYPE_CHECKING:
    from .server import ServerUnderTest

SERVER_RUN = "the examination of a server"
MAX_TIME = 300.0
"""A run that fails in every step may take longer than that; none that passes does."""

SUMMARY = "hold a backend or a server to the requirements"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the subcommand."""
    subject = parser.add_mutually_exclusive_group(required=True)
    subject.add_argument("backend", nargs="?", metavar="MODULE:NAME", help="the backend, such as my_backend:backend")
    subject.add_argument(
        "--server",
        action="append",
        metavar="NAME",
        help=f"start this server; may be repeated. NAME is one of {', '.join(SERVERS)}, or uvicorn for its three,"
        " or all",
    )
    subject.add_argument(
        "--command",
        dest="server_command",
        metavar="COMMAND",
        help="start a server with this command, such as 'myserver {app} --port {port}'; {app} is the application",
    )
    subject.add_argument(
        "--url",
        metavar="URL",
        help="ask this server, which runs already, such as http://127.0.0.1:8000 (https:// for TLS)",
    )
    parser.add_argument(
        "--logger", metavar="NAME", help="with --url or --command: the name of the logger that gets the server's errors"
    )
    parser.add_argument(
        "--ca-file",
        type=Path,
        metavar="FILE",
        help="with --url https://...: the certificate that its own is trusted by, as PEM",
    )
    parser.add_argument("--name", metavar="NAME", help="what the report calls the backend, or the one server")
    add_selection(parser)
    parser.add_argument(
        "--deviations",
        type=Path,
        metavar="FILE",
        help='the known deviations, as TOML: a line such as WS-CLOSE-03 = "the reason" for each',
    )
    parser.add_argument(
        "--write-known",
        type=Path,
        metavar="FILE",
        help="write what is not met into a file that --deviations reads; reasons that it has already are kept",
    )
    parser.add_argument(
        "--profile",
        metavar="NAME",
        help="with a MemoryBackend: the server that speaks to it, such as uvicorn-websockets",
    )
    parser.add_argument("--library", choices=get_args(Library), help="the event loop's library (default: asyncio)")
    parser.add_argument(
        "--deadline",
        type=_seconds,
        default=2.0,
        metavar="SECONDS",
        help="how many seconds each step may take (default: 2)",
    )
    parser.add_argument(
        "--max-time",
        type=_seconds,
        default=MAX_TIME,
        metavar="SECONDS",
        help=f"how many seconds all checks may take (default: {MAX_TIME:g}); what is left then is blocked",
    )
    parser.add_argument(
        "--reproduce",
        type=requirement_id,
        metavar="ID",
        help="with one server: write a program to standard output that shows the fault with this requirement",
    )
    parser.add_argument("--no-static", action="store_true", help="do not run the type checkers")
    parser.add_argument(
        "--json", metavar="FILE", help="write the report as JSON too; with - to standard output, and nothing else"
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the report as an HTML page too")


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that select requirements."""
    parser.add_argument(
        "--select",
        action="append",
        type=requirement_id,
        default=[],
        metavar="ID",
        help="only the requirements whose id begins with this, such as WS-CLOSE; may be repeated",
    )
    parser.add_argument(
        "--level", choices=get_args(Level), default="INFO", help="only requirements of this level, and those above it"
    )


def run(arguments: argparse.Namespace) -> int:
    """Hold the backend, or the servers, to the requirements and report."""
    end_at_sigterm()
    sys.path.insert(0, os.getcwd())
    require("rich", "conformance")
    if arguments.html is not None:
        require("jinja2", "conformance", "--html")
    _check_options(arguments)
    kept = kept_reasons(arguments) if arguments.write_known else {}
    deviations = {} if arguments.write_known else read_known(arguments.deviations)
    if arguments.reproduce is not None:
        return _reproduce(arguments)
    if arguments.backend is None:
        reports = _run_servers(arguments, deviations)
    else:
        reports = [_run_backend(arguments, deviations)]
    written = write_known(arguments.write_known, reports[0], kept) if arguments.write_known else ""
    _report(reports, arguments)
    if written:
        print(f"bareasgi-ws: {written}", file=sys.stderr)
        return 0
    if any(static.outcome == "could not run" for report in reports for static in report.static):
        return 2
    return 0 if all(report.is_met for report in reports) else 1


def _check_options(arguments: argparse.Namespace) -> None:
    """Reject an option that is for another kind of run."""
    backend, url, either = ("backend",), ("url",), ("url", "server_command")
    owners = {"profile": backend, "library": backend, "no_static": backend, "logger": either, "ca_file": url}
    expected = {backend: "a backend, MODULE:NAME", url: "--url", either: "--url or --command"}
    for name, allowed in owners.items():
        if getattr(arguments, name) and all(getattr(arguments, one) is None for one in allowed):
            raise CannotRunError(f"--{name.replace('_', '-')} is for {expected[allowed]}.")


def _run_backend(arguments: argparse.Namespace, deviations: Mapping[str, str]) -> Report:
    checks = _select_checks(arguments.select, arguments.level)
    if_own_server = iter_checks(arguments.select, arguments.level, own_server=True)
    job = Job(
        backend=arguments.backend,
        requirements=tuple(check.requirement for check in checks),
        deadline=arguments.deadline,
        library=arguments.library or "asyncio",
        profile=arguments.profile,
        if_own_server=tuple(check.requirement for check in if_own_server),
        max_time=arguments.max_time,
    )
    if find_spec(job.library) is None:
        raise CannotRunError(f"{job.library} is not installed: pip install {job.library}")
    from ..progress import counting
    from .backend import BackendRun
    from .static import run_type_checkers

    with counting(len(checks)) as on_progress:
        loaded, results = BackendRun(job, on_progress).run()
        on_progress(len(results), "the report")
        static = () if arguments.no_static else run_type_checkers(loaded, partial(on_progress, len(results)))
    report = loaded.report._replace(backend=arguments.name or arguments.backend, static=static)
    return completed(report, apply_to_all(results, deviations), checks, arguments.select, arguments.level)


def _run_servers(arguments: argparse.Namespace, deviations: Mapping[str, str]) -> list[Report]:
    require("anyio", "conformance", SERVER_RUN)
    from ..progress import counting
    from .server import ServerRun, server_checks

    checks = server_checks(arguments.select, arguments.level)
    reports: list[Report] = []
    for server in _servers(arguments):
        with counting(len(checks)) as on_progress:
            report = ServerRun(server, checks, arguments.deadline, arguments.max_time, on_progress).run()
        results = apply_to_all(report.results, deviations)
        # What a check of the server needs is shown where it was not met, for that says why the check was blocked.
        select = tuple(arguments.select) or ("",)
        shown = [one for one in results if one.requirement.id.startswith(select) or one.outcome.blocks]
        reports.append(completed(report, shown, checks, arguments.select, arguments.level))
    return reports


def _servers(arguments: argparse.Namespace) -> list["ServerUnderTest"]:
    from .server import known_server, running_server, server_of_command

    if arguments.url is not None:
        return [running_server(arguments.url, arguments.name, arguments.logger, arguments.ca_file)]
    if arguments.server_command is not None:
        return [server_of_command(arguments.server_command, arguments.name, arguments.logger)]
    servers = [known_server(name) for argument in arguments.server for name in find_servers(argument)]
    for option in ("name", "reproduce", "write_known"):
        if getattr(arguments, option) and len(servers) > 1:
            raise CannotRunError(f"--{option.replace('_', '-')} is for one server, and these are {len(servers)}.")
    return [server._replace(name=arguments.name or server.name) for server in servers]


def _reproduce(arguments: argparse.Namespace) -> int:
    require("anyio", "conformance", SERVER_RUN)
    from .reproduction import reproduction

    if arguments.backend is not None:
        raise CannotRunError("--reproduce is for a server.")
    (server,) = _servers(arguments)
    sys.stdout.write(reproduction(server, arguments.reproduce, arguments.deadline))
    return 0


def _select_checks(select: Iterable[str], level: Level) -> list[Check]:
    try:
        return list(iter_checks(select, level))
    except ValueError as error:
        raise CannotRunError(f"{error}.") from error
    except ImportError as error:
        raise CannotRunError(str(error)) from error


def _report(reports: Sequence[Report], arguments: argparse.Namespace) -> None:
    if arguments.html is not None:
        from ...conformance.render import html

        write_report(arguments.html, html(reports))
    if arguments.json is not None:
        content = [report.as_json() for report in reports]
        text = json.dumps(content if len(content) > 1 else content[0], indent=2) + "\n"
        if arguments.json == "-":
            sys.stdout.write(text)
            return
        write_report(Path(arguments.json), text)
    from .terminal import print_report

    for report in reports:
        print_report(report)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"expected seconds above 0, got {text}")
    return seconds
