"""The adapter for pyright.

How the user's configuration counts is said in ``pyright_config``. pyright 1.1.414 tells how many files it read and not
which, so their number is compared. What it cannot tell: that a file says ``# pyright: basic`` or begins with
``# type: ignore``. That is the author's own word, in the file itself.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..findings import Finding, Severity
from . import pyright_config
from .base import Batch, Job
from .process import Process, run_python

# Windows takes 32 767 characters, and Linux 131 072 in one argument.
LONGEST_COMMAND = 30_000
NAME = "pyright"

ENVIRONMENT = {
    # No "there is a new pyright version available" on standard output.
    "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
    # Either would have pyright 1.1.414 download another version than the installed one that is reported.
    "PYRIGHT_PYTHON_FORCE_VERSION": "",
    "PYRIGHT_PYTHON_PYLANCE_VERSION": "",
}
BAD_CONFIGURATION = 3  # an exit status
# basedpyright 1.40.2 says so and goes on without the configuration.
UNREADABLE = "could not be parsed"
SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning"}


def check(job: Job, name: str = NAME) -> Iterator[Batch]:
    """Check the files in one process of pyright, or of the fork of that name."""
    files = [str(file) for file in (*job.files, job.canary)]
    user = pyright_config.find(job.cwd)
    config = pyright_config.generate(user, job.cwd, job.roots, strict=job.strict, name=name)
    if sum(map(len, files)) > LONGEST_COMMAND:
        # Relative: pyright 1.1.414 passes over an absolute `include`, with 0 errors and exit status 0.
        config["include"] = [Path(os.path.relpath(file, job.scratch)).as_posix() for file in files]
        files = []
    yield read(_run(name, job.scratch, config, files), expected=len(job.files) + 1, config=user, name=name)


def read(process: Process, *, expected: int, config: Path | None, name: str = NAME) -> Batch:
    """Read what pyright wrote, and whether it read as many files as it should."""
    try:
        report = json.loads(process.stdout)
    except ValueError:
        return Batch(crash=process.crash())
    findings = [_finding(entry, name) for entry in report["generalDiagnostics"]]
    analyzed = report["summary"]["filesAnalyzed"]
    if process.returncode == BAD_CONFIGURATION or UNREADABLE in process.stderr:
        return Batch(findings, f"cannot read your configuration {config}. Mend it, or check from another folder.")
    if process.returncode not in (0, 1):
        return Batch(findings, process.crash())
    if analyzed != expected:
        return Batch(findings, f"read {analyzed} of {expected} files, its canary included.")
    return Batch(findings)


def _run(name: str, scratch: Path, config: dict[str, Any], files: Sequence[str]) -> Process:
    project = scratch / "pyrightconfig.json"
    project.write_text(json.dumps(config), encoding="utf-8")
    options = ["--outputjson", "--project", str(project), "--pythonpath", sys.executable]
    return run_python(["-m", name, *options, *files], ENVIRONMENT)


def _finding(entry: dict[str, Any], checker: str) -> Finding:
    # A finding about a whole file has no range.
    place = entry.get("range", {"start": {"line": 0, "character": 0}, "end": {"line": 0}})
    return Finding(
        file=Path(entry["file"]),
        line=place["start"]["line"] + 1,
        column=place["start"]["character"] + 1,
        end_line=place["end"]["line"] + 1,
        checker=checker,
        code=entry.get("rule"),
        severity=SEVERITIES.get(entry["severity"], "note"),
        message=entry["message"].replace("\u00a0", " "),
    )
