"""What all checkers found, the exit status and the JSON report. Pure: no I/O.

The JSON report is one object::

    {
      "format": 1,
      "checkers": [{
        "name": "mypy", "version": "2.4.1", "seconds": 1.2, "findings": 1,
        "outcome": "findings",  # or "clean", or "failed": it could not do its work, the message says why
        "message": null         # or sentences
      }],
      "findings": [{
        "file": "handlers.py",  # relative to the current folder where it is below it
        "line": 8, "column": 31, "end_line": 8,  # from 1; end_line may be null
        "checker": "mypy",
        "code": "operator",     # or null
        "severity": "error",    # or "warning", or "note"
        "message": "..."
      }],
      "summary": {"files": 1, "files_with_findings": 1, "findings": 1, "errors": 1, "warnings": 0, "notes": 0},
      "exit_status": 1
    }

Within one format, keys are only added.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from .checkers.base import CheckerRun
from .files import display_path
from .findings import Finding, count, merged

Outcome: TypeAlias = Literal["clean", "findings", "failed"]


@dataclass(frozen=True)
class CheckReport:
    """The files, and the run of each checker over them."""

    files: tuple[Path, ...]
    runs: tuple[CheckerRun, ...]

    @property
    def findings(self) -> list[Finding]:
        """The findings of all checkers, merged."""
        return merged(one for run in self.runs for one in run.findings)

    @property
    def exit_status(self) -> int:
        """2 where a checker could not do its work, else 1 where there is an error, else 0.

        A warning or a note is shown and changes nothing, as with the checkers themselves.
        """
        if any(run.crash for run in self.runs):
            return 2
        return 1 if count(self.findings, "error") else 0


def outcome(run: CheckerRun) -> Outcome:
    """Say in one word how a checker's run ended."""
    if run.crash:
        return "failed"
    return "findings" if run.findings else "clean"


def as_json(report: CheckReport, cwd: Path) -> dict[str, Any]:
    """Make the JSON report."""
    findings = report.findings
    return {
        "format": 1,
        "checkers": [_checker(run) for run in report.runs],
        "findings": [_finding(one, cwd) for one in findings],
        "summary": {
            "files": len(report.files),
            "files_with_findings": len({one.file for one in findings}),
            "findings": len(findings),
            "errors": count(findings, "error"),
            "warnings": count(findings, "warning"),
            "notes": count(findings, "note"),
        },
        "exit_status": report.exit_status,
    }


def _checker(run: CheckerRun) -> dict[str, Any]:
    return {
        "name": run.name,
        "version": run.version,
        "seconds": round(run.seconds, 2),
        "findings": len(run.findings),
        "outcome": outcome(run),
        "message": " ".join(filter(None, [run.crash, *run.notes])) or None,
    }


def _finding(one: Finding, cwd: Path) -> dict[str, Any]:
    return {
        "file": display_path(one.file, cwd),
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "checker": one.checker,
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
    }
