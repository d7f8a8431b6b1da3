"""The drift gate: the stubs are those of the runtime, and say of it what is so.

They are written from it (``stubs.py``), so here they are written again and compared. What they say of a function with
overloads is compared with the function that runs, and all the rest by mypy's stubtest with the imported runtime.
Run it with ``python reference_impl/tools/drift.py``.
"""

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tools.stubs import RUNTIME, STUBS, Function, groups, write

STUBTEST_ALLOWED = Path(__file__).with_name("stubtest_allowed.txt")


class Parameter(NamedTuple):
    """A parameter: its kind, with its place where it is positional, and the text of its default."""

    kind: str
    default: str | None


def differences(stubs: Path = STUBS, runtime: Path = RUNTIME) -> list[str]:
    """Say where the stubs are not what would be written of the runtime, and where its overloads are not so."""
    with tempfile.TemporaryDirectory() as folder:
        kept = _texts(stubs)
        write(runtime, Path(folder))
        written = _texts(Path(folder))
    found: list[str] = []
    for name in sorted(kept | written):
        sides = kept.get(name, "").splitlines(), written.get(name, "").splitlines()
        found += unified_diff(*sides, f"{name}, kept", f"{name}, written", lineterm="", n=0)
    for path in sorted(runtime.rglob("*.py")):
        found += [f"{path.relative_to(runtime)}: {misfit}" for misfit in _misfits(path.read_text("utf-8"))]
    return found


def _texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.pyi")}


@cache
def _misfits(text: str) -> list[str]:
    """Say where the function that runs takes other arguments than its overloads say, or has other defaults."""
    found: list[str] = []
    for parent in ast.walk(ast.parse(text)):
        for group in groups(parent.body) if isinstance(parent, ast.Module | ast.ClassDef) else ():
            functions = [node for node in group if isinstance(node, Function)]
            if len(functions) > 1:
                *stated, runs = map(_parameters, functions)
                found += (f"{functions[0].name}(): {misfit}" for misfit in dict.fromkeys(_of(stated, runs)))
    return found


def _of(stated: list[dict[str, Parameter]], runs: dict[str, Parameter]) -> Iterator[str]:
    for overload in stated:
        yield from filter(None, (_misfit(name, overload[name], runs.get(name)) for name in overload))
    for name, actual in runs.items():
        known = [overload[name] for overload in stated if name in overload]
        if not known:
            yield f"{name} is in no overload"
        elif actual.default is not None and not any(one.default for one in known):
            yield f"{name} has a default in no overload, and where it runs: {actual.default}"


def _misfit(name: str, stated: Parameter, actual: Parameter | None) -> str | None:
    if actual is None:
        return f"{name} is in an overload only"
    if stated.kind != actual.kind:
        return f"{name} is {stated.kind} in an overload, {actual.kind} where it runs"
    if stated.default in (None, actual.default):
        return None  # of overloads, one may require what another leaves out
    return f"{name} is {stated.default} by default in an overload, {actual.default or 'required'} where it runs"


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


def stubtest(python: str = sys.executable) -> list[str]:
    """Run mypy's stubtest with an interpreter that sees both; give its errors."""
    command = [python, "-m", "mypy.stubtest", "bareasgi_ws", "--concise", "--allowlist", str(STUBTEST_ALLOWED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(python).parent)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()


def main() -> int:
    """Print what drifted; the exit status is 0 where nothing did."""
    drifted = differences() + stubtest()
    print("\n".join(drifted) or "no drift")
    return int(bool(drifted))


if __name__ == "__main__":
    sys.exit(main())
