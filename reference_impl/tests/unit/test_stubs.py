"""The stubs say something of everything; the runtime behind them keeps its layers, and imports little."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bareasgi_ws

STUBS = Path(__file__).parents[3] / "bareasgi_ws-stubs"
RUNTIME = Path(bareasgi_ws.__file__).parent
STUBS_OF_MODULES = sorted(STUBS.rglob("*.pyi"))

SPECIFICATION = ["_typing", "_version", "asgi", "capabilities", "close_code", "errors", "routing", "scope", "websocket"]

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def without_docstring(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    """Yield each name that the stub defines without a docstring; of overloads, the first has it."""
    seen: set[str] = set()
    for node in body:
        if isinstance(node, Definition):
            if node.name not in seen and ast.get_docstring(node) is None:
                yield prefix + node.name
            seen.add(node.name)
            if isinstance(node, ast.ClassDef):
                yield from without_docstring(node.body, f"{prefix}{node.name}.")


@pytest.mark.parametrize("stub", STUBS_OF_MODULES, ids=lambda stub: str(stub.relative_to(STUBS)))
def test_each_definition_has_a_docstring(stub: Path) -> None:
    assert [name for name in without_docstring(ast.parse(stub.read_text()).body) if not name.startswith("_")] == []


def test_the_specification_imports_nothing_of_an_implementation() -> None:
    for name in SPECIFICATION:
        for node in ast.walk(ast.parse((RUNTIME / f"{name}.py").read_text())):
            if isinstance(node, ast.ImportFrom) and node.level:
                assert node.module in SPECIFICATION, f"{name}: from .{node.module}"


def test_the_pure_rules_know_no_event_loop() -> None:
    for path in (RUNTIME / "_rules").glob("*.py"):
        tree = ast.parse(path.read_text())
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.Await)]


def test_only_the_socket_awaits_the_server_and_what_stands_between_them() -> None:
    source = {path.name: path.read_text() for path in (RUNTIME / "_reference").glob("*.py")}
    assert {name for name, text in source.items() if "_server_send(" in text} == {"socket.py", "server_workarounds.py"}


@pytest.mark.parametrize(
    "module", ["bareasgi_ws", "bareasgi_ws.testing", "bareasgi_ws.conformance", "bareasgi_ws.backends.asgi"]
)
def test_importing_loads_no_event_loop(module: str) -> None:
    loops = "[name for name in ('asyncio', 'trio', 'anyio', 'curio') if name in sys.modules]"
    program = f"import sys, {module}; print({loops})"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


@pytest.mark.skipif(sys.version_info < (3, 13), reason="below Python 3.13 the typing backport is needed")
def test_importing_needs_no_backport_from_python_3_13() -> None:
    program = "import sys; sys.modules['typing_extensions'] = None; import bareasgi_ws"
    subprocess.run([sys.executable, "-c", program], check=True)
