"""Each layer imports from those below it, and from no other: see ARCHITECTURE.md."""

import ast
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import bareasgi_ws

RUNTIME = Path(bareasgi_ws.__file__).parent
LAYERS = [
    {"_typing", "_version", "asgi", "capabilities", "close_code", "errors", "routing", "scope", "websocket"},
    {"_rules"},
    {"_reference"},
    {"testing"},
    {"conformance"},
    {"backends"},
    {"_command"},
]
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}
OF_NONE = {"__init__", "__main__"}
APPLICATION = "conformance/application.py"
"""What a server serves, with the kit and the reference in it: it is above both, and nothing imports it."""


@cache
def imports(text: str, path: Path) -> set[str]:
    """Return what a module imports of its own package: modules and packages at its top."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom) and node.level]
    bases = [path.parents[node.level - 1].joinpath(*(node.module or "").split(".")) for node in nodes]
    return {base.parts[0] for base in bases if base.parts}


def upward(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.py")):
        path = file.relative_to(folder)
        name = path.parts[0].removesuffix(".py")
        if name not in OF_NONE and path != Path(APPLICATION):
            above = (other for other in imports(file.read_text("utf-8"), path) if LAYER[other] > LAYER[name])
            yield from (f"{path} imports {other}" for other in above)


def test_no_layer_imports_from_one_above_it() -> None:
    assert list(upward(RUNTIME)) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("websocket.py", "from ._rules import arguments"),
        ("_rules/arguments.py", "from .._reference.router import Router"),
        ("_reference/socket.py", "from ..testing import connect"),
        ("testing/client.py", "from ..conformance import run"),
        ("conformance/_checks/close.py", "from ...backends.asgi import serve"),
        ("backends/asgi.py", "from .._command import main"),
    ],
)
def test_one_that_does_is_seen(module: str, line: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(RUNTIME, tmp_path / "runtime", ignore=shutil.ignore_patterns("__pycache__")))
    with (copy / module).open("a") as file:
        file.write(f"{line}\n")
    assert [found.partition(" ")[0] for found in upward(copy)] == [module]


def test_the_pure_rules_know_no_event_loop() -> None:
    for path in (RUNTIME / "_rules").glob("*.py"):
        tree = ast.parse(path.read_text())
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.Await)]


def test_only_the_socket_awaits_the_server_and_what_stands_between_them() -> None:
    source = {path.name: path.read_text() for path in (RUNTIME / "_reference").glob("*.py")}
    assert {name for name, text in source.items() if "_server_send(" in text} == {"socket.py", "server_workarounds.py"}
