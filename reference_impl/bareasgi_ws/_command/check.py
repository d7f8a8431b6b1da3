"""Check the annotations of your handlers with every installed type checker.

Each checker reads the files in the Python environment of this command, and what
all of them find comes back as one report. By default they find the mistakes in
annotated handlers, and leave unannotated handlers in peace (mypy runs with
--check-untyped-defs, pyright in its mode "standard"). --strict is the strict
mode of each of them.

Your own configuration of a checker, in the current folder or above it, counts
as it does for the checker itself, so what is stricter there stays strict. But
only the PATHs decide which files are checked: what the configuration includes,
excludes or ignores does not count. The command reports what it cannot overrule.

Every checker gets a file of known errors too, the canary. If it does not report
them, it read nothing, or did not see the stubs of bareasgi_ws, and that is a
failure.

exit status:
  0  no errors (warnings and notes are shown, and do not count)
  1  errors
  2  a checker or the command could not do its work; a sentence says what to do
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from .checkers import CHECKERS, Checker, CheckerRun, select
from .errors import require
from .files import import_roots, python_files, write_report
from .report import CheckReport, as_json

SUMMARY = "check annotated handlers with the installed type checkers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the subcommand."""
    known = ", ".join(checker.name for checker in CHECKERS)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a Python file, or a folder of them")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="run each checker in its strict mode; what a configuration says of single modules stays",
    )
    parser.add_argument(
        "--checker",
        action="append",
        default=[],
        metavar="NAME",
        help=f"run only this checker; may be repeated. NAME is one of {known}",
    )
    parser.add_argument(
        "--json", metavar="FILE", help="write the report as JSON too; with - to standard output, and nothing else"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check the files and report."""
    checkers = select(arguments.checker)
    require("rich", "check")
    files = python_files(arguments.paths)
    runs = _run_all(checkers, files, import_roots(arguments.paths), strict=arguments.strict)
    report = CheckReport(tuple(files), runs)
    _print_or_write(report, arguments.json)
    for failed in (one for one in runs if one.crash):
        print(f"bareasgi-ws: {failed.crash}", file=sys.stderr)
    return report.exit_status


def _run_all(
    checkers: Sequence[Checker], files: Sequence[Path], roots: Sequence[Path], *, strict: bool
) -> tuple[CheckerRun, ...]:
    from .progress import progress

    with (
        progress(checker.name for checker in checkers) as done,
        ThreadPoolExecutor(min(len(checkers), os.cpu_count() or 1)) as pool,
    ):
        futures = {pool.submit(checker.run, files, strict=strict, roots=roots): checker for checker in checkers}
        for future in as_completed(futures):
            done(futures[future].name)
    return tuple(future.result() for future in futures)


def _print_or_write(report: CheckReport, json_file: str | None) -> None:
    cwd = Path.cwd()
    if json_file is not None:
        text = json.dumps(as_json(report, cwd), indent=2) + "\n"
        if json_file == "-":
            sys.stdout.write(text)
            sys.stdout.flush()
            return
        write_report(Path(json_file), text)
    from .terminal import print_report

    print_report(report, cwd)
    sys.stdout.flush()
