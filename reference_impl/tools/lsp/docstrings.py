"""The stubs' docstrings, and whether what an editor shows is one of them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path

from .project import ROOT

STUBS = ROOT / "bareasgi_ws-stubs"


@cache
def docstrings() -> dict[str, str]:
    """Return the docstring of each class, function, method and constant of the stubs, by its name, see ``prefix``."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(STUBS.rglob("*.pyi"))}
    return {name: text for path, tree in trees.items() for name, text in _of_body(tree, prefix(path))}


def prefix(path: Path) -> str:
    """Return what names begin with that a module shares with others: each backend has a ``backend``, for one."""
    return f"{path.stem}." if path.parent.name == "backends" and path.stem != "__init__" else ""


def docstring(name: str) -> str:
    """Return the docstring of a public name, or of a member of ``WebSocket``."""
    return docstrings().get(f"WebSocket.{name}") or docstrings()[name]


def described(documentation: str, section: str = "Args") -> dict[str, str]:
    """Return what a docstring says of each parameter, or of what another section lists, as one line."""
    found = re.search(rf"^{section}:\n((?:    .*\n?)+)", documentation, re.MULTILINE)
    entries = re.findall(r"^    (\w+): (.*\n?(?:        .*\n?)*)", found[1] if found else "", re.MULTILINE)
    return {name: " ".join(said.split()) for name, said in entries}


def shows(shown: str, documentation: str) -> bool:
    """Tell whether every line of a docstring is shown, markup and the sections' headings aside."""
    letters = _letters(shown)
    lines = (line for line in documentation.splitlines() if not re.fullmatch(r"\w+:", line.strip()))
    return all(_letters(line) in letters for line in lines)


def shows_beginning(shown: str, sentence: str) -> bool:
    """Tell whether the first words of a sentence are shown, at least; some servers show its first line alone."""
    return _letters(" ".join(sentence.split()[:8])) in _letters(shown)


def _of_body(parent: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, str]]:
    for node, following in pairwise([*parent.body, ast.Pass()]):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if text := ast.get_docstring(node):
                yield prefix + node.name, text
            if isinstance(node, ast.ClassDef):
                yield from _of_body(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(following, ast.Expr):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            yield prefix + ast.unparse(target), cleandoc(ast.literal_eval(following.value))


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text))
