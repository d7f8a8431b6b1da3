"""Write the stubs: what the runtime exports, with its signatures and docstrings, and without its bodies.

People write the runtime, and ``make stubs`` writes the stubs anew. Each public module has one, and so has each private
one that a public one takes something from. A statement is taken as it is written, with its comment.
"""

import ast
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
STUBS = ROOT / "bareasgi_ws-stubs"
RUNTIME = ROOT / "reference_impl" / "bareasgi_ws"
CONFIGURATION = str(ROOT / "pyproject.toml")
RUFF = str(Path(sys.executable).with_name("ruff"))

ALWAYS = {"__all__", "__version__"}
CONTEXT_MANAGER = "AbstractAsyncContextManager"
"""What a function gives that ``asynccontextmanager`` decorates."""
HEADER = "# Written by `make stubs` from the module of this name.\n"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
Taken = tuple[ast.ImportFrom, set[str]]
"""An import from a module of this package, and the names taken."""
Part = tuple[ast.stmt, str]
"""A statement, and what the stub has of it."""


class Module:
    """A module of the runtime."""

    def __init__(self, path: Path, text: str) -> None:
        """Take its path in the package, and its text."""
        self._is_private = is_private(path)
        self._tree = ast.parse(text)
        self._lines = text.splitlines(keepends=True)
        self._below = dict(_docstrings_of_variables(self._tree))
        self._exported = _all_of(self._tree)

    def stub(self, asked_for: Set[str]) -> tuple[str, list[Taken]]:
        """Write its stub, with what it exports and what others take from it; say what it takes from this package."""
        body = self._joined([part for group in groups(self._kept(asked_for)) for part in self._parts(group)])
        used = _names_in(body) | set(self._exported or ())
        imports = "".join(f"{_import(node, used)}\n" for node in self._imports() if _imported(node, used))
        if CONTEXT_MANAGER in used and CONTEXT_MANAGER not in imports:
            imports += f"from contextlib import {CONTEXT_MANAGER}\n"
        stub = HEADER + "\n\n".join(filter(None, (self._docstring(self._tree), imports, body))) + "\n"
        relative = [node for node in self._imports() if isinstance(node, ast.ImportFrom) and node.level]
        return stub, [(node, {one.name for one in _imported(node, used)}) for node in relative if _imported(node, used)]

    def _imports(self) -> list[ast.Import | ast.ImportFrom]:
        return [node for node in _with_types_only(self._tree.body) if isinstance(node, ast.Import | ast.ImportFrom)]

    def _kept(self, asked_for: Set[str]) -> list[ast.stmt]:
        """Return the statements that define what is exported, and what these need."""
        defined: dict[str, list[ast.stmt]] = {}
        for node in self._tree.body:
            for name in _defined_by(node):
                defined.setdefault(name, []).append(node)
        public = {name for name in defined if not name.startswith("_")}
        exported = public if self._exported is None else self._exported
        due = [*asked_for, *ALWAYS, *(() if self._is_private else exported)]
        kept: set[str] = set()
        while due:
            name = due.pop()
            if name in defined and name not in kept:
                kept.add(name)
                due += [used for part in self._parts(defined[name]) for used in _names_in(part[1])]
        return [node for node in self._tree.body if kept.intersection(_defined_by(node))]

    def _parts(self, group: Sequence[ast.stmt]) -> list[Part]:
        first = group[0]
        if isinstance(first, Function):
            return self._functions([one for one in group if isinstance(one, Function)])
        if isinstance(first, ast.ClassDef):
            return [(first, self._class(first))]
        return [(node, self._variable(node)) for node in group]

    def _class(self, node: ast.ClassDef) -> str:
        is_enum = any("Enum" in ast.unparse(base) for base in node.bases)
        parts: list[Part] = [(node.body[0], self._docstring(node))]
        for group in groups(node.body):
            first = group[0]
            if isinstance(first, ast.Assign) and is_enum:
                parts.append((first, self._whole(first)))
            elif isinstance(first, Function | ast.AnnAssign) and not _is_hidden(first):
                parts += self._parts(group) if isinstance(first, Function) else [(first, self._whole(first))]
        inside = self._joined(parts)
        return f"{self._header(node)}\n{inside}" if inside else f"{self._header(node)} ..."

    def _functions(self, group: list[Function]) -> list[Part]:
        """Return a function, or its overloads, of which the first has the docstring of the one that runs."""
        overloads = [one for one in group if _has(one, "overload")]
        [runs] = [one for one in group if one not in overloads]
        if not overloads:
            return [(runs, self._function(runs, self._docstring(runs)))]
        texts = [self._function(one, "" if at else self._docstring(runs)) for at, one in enumerate(overloads)]
        if _has(runs, "abstractmethod"):
            texts = [re.sub(r"^( *)@overload\n", r"\g<0>\1@abstractmethod\n", text) for text in texts]
        return list(zip(overloads, texts, strict=True))

    def _function(self, node: Function, docstring: str) -> str:
        header = self._header(node)
        header = re.sub(r" *@cache\n", "", header)  # that the response is kept is the runtime's own affair
        if _has(node, "asynccontextmanager"):
            header = re.sub(r" *@asynccontextmanager\n", "", header).replace("async def ", "def ", 1)
            header = re.sub(r"-> Async(Generator|Iterator)\[", f"-> {CONTEXT_MANAGER}[", header)
        elif _is_async_generator(node):
            header = header.replace("async def ", "def ", 1)  # without a body, async would say that it is awaited
        return f"{header}\n{docstring}" if docstring else f"{header} ..."

    def _variable(self, node: ast.stmt) -> str:
        """Return a variable of a module's; its value belongs to it only where it is a constant or an alias."""
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) not in ("Final", "TypeAlias"):
            return self._text(node, until=node.annotation) + self._said_below(node)
        return self._whole(node)

    def _whole(self, node: ast.stmt) -> str:
        return self._text(node) + self._said_below(node)

    def _said_below(self, node: ast.stmt) -> str:
        below = self._below.get(node)
        return "" if below is None else f"\n{self._text(below)}"

    def _docstring(self, node: ast.Module | Definition) -> str:
        return "" if ast.get_docstring(node) is None else self._text(node.body[0])

    def _header(self, node: Definition) -> str:
        """Return a definition up to its colon."""
        first = node.body[0]
        lines = self._lines[self._begin(node) : _first_line(first)]
        lines[-1] = lines[-1].encode()[: first.col_offset].decode()
        return _unquoted("".join(lines).rstrip(), node)

    def _text(self, node: ast.stmt, until: ast.expr | None = None) -> str:
        """Return whole lines, from the comment above a statement to the end of it, or of a part of it."""
        last = until or node
        lines = self._lines[self._begin(node) : last.end_lineno]
        lines[-1] = lines[-1].encode()[: last.end_col_offset].decode()
        return _unquoted("".join(lines), node)

    def _begin(self, node: ast.stmt) -> int:
        """Return the index of a statement's first line, or of its comment's."""
        begin = _first_line(node) - 1
        while begin and self._lines[begin - 1].lstrip().startswith("#"):
            begin -= 1
        return begin

    def _joined(self, parts: list[Part]) -> str:
        """Join statements, with an empty line where there is one above them."""
        written = ""
        for node, text in parts:
            begin = self._begin(node)
            gap = "\n\n" if begin and not self._lines[begin - 1].strip() else "\n"
            written += (gap if written and text else "") + text
        return written


