"""Mutants: stubs with one annotation loosened, narrowed or removed. Pure: no I/O.

A mutant that no case notices shows a promise of the stubs that no case holds. Left out is what cannot be noticed: Any
in the place of Any or of a parameter's ``object``, and what ``__init__`` gives.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef
DECORATORS = {"abstractmethod", "property", "runtime_checkable"}
QUALIFIERS = {"ReadOnly", "NotRequired"}
ANY = ast.Name("Any")
# The names that a mutant may use and its stub may lack.
IMPORTS = "from typing import Any, Generic\n"


@dataclass(frozen=True)
class Mutant:
    """A mutant of one stub.

    Attributes:
        stub: The stub's path, from the stubs' folder.
        name: The stub, and what was changed where. The list of survivors knows it by that.
        source: The stub's text with the change.
    """

    stub: str
    name: str
    source: str


class Change(NamedTuple):
    """A change to a tree: another value for one field of a node."""

    name: str
    node: ast.AST
    field: str
    value: object


class Looser(NamedTuple):
    """An annotation that differs from another in one part.

    Attributes:
        place: Where the part is: at each level the number of the argument, or of the member of a union.
        change: What became of the part.
        annotation: The annotation.
    """

    place: str
    change: str
    annotation: ast.expr

    @property
    def name(self) -> str:
        """What became of the part, and where it is."""
        return self.change + (f" at {self.place[1:]}" if self.place else "")


def mutants(stub: str, source: str) -> Iterator[Mutant]:
    """Make the mutants of a stub."""
    tree = ast.parse(source)
    for change in _in_body(tree, ""):
        kept = getattr(change.node, change.field)
        setattr(change.node, change.field, change.value)
        yield Mutant(stub, f"{stub}: {change.name}", IMPORTS + ast.unparse(tree))
        setattr(change.node, change.field, kept)


def touched(stub: str, source: str) -> Mutant:
    """Make a stub that promises the same, and one name more.

    A checker that rereads only what a change touches treats it as it treats a mutant.
    """
    return Mutant(stub, f"{stub}: a name added", f"{IMPORTS}{ast.unparse(ast.parse(source))}\nadded: int\n")


def _in_body(owner: ast.Module | ast.ClassDef, place: str) -> Iterator[Change]:
    overloads: dict[str, int] = {}
    for node in list(owner.body):
        others = [other for other in owner.body if other is not node]
        match node:
            case ast.ClassDef(name=name):
                yield from _in_class(node, f"{place}{name}")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                numbered = name
                if "overload" in map(ast.unparse, node.decorator_list):
                    overloads[name] = overloads.get(name, 0) + 1
                    numbered = f"{name}#{overloads[name]}"
                    yield Change(f"{place}{numbered}: overload removed", owner, "body", others)
                yield from _in_function(node, f"{place}{numbered}")
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield from _in_assignment(node, f"{place}{name}")
                if place:
                    yield Change(f"{place}{name}: item removed", owner, "body", others)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                for keyword in call.keywords:
                    yield Change(
                        f"{name}: {keyword.arg} removed",
                        call,
                        "keywords",
                        [one for one in call.keywords if one is not keyword],
                    )
            case _:
                pass


def _in_class(node: ast.ClassDef, name: str) -> Iterator[Change]:
    for base in node.bases:
        fewer = _without(node.bases, base)
        match base:
            case ast.Subscript(value=ast.Name(id="Protocol"), slice=arguments):
                # A generic class that is no Protocol, and not one without parameters.
                fewer.append(ast.Subscript(ast.Name("Generic"), arguments))
            case ast.Subscript():
                for looser in _parts(base):
                    bases = [looser.annotation if other is base else other for other in node.bases]
                    yield Change(f"{name}: base {looser.name}", node, "bases", bases)
            case _:
                pass
        yield Change(f"{name}: base {ast.unparse(base)} removed", node, "bases", fewer)
    yield from _without_decorators(node, name)
    yield from _in_body(node, f"{name}.")


def _in_function(node: Function, name: str) -> Iterator[Change]:
    arguments = node.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if argument.annotation is not None and ast.unparse(argument.annotation) != "object":
            for looser in _looser(argument.annotation):
                yield Change(f"{name}({argument.arg}): {looser.name}", argument, "annotation", looser.annotation)
    if node.returns is not None and node.name != "__init__":
        for looser in _looser(node.returns):
            yield Change(f"{name} -> {looser.name}", node, "returns", looser.annotation)
    yield from _without_decorators(node, name)
    yield from _without_kinds(node, name)


def _without_kinds(node: Function, name: str) -> Iterator[Change]:
    """Let positional-only parameters have names, and keyword-only ones be given by position."""
    known = node.args
    if known.posonlyargs:
        named = ast.arguments(
            [], [*known.posonlyargs, *known.args], None, known.kwonlyargs, known.kw_defaults, None, []
        )
        named.defaults = known.defaults
        yield Change(f"{name}: / removed", node, "args", named)
    defaults = [default for default in known.kw_defaults if default is not None]
    if defaults and len(defaults) == len(known.kwonlyargs):
        by_position = ast.arguments(known.posonlyargs, [*known.args, *known.kwonlyargs], None, [], [], None, [])
        by_position.defaults = [*known.defaults, *defaults]
        yield Change(f"{name}: * removed", node, "args", by_position)


def _without_decorators(node: Function | ast.ClassDef, name: str) -> Iterator[Change]:
    for decorator in node.decorator_list:
        if ast.unparse(decorator) in DECORATORS:
            fewer = _without(node.decorator_list, decorator)
            yield Change(f"{name}: @{ast.unparse(decorator)} removed", node, "decorator_list", fewer)


def _in_assignment(node: ast.AnnAssign, name: str) -> Iterator[Change]:
    if ast.unparse(node.annotation) != "TypeAlias":
        for looser in _looser(node.annotation):
            yield Change(f"{name}: {looser.name}", node, "annotation", looser.annotation)
    elif node.value is not None:
        for looser in _looser(node.value):
            yield Change(f"{name} = {looser.name}", node, "value", looser.annotation)


def _looser(annotation: ast.expr, place: str = "") -> Iterator[Looser]:
    """Make an annotation Any, then each part of it."""
    text = ast.unparse(annotation)
    if text != "Any":
        yield Looser(place, f"{text} becomes Any", ANY)
    yield from _parts(annotation, place)


def _parts(annotation: ast.expr, place: str = "") -> Iterator[Looser]:
    """Take the members of a union away one by one, and loosen what a generic type is of."""
    text = ast.unparse(annotation)
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr() as either, right=right):
            yield Looser(place, f"{text} loses {ast.unparse(right)}", left)
            yield Looser(place, f"{text} loses {ast.unparse(left)}", right)
            for one in _parts(left, f"{place}.1"):
                yield one._replace(annotation=ast.BinOp(one.annotation, either, right))
            for one in _parts(right, f"{place}.2"):
                yield one._replace(annotation=ast.BinOp(left, either, one.annotation))
        case ast.Subscript(value=ast.Name(id="Literal")):
            pass
        case ast.Subscript(value=ast.Name(id=name) as generic, slice=inner):
            if name in QUALIFIERS:
                yield Looser(place, f"{text} loses {name}", inner)
            for one in _inside(inner, place):
                yield one._replace(annotation=ast.Subscript(generic, one.annotation))
        case _:
            pass


def _inside(arguments: ast.expr, place: str) -> Iterator[Looser]:
    """Loosen the arguments of a generic type one by one. None and the dots of a tuple have nothing wider."""
    match arguments:
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for number, item in enumerate(items):
                for one in _inside(item, f"{place}.{number + 1}"):
                    others = [*items[:number], one.annotation, *items[number + 1 :]]
                    yield one._replace(annotation=type(arguments)(others, ast.Load()))
        case ast.Constant():
            pass
        case _:
            yield from _looser(arguments, place)


def _without(items: Sequence[ast.expr], gone: ast.expr) -> list[ast.expr]:
    return [item for item in items if item is not gone]
