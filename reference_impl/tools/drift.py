"""The drift gate: the stubs and the runtime must define the same, name by name and word by word.

mypy's stubtest compares names, parameters and defaults with the imported runtime. It does not see an annotation that
changed, async turned sync, or a TypedDict's keys, so the definitions themselves are compared as well, as source text.
Of a function with overloads, or under a decorator, it does not see the defaults of the function that runs: those are
compared with what the stub says of each call.
Run it with ``python reference_impl/tools/drift.py``.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
STUBS = ROOT / "bareasgi_ws-stubs"
RUNTIME = ROOT / "reference_impl" / "bareasgi_ws"
ALLOWED = Path(__file__).with_name("drift_allowed.toml")
STUBTEST_ALLOWED = Path(__file__).with_name("stubtest_allowed.txt")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definitions = dict[str, list[ast.stmt]]
"""What a module defines: each name with its overloads and what follows them, or its one definition."""


class Parameter(NamedTuple):
    """A parameter: its kind, with its place where it is positional, and the text of its default."""

    kind: str
    default: str | None


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
    return not name.startswith("_") or name in ("__init__", "__call__", "__all__", "__version__")


def _defined(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """Give each public name with its definition; a name with overloads comes more than once."""
    for node in body:
        match node:
            case ast.ClassDef(name=name) if _is_public(name):
                yield prefix + name, node
                yield from _defined(node.body, f"{prefix}{name}.")
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.AnnAssign(target=ast.Name(id=name))
                | ast.Assign(targets=[ast.Name(id=name)])
            ) if _is_public(name):
                yield prefix + name, node
            case _:
                continue


def _text(node: ast.stmt, *, in_class: bool) -> str:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return _function(node)
        case ast.ClassDef():
            return _class(node)
        case ast.AnnAssign():
            return _annotated(node, in_class=in_class)
        case _:
            return ast.unparse(node)


def _annotated(node: ast.AnnAssign, *, in_class: bool) -> str:
    """Give a name with its type, and with its value but for a variable of a module's, whose value is its own affair."""
    annotation = _annotation(node.annotation)
    compared = in_class or annotation == "TypeAlias" or annotation.startswith("Final")
    value = f" = {ast.unparse(node.value)}" if node.value and compared else ""
    return f"{ast.unparse(node.target)}: {annotation}{value}"


def definitions(file: Path) -> Definitions:
    """Give what a module defines."""
    found: Definitions = {}
    for name, node in _defined(ast.parse(file.read_text()).body):
        found.setdefault(name, []).append(node)
    return found


def _texts(name: str, nodes: Iterable[ast.stmt]) -> list[str]:
    """Give the texts of the overloads of a name, or of its one definition."""
    texts = [_text(node, in_class="." in name) for node in nodes]
    overloads = [text for text in texts if text.startswith("@overload")]
    # A Protocol's overloads are abstract in the stub, where the runtime has the abstract implementation.
    return [text.replace("@overload @abstractmethod", "@overload") for text in overloads] or texts


def _parameters(function: Function) -> dict[str, Parameter]:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + [ast.unparse(one) for one in arguments.defaults]
    kinds = ["positional-only"] * len(arguments.posonlyargs) + ["positional"] * len(arguments.args)
    found = {
        one.arg: Parameter(f"{kind} {place}", default)
        for place, (one, kind, default) in enumerate(zip(positional, kinds, defaults, strict=True))
    }
    for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found[one.arg] = Parameter("keyword-only", ast.unparse(default) if default else None)
    for kind, rest in (("*", arguments.vararg), ("**", arguments.kwarg)):
        if rest is not None:
            found[rest.arg] = Parameter(kind, None)
    return found


def _misfits(stub: Iterable[ast.stmt], runtime: Iterable[ast.stmt]) -> list[str]:
    """Say where the function that runs takes other arguments than the stub says, or has other defaults."""
    stated = [_parameters(node) for node in stub if isinstance(node, Function)]
    running = [_parameters(node) for node in runtime if isinstance(node, Function)]
    if not stated or not running:
        return []
    runs = running[-1]
    found = [_misfit(name, overload[name], runs.get(name)) for overload in stated for name in overload]
    for name, actual in runs.items():
        known = [overload[name] for overload in stated if name in overload]
        if not known:
            found.append(f"{name} is in the runtime only")
        elif actual.default is not None and not any(one.default for one in known):
            found.append(f"{name} has a default in the runtime only: {actual.default}")
    return [misfit for misfit in dict.fromkeys(found) if misfit]


def _misfit(name: str, stated: Parameter, actual: Parameter | None) -> str | None:
    if actual is None:
        return f"{name} is in the stub only"
    if stated.kind != actual.kind:
        return f"{name} is {stated.kind} in the stub, {actual.kind} in the runtime"
    if stated.default in (None, actual.default):
        return None  # of overloads, one may require what another leaves out
    return f"{name} is {stated.default} by default in the stub, {actual.default or 'required'} in the runtime"


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
            here, there = stub.get(name, []), source.get(name, [])
            place = f"{module}.{name}".lstrip(".")
            if _texts(name, here) != _texts(name, there):
                found[place] = f"\n  stub:    {_texts(name, here)}\n  runtime: {_texts(name, there)}"
            if misfits := _misfits(here, there):
                found[f"{place}()"] = "; ".join(misfits)
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