def _first_line(node: ast.stmt) -> int:
    """Return the number of a statement's first line, that of its decorators."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(one.lineno for one in decorators)])


def _docstrings_of_variables(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.stmt]]:
    for parent in ast.walk(tree):
        if isinstance(parent, ast.Module | ast.ClassDef):
            for node, below in zip(parent.body, parent.body[1:], strict=False):
                if isinstance(node, ast.Assign | ast.AnnAssign) and _is_text(below):
                    yield node, below


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def groups(body: Sequence[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Put the overloads of a function together with it."""
    group: list[ast.stmt] = []
    for node in body:
        group.append(node)
        if not (isinstance(node, Function) and _has(node, "overload")):
            yield group
            group = []


def _is_async_generator(node: Function) -> bool:
    """Tell whether an async function yields; what is defined in it is not looked into."""
    due: list[ast.AST] = list(node.body) if isinstance(node, ast.AsyncFunctionDef) else []
    while due:
        one = due.pop()
        if isinstance(one, ast.Yield):
            return True
        if not isinstance(one, Definition | ast.Lambda):
            due += ast.iter_child_nodes(one)
    return False


def _has(node: Function, decorator: str) -> bool:
    return any(ast.unparse(one) == decorator for one in node.decorator_list)


def _is_hidden(node: Function | ast.AnnAssign) -> bool:
    name = node.name if isinstance(node, Function) else ast.unparse(node.target)
    return name.startswith("_") and not name.startswith("__")


