"""The stubs say something of everything, and what they describe imports little."""

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


@pytest.mark.parametrize("module", ["", ".testing", ".conformance", ".conformance.url", ".backends.asgi"])
def test_importing_loads_no_event_loop(module: str) -> None:
    loops = "[name for name in ('asyncio', 'trio', 'anyio', 'curio', 'websockets') if name in sys.modules]"
    program = f"import sys, bareasgi_ws{module}; print({loops})"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


@pytest.mark.skipif(sys.version_info < (3, 13), reason="below Python 3.13 the typing backport is needed")
def test_importing_needs_no_backport_from_python_3_13() -> None:
    program = "import sys; sys.modules['typing_extensions'] = None; import bareasgi_ws"
    subprocess.run([sys.executable, "-c", program], check=True)
