"""The drift gate: the stubs and the runtime must define the same, name by name and word by word.

mypy's stubtest compares names, parameters and defaults with the imported runtime. It does not see an annotation that
changed, async turned sync, or a TypedDict's keys, so the definitions themselves are compared as well, as source text.
Run it with ``python reference_impl/tools/drift.py``.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
STUBS = ROOT / "bareasgi_ws-stubs"
RUNTIME = ROOT / "reference_impl" / "bareasgi_ws"
ALLOWED = Path(__file__).with_name("drift_allowed.toml")
STUBTEST_ALLOWED = Path(__file__).with_name("stubtest_allowed.txt")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definitions = dict[str, list[str]]


class _Plain(ast.NodeTransformer):
    """Write out annotations that are strings."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Parse a string where it stands for a type."""
        return ast.parse(node.value, mode="eval").body if isinstance(node.value, str) else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Leave the values of a Literal as they are."""
        return node if ast.unparse(node.value) == "Literal" else self.generic_visit(node)


def _annotation(node: ast.expr | None) -> str:
    return "" if node is None else ast.unparse(_Plain().visit(node))


def _arguments(arguments: ast.arguments) -> str:
    for argument in ast.walk(arguments):
        if isinstance(argument, ast.arg) and argument.annotation is not None:
            argument.annotation = _Plain().visit(argument.annotation)
    return ast.unparse(arguments)


def _function(node: Function) -> str:
    kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    decorators = " ".join(f"@{ast.unparse(decorator)}" for decorator in node.decorator_list)
    return f"{decorators} {kind} {node.name}({_arguments(node.args)}) -> {_annotation(node.returns)}".strip()


def _class(node: ast.ClassDef) -> str:
    decorators = " ".join(f"@{ast.unparse(decorator)}" for decorator in node.decorator_list)
    bases = ", ".join(ast.unparse(base) for base in [*node.bases, *node.keywords])
    return f"{decorators} class {node.name}({bases})".strip()


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name in ("__init__", "__call__", "__all__")


def _defined(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Give each public name with the text of its definition; a name with overloads comes more than once."""
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if _is_public(name):
                yield prefix + name, _function(node)
            case ast.ClassDef(name=name) if _is_public(name):
                yield prefix + name, _class(node)
                yield from _defined(node.body, f"{prefix}{name}.")
            case ast.AnnAssign(target=ast.Name(id=name)) if _is_public(name):
                yield prefix + name, _annotated(node, name)
            case ast.Assign(targets=[ast.Name(id=name)]) if _is_public(name):
                yield prefix + name, ast.unparse(node)
            case _:
                continue


def _annotated(node: ast.AnnAssign, name: str) -> str:
    """Give a name with its type; of an alias or a constant the value too, which else is the runtime's own affair."""
    annotation = _annotation(node.annotation)
    value = f" = {ast.unparse(node.value)}" if node.value and annotation in ("TypeAlias", "Final") else ""
    return f"{name}: {annotation}{value}"


def definitions(file: Path) -> Definitions:
    """Give what a module defines: the overloads of a name, or its one definition."""
    found: Definitions = {}
    for name, text in _defined(ast.parse(file.read_text()).body):
        found.setdefault(name, []).append(text)
    return {name: _overloads(texts) for name, texts in found.items()}


def _overloads(texts: list[str]) -> list[str]:
    overloads = [text for text in texts if text.startswith("@overload")]
    # A Protocol's overloads are abstract in the stub, where the runtime has the abstract implementation.
    return [text.replace("@overload @abstractmethod", "@overload") for text in overloads] or texts


def modules(folder: Path, suffix: str) -> dict[str, Path]:
    """Give the modules of a package by their dotted names below it."""
    files = {path.relative_to(folder).with_suffix(""): path for path in folder.rglob(f"*{suffix}")}
    return {".".join(part for part in name.parts if part != "__init__"): path for name, path in files.items()}


def _origin(file: Path, name: str) -> Path | None:
    """Give the file that a module imports a name from, where it does."""
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.module and any(alias.name == name for alias in node.names):
            base = file.parents[node.level - 1].joinpath(*node.module.split("."))
            return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists()), None)
    return None


def _runtime_definitions(file: Path, stubbed: Definitions) -> Definitions:
    found = definitions(file)
    for name in {name.partition(".")[0] for name in stubbed} - set(found):
        origin = _origin(file, name)
        if origin is not None:
            there = definitions(origin)
            found.update({key: text for key, text in there.items() if key == name or key.startswith(f"{name}.")})
    return found


def differences(stubs: Path = STUBS, runtime: Path = RUNTIME) -> dict[str, str]:
    """Give each name whose definitions differ, with what each side says."""
    found: dict[str, str] = {}
    stubbed, running = modules(stubs, ".pyi"), modules(runtime, ".py")
    for module, file in stubbed.items():
        if module not in running:
            found[module] = "the runtime has no such module"
            continue
        stub = definitions(file)
        source = _runtime_definitions(running[module], stub)
        for name in sorted(stub | source):
            if stub.get(name) != source.get(name):
                found[f"{module}.{name}".lstrip(".")] = f"\n  stub:    {stub.get(name)}\n  runtime: {source.get(name)}"
    for module in sorted(set(running) - set(stubbed)):
        if not any(part.startswith("_") for part in module.split(".")):
            found[module] = "the stubs have no such module"
    return found


def stubtest(python: str = sys.executable) -> list[str]:
    """Run mypy's stubtest with an interpreter that sees both; give its errors."""
    command = [python, "-m", "mypy.stubtest", "bareasgi_ws", "--concise", "--allowlist", str(STUBTEST_ALLOWED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(python).parent)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()


def judged(found: dict[str, str]) -> list[str]:
    """Give the differences that no reason allows, and the reasons that nothing needs any more."""
    allowed: dict[str, str] = tomllib.loads(ALLOWED.read_text())
    unexplained = [f"{name}: {text}" for name, text in found.items() if name not in allowed]
    stale = [f"{name}: allowed in {ALLOWED.name}, but it does not differ" for name in allowed if name not in found]
    return unexplained + stale


def main() -> int:
    """Print what drifted; the exit status is 0 where nothing did."""
    drifted = judged(differences()) + stubtest()
    print("\n".join(drifted) or "no drift")
    return int(bool(drifted))


if __name__ == "__main__":
    sys.exit(main())
