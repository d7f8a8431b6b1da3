"""Comparing what a handler asks of its matches with what a path pattern gives.

Only what the function that is called says itself is compared, and only what can be told. What stands in its annotations
for another (``functools.wraps`` copies those of a wrapped handler) says nothing of what it takes.
"""

import inspect
import sys
from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, NamedTuple, NotRequired, Required, Union, get_args, get_origin

from .._rules.handlers import name_of, target_of
from .._rules.patterns import Pattern
from .._typing import ReadOnly

_OF_ANOTHER = ("__wrapped__", "__signature__")
_QUALIFIERS = (Annotated, NotRequired, ReadOnly, Required)


class Stated(NamedTuple):
    """What a function says of the parameter that takes the matches."""

    function: Any
    parameter: str
    annotation: Any


def check_matches(call: str, handler: Any, pattern: Pattern) -> None:
    """Reject, with TypeError, a handler that cannot take the matches which the pattern gives."""
    stated = _stated(handler)
    if stated is None:
        return
    unfit = _unfit(stated, pattern, name_of(handler))
    if unfit and _is_written(stated):
        raise TypeError(f"{call}: {unfit}")


def _stated(handler: Any) -> Stated | None:
    target = target_of(handler)
    if target is None or any(name in vars(target.function) for name in _OF_ANOTHER):
        return None
    parameters = list(inspect.signature(target.callee).parameters.values())
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if len(parameters) < 3 or parameters[2].kind not in kinds:
        return None  # it is given among others
    name = parameters[2].name
    annotations = _annotations(target.function)
    if name not in annotations:
        return None
    annotation = annotations[name]
    if isinstance(annotation, str):
        annotation = _evaluated(annotation, target.function)
    return Stated(target.function, name, annotation)


def _annotations(function: Any) -> Mapping[str, Any]:
    if sys.version_info >= (3, 14):
        from annotationlib import Format, get_annotations

        return get_annotations(function, format=Format.FORWARDREF)
    annotations: Mapping[str, Any] = function.__annotations__
    return annotations


def _evaluated(text: str, function: Any) -> Any:
    """Return what an annotation stands for, or Any where that cannot be told: its name may be local, or a checker's."""
    *owners, _ = function.__qualname__.split(".")
    local: dict[str, Any] = {}
    try:
        for name in owners:  # a method's annotations are looked up in its class first
            owner = local[name] if local else function.__globals__[name]
            local = {**vars(owner), **_type_parameters(owner)}
        return eval(text, function.__globals__, {**local, **_type_parameters(function)})
    except Exception:
        return Any


def _type_parameters(of: Any) -> dict[str, Any]:
    return {parameter.__name__: parameter for parameter in getattr(of, "__type_params__", ())}


def _is_written(stated: Stated) -> bool:
    """Tell whether the function's source has the annotation; where it has not, it was copied by hand.

    Without its source a function is believed.
    """
    import ast
    from textwrap import dedent

    try:
        (node,) = ast.parse(dedent(inspect.getsource(stated.function))).body
    except Exception:  # there is none, or what stands there is no function
        return True
    arguments = getattr(node, "args", None)  # a lambda's source is whatever statement it stands in
    if not isinstance(arguments, ast.arguments):
        return True
    parameters = [*arguments.posonlyargs, *arguments.args]
    written = [one.annotation for one in parameters if one.arg == stated.parameter and one.annotation]
    return any(_stands_for(ast.unparse(annotation), stated) for annotation in written)


def _stands_for(text: str, stated: Stated) -> bool:
    """Tell whether a written annotation is the one that was found; one that cannot be looked up is believed."""
    try:
        found = eval(text, stated.function.__globals__)
    except Exception:
        return True
    return _stands_for(found, stated) if isinstance(found, str) else bool(found == stated.annotation)


def _unfit(stated: Stated, pattern: Pattern, name: str) -> str | None:
    """Say what does not fit, or give None."""
    if not _is_mapping(stated.annotation):
        return (
            f"expected a handler that takes its matches as a mapping, got {name},"
            f" which takes {stated.parameter}: {_named(stated.annotation)}"
        )
    for key, (expected, required) in _items(stated.annotation).items():
        actual = pattern.variables.get(key)
        if actual is None and not required:
            continue
        if actual is None or not _is_assignable(actual, expected):
            return (
                f"expected a path pattern with {{{key}}} as {_named(expected)}, which {name} asks for in its matches,"
                f" but {pattern.path!r} gives {_listed(pattern.variables)}"
            )
    return None


def _is_mapping(annotation: Any) -> bool:
    """Tell whether a dict can be given where this is asked for, or it cannot be told."""
    annotation, _ = _unqualified(annotation, required=True)
    if get_origin(annotation) in (Union, UnionType):
        return any(map(_is_mapping, get_args(annotation)))
    kind = type(None) if annotation is None else get_origin(annotation) or annotation
    if kind is Any or not isinstance(kind, type):
        return True
    try:
        return issubclass(kind, Mapping) or issubclass(dict, kind)
    except Exception:  # a Protocol that cannot be asked
        return True


def _items(annotation: Any) -> Mapping[str, tuple[Any, bool]]:
    """Return a TypedDict's items: the type of each, and whether it is required."""
    required: Any = getattr(annotation, "__required_keys__", None)
    if required is None:
        return {}
    try:
        hints = _type_hints(annotation)
        written = annotation.__annotations__
    except Exception:  # an item's type cannot be resolved
        return {}
    # What a local class has as text was looked up in its module, where another may have that name.
    sure = [key for key in hints if hints[key] == written[key] or _is_global(annotation)]
    return {key: _unqualified(hints[key], key in required) for key in sure}


def _is_global(kind: Any) -> bool:
    found: Any = sys.modules.get(kind.__module__)
    for name in kind.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is kind


def _type_hints(typed_dict: type) -> dict[str, Any]:
    if sys.version_info >= (3, 13):
        from typing import get_type_hints
    else:  # typing's own does not know the backport's ReadOnly
        from typing_extensions import get_type_hints
    return get_type_hints(typed_dict, include_extras=True)


def _unqualified(hint: Any, required: bool) -> tuple[Any, bool]:
    """Take off the qualifiers; they know better than ``__required_keys__``, which postponed annotations mislead."""
    while (qualifier := get_origin(hint)) in _QUALIFIERS:
        required = {Required: True, NotRequired: False}.get(qualifier, required)
        hint = get_args(hint)[0]
    return hint, required


def _is_assignable(actual: type, expected: Any) -> bool:
    """Tell whether a value of a class fits a type, or it cannot be told: only classes and unions of them can."""
    if get_origin(expected) in (Union, UnionType):
        return any(_is_assignable(actual, member) for member in get_args(expected))
    if expected is Any or not isinstance(expected, type) or get_origin(expected) is not None:
        return True
    if expected in (float, complex) and actual in (int, float):
        return True  # PEP 484: an int is a float, and both are complex
    try:
        return issubclass(actual, expected)
    except Exception:  # a Protocol that cannot be asked
        return True


def _named(expected: Any) -> str:
    return expected.__name__ if isinstance(expected, type) else str(expected)


def _listed(variables: Mapping[str, type]) -> str:
    return ", ".join(f"{name} as {kind.__name__}" for name, kind in variables.items()) or "no variables"
