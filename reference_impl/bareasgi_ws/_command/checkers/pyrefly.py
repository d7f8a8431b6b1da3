"""The adapter for pyrefly.

pyrefly 1.4.1 looks for a configuration from each file upwards. Here it is given one for all: the user's, found from the
current folder upwards, or else an empty one with the preset ``default``, for without one it reports next to nothing.
What the configuration includes or excludes does not count. ``--strict`` is the preset ``strict``, under the user's own
``errors``: a kind that these turn off stays off.

What pyrefly 1.4.1 cannot tell: that a ``sub-config`` or a baseline keeps the errors of a file back, or that the file
says ``# pyrefly: ignore-errors``.
"""

import glob
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..findings import Finding, Severity
from .base import Batch, Job
from .process import Process, in_commands, run_program

# Where pyrefly finds no configuration itself, an import means the neighbour, as it does with the second line.
CONFIGURATION = """\
preset = "default"
enable-fallback-search-path = true
"""
SEVERITIES: dict[str, Severity] = {"error": "error", "warn": "warning"}


def check(job: Job) -> Iterator[Batch]:
    """Check the files: in one process, unless a command line has no room for all of them."""
    options = _options(job)
    # It takes each name for a pattern.
    for files in in_commands([glob.escape(str(file)) for file in job.files]):
        yield read(run_program("pyrefly", [*options, *files, str(job.canary)]))


def read(process: Process) -> Batch:
    """Read what pyrefly wrote."""
    try:
        findings = [_finding(entry) for entry in json.loads(process.stdout)["errors"]]
    except ValueError:
        errors = [line for line in process.stderr.splitlines() if line.lstrip().startswith("ERROR ")]
        return Batch(crash=f"failed: {errors[0].strip()}" if errors else process.crash())
    return Batch(findings, None if process.returncode in (0, 1) else process.crash())


def find(cwd: Path) -> Path | None:
    """Find the user's configuration as pyrefly does: of the nearest folder that has one, pyrefly.toml first."""
    for folder in (cwd, *cwd.parents):
        if (folder / "pyrefly.toml").is_file():
            return folder / "pyrefly.toml"
        if _has_section(folder / "pyproject.toml"):
            return folder / "pyproject.toml"
    return None


def _has_section(file: Path) -> bool:
    try:
        return "pyrefly" in tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError):
        return False


def _options(job: Job) -> list[str]:
    config = find(job.cwd)
    if config is None:
        config = job.scratch / "pyrefly.toml"
        config.write_text(CONFIGURATION, encoding="utf-8")
    return [
        "check",
        f"--config={config}",
        "--output-format=json",
        "--min-severity=info",
        # Absolute paths.
        "--relative-to=",
        "--summary=none",
        "--disable-project-excludes-heuristics=true",
        "--use-ignore-files=false",
        f"--python-interpreter-path={sys.executable}",
        *(f"--search-path={root}" for root in (*job.roots, job.cwd)),
        *(["--preset=strict"] if job.strict else []),
    ]


def _finding(entry: dict[str, Any]) -> Finding:
    return Finding(
        file=Path(entry["path"]),
        line=entry["line"],
        column=entry["column"],
        end_line=entry["stop_line"],
        checker="pyrefly",
        code=entry["name"],
        severity=SEVERITIES.get(entry["severity"], "note"),
        message=entry["description"],
    )
