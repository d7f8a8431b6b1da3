"""Findings: what a checker reports, merged over all checkers. Pure: no I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One message of one checker about one place. Lines and columns count from 1."""

    file: Path
    line: int
    column: int
    end_line: int | None
    checker: str
    code: str | None
    severity: Severity
    message: str


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of all checkers in the order of the files, each once."""
    return sorted(dict.fromkeys(findings), key=lambda one: (one.file, one.line, one.checker, one.column, one.message))


def by_line(findings: Iterable[Finding]) -> list[tuple[Path, int, list[Finding]]]:
    """Group the findings by file and line."""
    groups = groupby(merged(findings), key=lambda one: (one.file, one.line))
    return [(file, line, list(group)) for (file, line), group in groups]


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """Count the findings of one severity."""
    return sum(one.severity == severity for one in findings)
