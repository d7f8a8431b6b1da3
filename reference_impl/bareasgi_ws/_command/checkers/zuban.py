"""The adapter for zuban.

zuban's configuration is the user's: it finds the file itself, from the current folder, and that can be one of mypy's.
Its mode is the user's too; the default one checks functions without annotations. Its ``exclude`` does not count for
files given by name.

What zuban 0.10.2 cannot tell: that ``ignore_errors`` silences a module, or that a file says ``# mypy: ignore-errors``.
It has no output but text.
"""

import glob
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..findings import Finding, Severity
from .base import Batch, Job
from .process import Process, in_commands, run_program

FINDING = re.compile(
    r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+):(?P<end_line>\d+):\d+: "
    r"(?P<severity>error|warning|note): (?P<message>.*?)(?:  \[(?P<code>[a-z-]+)\])?"
)
SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning"}
READ = re.compile(r"\b(\d+) source files?\)?$", re.MULTILINE)
PANIC = re.compile(r" panicked at .*:\n(.*)$", re.MULTILINE)
OPTIONS = ("--show-error-end", "--show-error-codes", "--no-pretty", f"--python-executable={sys.executable}")


def check(job: Job) -> Iterator[Batch]:
    """Check the files: in one process, unless a command line has no room for all of them."""
    roots = [f"--extra-search-path={root}" for root in job.roots_elsewhere]
    strict = ["--strict"] if job.strict else []
    # It takes each name for a pattern.
    for files in in_commands([glob.escape(str(file)) for file in job.files]):
        arguments = ["check", *OPTIONS, *roots, *strict, *files, str(job.canary)]
        yield read(run_program("zuban", arguments, {"RUST_BACKTRACE": "0"}), job.cwd, expected=len(files) + 1)


def read(process: Process, cwd: Path, *, expected: int) -> Batch:
    """Read what zuban wrote, and whether it read as many files as it should: it passes over what is not UTF-8."""
    matches = (FINDING.fullmatch(line) for line in process.stdout.splitlines())
    findings = _with_notes(_finding(match, cwd) for match in matches if match)
    if process.returncode not in (0, 1):
        panic = PANIC.search(process.stderr)
        return Batch(findings, f"failed: {panic[1]}" if panic else process.crash())
    read = READ.search(process.stdout)
    if read is None or int(read[1]) != expected:
        return Batch(findings, f"read {read[1] if read else 0} of {expected} files, its canary included.")
    return Batch(findings)


def _with_notes(findings: Iterable[Finding]) -> list[Finding]:
    """Add each note to the error on its line that it follows, indented, as pyright has what belongs to a message."""
    together: list[Finding] = []
    for one in findings:
        if together and one.severity == "note" and (one.file, one.line) == (together[-1].file, together[-1].line):
            together[-1] = replace(together[-1], message=f"{together[-1].message}\n  {one.message}")
        else:
            together.append(one)
    return together


def _finding(match: re.Match[str], cwd: Path) -> Finding:
    return Finding(
        file=Path(os.path.join(cwd, match["file"])),
        line=int(match["line"]),
        column=int(match["column"]),
        end_line=int(match["end_line"]),
        checker="zuban",
        code=match["code"],
        severity=SEVERITIES.get(match["severity"], "note"),
        message=match["message"],
    )
