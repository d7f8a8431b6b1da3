"""The adapter for ty.

ty's configuration is the user's: it finds the file itself, from the current folder. What this excludes or ignores does
not count for files given by name. ty 0.0.105 has no strict mode: ``--strict`` makes errors of what the strict modes of
others report and ty warns of, or leaves out.

What ty 0.0.105 cannot tell: that ``[[tool.ty.overrides]]`` turns rules off for a file, or that the file begins with
``# type: ignore``. Below the current folder it finds the neighbour that an import means; elsewhere it looks for
modules in the folders that imports start from, and there alone.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..findings import Finding, Severity
from .base import Batch, Job
from .process import Process, in_commands, run_program

STRICT = (
    "missing-type-argument",
    "possibly-missing-attribute",
    "possibly-missing-import",
    "possibly-unresolved-reference",
    "redundant-condition-strict",
    "unused-awaitable",
)
SEVERITIES: dict[str, Severity] = {"blocker": "error", "critical": "error", "major": "error", "minor": "warning"}
CAUSE = re.compile(r"^ *Cause: (.*)$", re.MULTILINE)


def check(job: Job) -> Iterator[Batch]:
    """Check the files: in one process, unless a command line has no room for all of them."""
    for files in in_commands([str(file) for file in job.files]):
        arguments = [*_options(job), *files, str(job.canary)]
        # Else, in the CI of GitLab, the paths would start from there.
        yield read(run_program("ty", arguments, {"CI_PROJECT_DIR": str(job.cwd)}), job.cwd)


def read(process: Process, cwd: Path) -> Batch:
    """Read what ty wrote. A file that it cannot read is a finding, with the exit status of a failure."""
    try:
        findings = [_finding(entry, cwd) for entry in json.loads(process.stdout)]
    except ValueError:
        causes = CAUSE.findall(process.stderr)
        return Batch(crash=f"failed: {': '.join(causes)}" if causes else process.crash())
    finished = process.returncode in (0, 1) or any(one.code == "io" for one in findings)
    return Batch(findings, None if finished else process.crash())


def _options(job: Job) -> list[str]:
    return [
        "check",
        "--output-format=gitlab",
        "--no-progress",
        "--no-force-exclude",
        "--no-respect-ignore-files",
        f"--python={sys.executable}",
        *(f"--extra-search-path={root}" for root in job.roots_elsewhere),
        *(f"--error={rule}" for rule in STRICT if job.strict),
    ]


def _finding(entry: dict[str, Any], cwd: Path) -> Finding:
    place = entry["location"]["positions"]
    rule = entry["check_name"]
    return Finding(
        file=Path(os.path.join(cwd, entry["location"]["path"])),
        line=place["begin"]["line"],
        column=place["begin"]["column"],
        end_line=place["end"]["line"],
        checker="ty",
        code=rule,
        severity=SEVERITIES.get(entry["severity"], "note"),
        message=entry["description"].removeprefix(f"{rule}: "),
    )
