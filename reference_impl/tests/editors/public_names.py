"""Every docstring of the stubs, and the code in which a person points at each public name that has one."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
STUBS = ROOT / "bareasgi_ws-stubs"
PACKAGE = "bareasgi_ws"

CARET = "‸"
"""Where the cursor is, in the code of a question."""

KINDS = {
    "names": "each class, function, method and property of `bareasgi_ws`",
    "submodules": "each one of its submodules `testing`, `conformance` and `backends`",
    "constants": "each type alias and constant",
    "codes": "each close code",
    "attributes": "each attribute of `Application`, `Route` and `Handshake`",
    "keys": "each key of the scope",
}
"""What is pointed at: the name of each kind, and what it is to a person."""


class Name(NamedTuple):
    """A name that has a docstring.

    Attributes:
        full: The module that defines it, and its name there.
        module: The module that it is imported from.
        base: The name that is imported: its own, or that of its class.
        kind: One of the kinds.
        documentation: Its docstring.
        use: A statement that uses it, with the caret on it.
    """

    full: str
    module: str
    base: str
    kind: str
    documentation: str
    use: str


@cache
def names() -> list[Name]:
    """Return every name of the stubs that has a docstring, the private modules' too."""
    return [name for module, tree in _trees().items() for name in _names(module, tree)]


@cache
def public_names() -> dict[str, Name]:
    """Return each public name once; nobody points at dunders."""
    found: dict[str, Name] = {}
    for module in _trees():
        here = import_module(module)
        exported = getattr(here, "__all__", {name.base for name in names() if name.module == module})
        for name in names() if "._" not in module else ():
            home = import_module(name.module)
            if name.base in exported and vars(here)[name.base] is vars(home)[name.base] and "__" not in name.full:
                kind = "submodules" if name.kind == "names" and module != PACKAGE else name.kind
                found.setdefault(name.full, name._replace(kind=kind, module=module))
    return found


def code_pointing_at(name: Name) -> str:
    """Return code with the caret on the name, and with all others of its module: a server reads it once for all."""
    together = [one for one in public_names().values() if one.module == name.module]
    uses = (one.use if one == name else one.use.replace(CARET, "") for one in together)
    imported = ", ".join(dict.fromkeys(one.base for one in together))
    return "\n".join([f"from {name.module} import {imported}", "", "", *uses, ""])


def docstring(member: str) -> str:
    """Return the docstring of a member of ``WebSocket``."""
    return public_names()[f"{PACKAGE}.websocket:WebSocket.{member}"].documentation


def described(documentation: str, section: str = "Args") -> dict[str, str]:
    """Return what a docstring says of each parameter, or of what another section lists, as one line."""
    found = re.search(rf"^{section}:\n((?:    .*\n?)+)", documentation, re.MULTILINE)
    entries = re.findall(r"^    (\w+): (.*\n?(?:        .*\n?)*)", found[1] if found else "", re.MULTILINE)
    return {name: " ".join(said.split()) for name, said in entries}


@cache
def _trees() -> dict[str, ast.Module]:
    """Return the tree of each module, a package before what is in it."""
    paths = {path: path.relative_to(STUBS).with_suffix("").parts for path in STUBS.rglob("*.pyi")}
    modules = {".".join([PACKAGE, *(one for one in parts if one != "__init__")]): path for path, parts in paths.items()}
    return {module: ast.parse(modules[module].read_text("utf-8")) for module in sorted(modules)}


def _names(module: str, tree: ast.Module) -> Iterator[Name]:
    for node, text in _documented(tree):
        base = _named(node)
        kind = "constants" if isinstance(node, ast.AnnAssign) else "names"
        yield Name(f"{module}:{base}", module, base, kind, text, f"print({_pointed(base)})")
        if isinstance(node, ast.ClassDef):
            yield from _members(module, node)


def _members(module: str, of: ast.ClassDef) -> Iterator[Name]:
    bases = [ast.unparse(one) for one in of.bases]
    for node, text in _documented(of):
        member, using = _named(node), f"def use(x: {of.name}) -> None:\n    print(%s)"
        if "IntEnum" in bases:
            kind, use = "codes", f"print({of.name}.{_pointed(member)})"
        elif "TypedDict" in bases:
            kind, use = "keys", using % f'x["{_pointed(member)}"]'
        else:
            kind = "attributes" if isinstance(node, ast.AnnAssign) else "names"
            use = using % f"x.{_pointed(member)}"
        yield Name(f"{module}:{of.name}.{member}", module, of.name, kind, text, use)


def _documented(parent: ast.Module | ast.ClassDef) -> Iterator[tuple[ast.stmt, str]]:
    for node, following in pairwise([*parent.body, ast.Pass()]):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if text := ast.get_docstring(node):
                yield node, text
        elif isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(following, ast.Expr):
            yield node, cleandoc(ast.literal_eval(following.value))


def _named(node: ast.stmt) -> str:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name
    assert isinstance(node, ast.AnnAssign | ast.Assign)
    return ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])


def _pointed(name: str) -> str:
    return name[0] + CARET + name[1:]
