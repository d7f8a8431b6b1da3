"""Every public name that has a docstring in the stubs, and the code in which a person points at it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .docstrings import STUBS, docstrings, prefix
from .project import CARET

PACKAGE = "bareasgi_ws"

KINDS = {
    "names": "each class, function, method and property of `bareasgi_ws`",
    "submodules": "each one of its submodules `testing`, `conformance` and `backends`",
    "constants": "each type alias and constant",
    "codes": "each close code",
    "attributes": "each attribute of `Application`, `Route` and `Handshake`",
    "keys": "each key of the scope",
}
"""What is pointed at: the name of each kind, and what it is to a person."""

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.AnnAssign


class Name(NamedTuple):
    """A public name.

    Attributes:
        kind: One of the kinds.
        documentation: Its docstring.
        code: A file that uses it, with the caret on it.
    """

    kind: str
    documentation: str
    code: str


@cache
def public_names() -> dict[str, Name]:
    """Return every public name, but for dunders, at which nobody points."""
    return dict(reversed(list(_names())))


def _names() -> Iterator[tuple[str, Name]]:
    definitions = {
        prefix(path) + _named(node): node
        for path, tree in _trees()
        for node in tree.body
        if isinstance(node, Definition)
    }
    for module, begin, exported in _modules():
        for full, documentation in docstrings().items():
            base, _, member = full.removeprefix(begin).partition(".")
            if full.startswith(begin) and base in exported and not member.startswith("__"):
                kind, use = _use(definitions[begin + base], base, member)
                if kind == "names" and module != PACKAGE:
                    kind = "submodules"
                yield full, Name(kind, documentation, f"from {module} import {base}\n\n\n{use}\n")


def _use(definition: Definition, base: str, member: str) -> tuple[str, str]:
    """Return the kind of a name, and a statement that uses it."""
    if not member:
        return "constants" if isinstance(definition, ast.AnnAssign) else "names", f"print({_pointed(base)})"
    assert isinstance(definition, ast.ClassDef)
    bases = [ast.unparse(one) for one in definition.bases]
    if "IntEnum" in bases:
        return "codes", f"print({base}.{_pointed(member)})"
    if "TypedDict" in bases:
        return "keys", f'def use(x: {base}) -> None:\n    print(x["{_pointed(member)}"])'
    attributes = [_named(node) for node in definition.body if isinstance(node, ast.AnnAssign)]
    return (
        "attributes" if member in attributes else "names",
        f"def use(x: {base}) -> None:\n    print(x.{_pointed(member)})",
    )


def _modules() -> Iterator[tuple[str, str, list[str]]]:
    """Yield each public module, a package before what is in it, with its prefix and what it offers."""
    for path, tree in _trees():
        parts = [part for part in path.parts if part != "__init__"]
        if not any(part.startswith("_") for part in parts):
            yield ".".join([PACKAGE, *parts]), prefix(path), _offered(tree)


def _offered(tree: ast.Module) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            offered: list[str] = ast.literal_eval(node.value)
            return offered
    return [_named(node) for node in tree.body if isinstance(node, Definition)]


def _trees() -> list[tuple[Path, ast.Module]]:
    paths = sorted(STUBS.rglob("*.pyi"))
    return [(path.relative_to(STUBS).with_suffix(""), ast.parse(path.read_text("utf-8"))) for path in paths]


def _named(node: Definition) -> str:
    return ast.unparse(node.target) if isinstance(node, ast.AnnAssign) else node.name


def _pointed(name: str) -> str:
    return name[0] + CARET + name[1:]