def _unquoted(text: str, node: ast.stmt) -> str:
    """Write out the annotations that are quoted, which a stub need not be."""
    for one in ast.walk(node):
        for annotation in (getattr(one, "annotation", None), getattr(one, "returns", None)):
            if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
                text = text.replace(f'"{annotation.value}"', annotation.value, 1)
    return text


def _defined_by(node: ast.stmt) -> list[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return [name]
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return [name]
        case ast.If():
            return [name for one in (*node.body, *node.orelse) for name in _defined_by(one)]
        case ast.ImportFrom():
            return [one.name for one in node.names if one.asname == one.name]
        case _:
            return []


def _names_in(text: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(textwrap.dedent(text))) if isinstance(node, ast.Name)}


def _all_of(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return names
    return None


def _with_types_only(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements, and in its place what only type checkers read."""
    for node in body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from node.body
        else:
            yield node


def _imported(node: ast.Import | ast.ImportFrom, used: set[str]) -> list[ast.alias]:
    return [one for one in node.names if (one.asname or one.name).partition(".")[0] in used]


def _import(node: ast.Import | ast.ImportFrom, used: set[str]) -> str:
    origin = f"from {'.' * node.level}{node.module or ''} " if isinstance(node, ast.ImportFrom) else ""
    return f"{origin}import {', '.join(map(ast.unparse, _imported(node, used)))}"


def is_private(path: Path) -> bool:
    """Tell whether a module is private, by its name or a folder's."""
    return any(part.startswith("_") and part != "__init__" for part in path.with_suffix("").parts)


@cache
def _stub(path: Path, text: str, asked_for: frozenset[str]) -> tuple[str, list[Taken]]:
    return Module(path, text).stub(asked_for)


def stubs_of(runtime: Path) -> dict[Path, str]:
    """Return the stubs of the modules that have one, not formatted yet."""
    modules = [path.relative_to(runtime) for path in sorted(runtime.rglob("*.py"))]
    texts = {path: (runtime / path).read_text("utf-8") for path in modules}
    due = [(path, set[str]()) for path in modules if not is_private(path)]
    asked_for: dict[Path, frozenset[str]] = {}
    found: dict[Path, str] = {}
    while due:
        path, names = due.pop()
        if path not in texts or (path in found and names <= asked_for[path]):
            continue
        asked_for[path] = asked_for.get(path, frozenset[str]()) | names
        found[path], takes = _stub(path, texts[path], asked_for[path])
        for node, taken in takes:
            origin = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            is_package = (runtime / origin).is_dir()
            due.append((origin / "__init__.py" if is_package else origin.with_suffix(".py"), taken))
    packages = {parent / "__init__.py" for path in found for parent in path.parents}
    return {**{path: _stub(path, texts[path], frozenset[str]())[0] for path in packages - found.keys()}, **found}


def write(runtime: Path, folder: Path) -> set[Path]:
    """Write the stubs of a runtime into a folder, and return their files."""
    written: set[Path] = set()
    for path, text in stubs_of(runtime).items():
        stub = folder / path.with_suffix(".pyi")
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(text, "utf-8")
        written.add(stub)
    for command in (["check", "--select", "I", "--fix"], ["format"]):
        run = [RUFF, *command, "--quiet", "--no-cache", "--config", CONFIGURATION, str(folder)]
        subprocess.run(run, check=True)
    return written


def main() -> None:
    """Write the stubs anew, and remove those of modules that need none any more."""
    for path in {*STUBS.rglob("*.pyi")} - write(RUNTIME, STUBS):
        path.unlink()


if __name__ == "__main__":
    main()
