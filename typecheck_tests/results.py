"""The results that are kept: what each checker says of each case file, in ``results/``, one file per checker.

The notes in them, and what a user can switch on, are written in ``notes.toml``: by hand, once for all checkers.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from bareasgi_ws._command.checkers import CheckerRun, ty

from .case_files import HOME, CaseFile

FOLDER = HOME / "results"
NOTES = HOME / "notes.toml"
COUNTED = {"gap": "gaps", "false positive": "false positives"}
STRICT = {
    "mypy": "[tool.mypy]\nstrict = true",
    "pyright": '[tool.pyright]\ntypeCheckingMode = "strict"',
    "basedpyright": '[tool.basedpyright]\ntypeCheckingMode = "strict"',
    "ty": "\n".join(["[tool.ty.rules]", *(f'{rule} = "error"' for rule in ty.STRICT)]),
    "pyrefly": '[tool.pyrefly]\npreset = "strict"',
    "zuban": "[tool.zuban]\nstrict = true",
}
"""What a user's pyproject.toml has for each checker to be as strict as the cases want it."""


@dataclass(frozen=True)
class Note:
    """Why checkers are wrong about some lines.

    Attributes:
        file: The name of the case file, or a pattern of names.
        code: What a line is recognized by, as a regular expression.
        text: What is missed there, or reported though it is no error.
        switch: What closes the gap: the line in a checker's own section of pyproject.toml, by the checker's name.
    """

    file: str
    code: str
    text: str
    switch: dict[str, str] = field(default_factory=dict[str, str])

    def matches(self, file: str, code: str) -> bool:
        """Whether it is about a line of that code in that file."""
        return fnmatch(file, self.file) and re.search(self.code, code) is not None


def notes() -> list[Note]:
    """Read the notes."""
    return [
        Note(file, code, **(entry if isinstance(entry, dict) else {"text": entry}))
        for file, of_file in tomllib.loads(NOTES.read_text(encoding="utf-8")).items()
        for code, entry in of_file.items()
    ]


def read(checker: str) -> dict[str, Any]:
    """Read the results of a checker."""
    return tomllib.loads(path(checker).read_text(encoding="utf-8"))


def path(checker: str) -> Path:
    """Return the place of a checker's results."""
    return FOLDER / f"{checker}.toml"


def write(run: CheckerRun, files: Sequence[CaseFile]) -> None:
    """Keep what a checker says of the files."""
    FOLDER.mkdir(exist_ok=True)
    path(run.name).write_text(text(run, files), encoding="utf-8")


def text(run: CheckerRun, files: Sequence[CaseFile]) -> str:
    """Write what a checker says of the files, as TOML."""
    wrong = {file.name: list(exceptions(run, file)) for file in files}
    every = [one for ones in wrong.values() for one in ones]
    lines = [
        "# Written by `python -m typecheck_tests.runner --write`.",
        f"checker = {json.dumps(run.name)}",
        f"version = {json.dumps(run.version)}",
        f"clean = {sum(file.clean for file in files)}",
        f"erroneous = {sum(file.erroneous for file in files)}",
        *(f"{many.replace(' ', '_')} = {_count(every, kind)}" for kind, many in COUNTED.items()),
        "\n[files]",
        *(f"{json.dumps(name)} = {json.dumps(_verdict(ones))}" for name, ones in wrong.items()),
    ]
    for one in every:
        lines += ["\n[[wrong]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in one.items())]
    return "\n".join(lines) + "\n"


def exceptions(run: CheckerRun, file: CaseFile) -> Iterator[dict[str, str]]:
    """Yield the lines of a file of which the checker does not say what is true, in their order."""
    source = file.path.read_text(encoding="utf-8").splitlines()
    reported = {one.line for one in run.findings if one.file == file.path and one.severity == "error"}
    erroneous = {line for line, marker in file.markers.items() if marker.erroneous}
    for line in sorted(reported ^ erroneous):
        code = source[line - 1].partition("  # ")[0].strip()
        kind = "gap" if line in erroneous else "false positive"
        yield {"file": file.name, "kind": kind, "code": code, "note": _note(file.name, code)}


def _note(file: str, code: str) -> str:
    return next((note.text for note in notes() if note.matches(file, code)), "")


def _verdict(ones: Sequence[dict[str, str]]) -> str:
    counts = {kind: _count(ones, kind) for kind in COUNTED}
    words = [f"{number} {kind if number == 1 else COUNTED[kind]}" for kind, number in counts.items() if number]
    return ", ".join(words) or "right"


def _count(ones: Sequence[dict[str, str]], kind: str) -> int:
    return sum(one["kind"] == kind for one in ones)
