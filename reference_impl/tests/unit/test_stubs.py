"""The stubs and the runtime say the same, to a checker and to a reader."""

import ast
import importlib
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bareasgi_ws

STUBS = Path(__file__).parents[3] / "bareasgi_ws-stubs"
RUNTIME = Path(bareasgi_ws.__file__).parent
MODULES = sorted(path.relative_to(STUBS).with_suffix("") for path in STUBS.rglob("*.pyi"))

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def documented(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Give each name that the stub defines, with its docstring; of overloads, the one that has it."""
    for node in body:
        if isinstance(node, Definition):
            text = ast.get_docstring(node)
            if text is not None:
                yield prefix + node.name, text
            if isinstance(node, ast.ClassDef):
                yield from documented(node.body, f"{prefix}{node.name}.")


def defined(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, Definition):
            yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                yield from defined(node.body, f"{prefix}{node.name}.")


def module_name(path: Path) -> str:
    return ".".join(part for part in ("bareasgi_ws", *path.parts) if part != "__init__")


def runtime_object(module: Path, name: str) -> Any:
    found: Any = importlib.import_module(module_name(module))
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    return getattr(found, "__func__", found)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_docstrings_are_the_same(module: Path) -> None:
    tree = ast.parse((STUBS / module).with_suffix(".pyi").read_text())
    docs = dict(documented(tree.body))
    assert set(defined(tree.body)) == set(docs), "a public definition has no docstring"
    for name, text in docs.items():
        assert inspect.cleandoc(runtime_object(module, name).__doc__) == text, name
    assert inspect.getdoc(importlib.import_module(module_name(module))) == ast.get_docstring(tree)


@pytest.mark.parametrize("stub", sorted((STUBS / "_spec").glob("*.pyi")), ids=lambda stub: stub.stem)
def test_the_specifications_modules_are_their_stubs(stub: Path) -> None:
    if stub.stem == "routing":
        pytest.skip("routing: a Protocol's overloads need an implementation at run time, which a stub must not have")
    assert stub.read_text() == (RUNTIME / "_spec" / stub.stem).with_suffix(".py").read_text()


def test_the_specification_imports_nothing_of_an_implementation() -> None:
    for path in (RUNTIME / "_spec").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert node.level < 2, f"{path.name}: from {'.' * node.level}{node.module}"


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


def test_all_is_the_same() -> None:
    for module in MODULES:
        tree = ast.parse((STUBS / module).with_suffix(".pyi").read_text())
        stated = [node.value for node in tree.body if isinstance(node, ast.Assign) and _assigns_all(node)]
        runtime = getattr(importlib.import_module(module_name(module)), "__all__", None)
        assert [ast.literal_eval(value) for value in stated] == ([runtime] if runtime is not None else []), module


def _assigns_all(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
