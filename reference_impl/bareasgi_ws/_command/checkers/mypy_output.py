"""What mypy's output says. Pure: no I/O."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..findings import Finding

FOUND_TWICE = re.compile(r'^Source file found twice under different module names: "(?P<one>.+)" and "(?P<other>.+)"')
INTERNAL_ERROR = re.compile(r"^(?P<place>.+): error: INTERNAL ERROR", re.MULTILINE)
SHADOWS = "This file shadows library module"
UNREADABLE = re.compile(r"^(?P<file>.+?): error: (?P<message>Cannot (?:read|decode) file: .*)$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """A file as mypy sees it."""

    file: Path
    module: str
    base: str
    silenced: bool


@dataclass(frozen=True)
class Output:
    """What mypy wrote.

    Attributes:
        findings: Its findings, the last ones last.
        unparsed: The files that it could not parse, read or tell the module of. Any of them stops it.
        crashed_at: The place where it met an error of its own.
    """

    findings: list[Finding]
    unparsed: frozenset[Path]
    crashed_at: str | None

    def blockers(self, known: Collection[Path]) -> set[Path]:
        """Return the files that stopped a run that was stopped, without those known already.

        Some errors (`yield` outside a function) stop mypy 2.4.1 later, look like any other, and are the last it says.
        """
        if self.crashed_at:
            return set()
        suspects = self.unparsed or {one.file for one in self.findings[-1:]}
        return set(suspects) - set(known)


def without_duplicates(sources: Sequence[Source]) -> list[list[Source]]:
    """Group the sources so that no group has a module twice: mypy 2.4.1 rejects `a/main.py` beside `b/main.py`.

    Modules with one base folder stay together, for `import helpers` means the neighbour; only a `.pyi` and the `.py`
    beside it part.
    """
    groups: list[dict[str, Source]] = []
    for base in dict.fromkeys(source.base for source in sources):
        layers: list[dict[str, Source]] = []
        for source in (one for one in sources if one.base == base):
            _first_without(layers, {source.module})[source.module] = source
        for layer in layers:
            _first_without(groups, layer.keys()).update(layer)
    return [list(group.values()) for group in groups]


def namespace_package(findings: Sequence[Finding], roots: Sequence[Path]) -> Path | None:
    """Return the folder that mypy must be told to take for a package, or None.

    `app/models.py` without an `app/__init__.py` is the module `models` when it is named, and `app.models` when it is
    imported: mypy 2.4.1 refuses to have both. It rejects an `app/types.py` that way, too.
    """
    for one in findings:
        if match := FOUND_TWICE.match(one.message):
            top = max(match["one"], match["other"], key=len).split(".")[0]
            return next((folder for folder in one.file.parents if folder.name == top), None)
        if one.message.startswith(SHADOWS):
            return next((folder for folder in reversed(one.file.parents) if folder.parent in roots), None)
    return None


def parse_sources(output: str) -> list[Source]:
    """Read what the script ``mypy_sources`` printed."""
    return [Source(Path(path), *rest) for path, *rest in json.loads(output)]


def parse_output(stdout: str, stderr: str) -> Output:
    """Read mypy's JSON lines, and from its standard error what is wrong with a configuration or unreadable."""
    lines = [line for line in (stdout + stderr).splitlines() if line.startswith("{")]
    entries: list[dict[str, Any]] = [json.loads(line) for line in lines]
    unreadable = [_unreadable(Path(match["file"]), match["message"]) for match in UNREADABLE.finditer(stderr)]
    unparsed = {Path(entry["file"]) for entry in entries if entry["code"] == "syntax" or entry["line"] < 1}
    crash = INTERNAL_ERROR.search(stderr)
    return Output(
        findings=[_finding(entry) for entry in entries] + unreadable,
        unparsed=frozenset(unparsed | {one.file for one in unreadable}),
        crashed_at=crash["place"] if crash else None,
    )


def _finding(entry: dict[str, Any]) -> Finding:
    line = max(1, entry["line"])
    return Finding(
        file=Path(entry["file"]),
        line=line,
        column=max(0, entry["column"]) + 1,
        end_line=max(line, entry.get("end_line") or line),
        checker="mypy",
        code=entry["code"],
        severity="note" if entry["severity"] == "note" else "error",
        # The hint is indented, as pyright indents what belongs to a message.
        message="\n  ".join([*entry["message"].splitlines(), *(entry.get("hint") or "").splitlines()]),
    )


def _unreadable(file: Path, message: str) -> Finding:
    return Finding(file, 1, 1, None, "mypy", None, "error", message)


def _first_without(groups: list[dict[str, Source]], modules: Collection[str]) -> dict[str, Source]:
    """Return the first group that has none of the modules, a new one at the end if need be."""
    for group in groups:
        if group.keys().isdisjoint(modules):
            return group
    groups.append({})
    return groups[-1]
