"""The case files: where they are, and how many cases they hold."""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import markers
from .markers import Marker

HOME = Path(__file__).parent
EXAMPLES = HOME.parent / "examples"
CASE = "case_"
GENERATED = ("matrix_*.py", "parameters_*.py")
"""What matrix.py and parameters.py write: three quarters of what a checker takes for all cases."""


@dataclass(frozen=True)
class CaseFile:
    """A file of cases.

    Attributes:
        name: Its folder and name, such as ``"wrong/websocket_receive"``.
        path: Where it is.
        markers: Its markers, by line.
    """

    name: str
    path: Path
    markers: dict[int, Marker]

    @property
    def erroneous(self) -> int:
        """How many erroneous cases it holds: the lines that are marked as such."""
        return sum(marker.erroneous for marker in self.markers.values())

    @property
    def clean(self) -> int:
        """How many clean cases it holds: the functions that are named as such."""
        return len(list(clean_cases(self.path.read_text(encoding="utf-8"))))

    def named(self, checker: str, *, erroneous: bool) -> int:
        """How many gaps, or false positives, of a checker it states."""
        return sum(one.erroneous is erroneous and checker in one.named for one in self.markers.values())


def clean_cases(source: str) -> Iterator[str]:
    """Yield the names of the clean cases: of the functions, at the top of a file, that begin with ``case_``."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith(CASE):
            yield node.name


def is_generated(path: Path) -> bool:
    """Tell whether a file of cases is written by a program."""
    return any(path.match(pattern) for pattern in GENERATED)


def read(folder: Path, checkers: Collection[str]) -> list[CaseFile]:
    """Read the case files in the subfolders ``clean`` and ``wrong`` of a folder.

    Raises:
        MarkerError: A file has a malformed marker.
    """
    return [_read(path, path.relative_to(folder), checkers) for path in _python_files(folder, "clean", "wrong")]


def read_examples(checkers: Collection[str]) -> list[CaseFile]:
    """Read the examples: clean cases of another kind."""
    return [_read(path, path.relative_to(EXAMPLES.parent), checkers) for path in _python_files(EXAMPLES, ".")]


def _python_files(folder: Path, *subfolders: str) -> Iterator[Path]:
    for subfolder in subfolders:
        yield from sorted(path for path in (folder / subfolder).glob("*.py") if path.name != "__init__.py")


def _read(path: Path, name: Path, checkers: Collection[str]) -> CaseFile:
    try:
        found = markers.parse(path.read_text(encoding="utf-8"), checkers)
    except markers.MarkerError as error:
        raise markers.MarkerError(f"{name}, {error}") from None
    return CaseFile(name.with_suffix("").as_posix(), path, found)
