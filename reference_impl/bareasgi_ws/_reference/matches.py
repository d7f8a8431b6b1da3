"""Comparing what a handler asks of its matches with what a path pattern gives."""

import inspect
import sys
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Annotated, Any, NotRequired, Required, Union, get_args, get_origin

from .._rules.patterns import Pattern
from .._spec._typing import ReadOnly
from .handlers import called, name_of, signature_of

_QUALIFIERS = (Annotated, NotRequired, ReadOnly, Required)


def check_matches(handler: Any, pattern: Pattern) -> None:
    """Refuse, with TypeError, a handler whose matches the pattern does not give.

    Only a TypedDict is compared, and only what can be told: an annotation that cannot be resolved, or a type that is
    no class and no union of classes, passes.
    """
    wanted = _items(_third_annotation(handler))
    for key, (wanted_type, required) in wanted.items():
        given = pattern.variables.get(key)
        if given is None and not required:
            continue
        if given is None or not _is_assignable(given, wanted_type):
            raise TypeError(
                f"expected a path pattern with {{{key}}} as {_named(wanted_type)}, which {name_of(handler)} asks for in"
                f" its matches, but {pattern.path!r} gives {_listed(pattern.variables)}"
            )


def _third_annotation(handler: Any) -> Any:
    """Give the resolved annotation of the third positional parameter, or None."""
    parameters = _positional(handler, follow_wrapped=False)
    if len(parameters) < 3:  # a wrapper of whatever arguments
        parameters = _positional(handler, follow_wrapped=True)
    if len(parameters) < 3:
        return None
    annotation = parameters[2].annotation
    return _evaluated(annotation, _function(handler)) if isinstance(annotation, str) else annotation


def _positional(handler: Any, *, follow_wrapped: bool) -> list[inspect.Parameter]:
    signature = signature_of(handler, follow_wrapped=follow_wrapped)
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [parameter for parameter in signature.parameters.values() if parameter.kind in kinds] if signature else []


def _function(handler: Any) -> Any:
    """Give the function in whose module the annotation was written."""
    inner = called(inspect.unwrap(handler))
    return inner if inner is handler else _function(inner)


def _evaluated(annotation: str, function: Callable[..., Any]) -> Any:
    try:
        return eval(annotation, getattr(function, "__globals__", {}))
    except Exception:  # whatever the name stands for is a checker's only, or local
        return None


def _items(annotation: Any) -> Mapping[str, tuple[Any, bool]]:
    """Give a TypedDict's items: the type of each, and whether it is required."""
    required: Any = getattr(annotation, "__required_keys__", None)
    if required is None:
        return {}
    try:
        hints = _type_hints(annotation)
    except Exception:  # as above: an item's type cannot be resolved
        return {}
    return {key: _unqualified(hint, key in required) for key, hint in hints.items()}


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


def _is_assignable(given: type, wanted: Any) -> bool:
    if get_origin(wanted) in (Union, UnionType):
        return any(_is_assignable(given, member) for member in get_args(wanted))
    if wanted is Any or not isinstance(wanted, type) or get_origin(wanted) is not None:
        return True
    if wanted in (float, complex) and given in (int, float):
        return True  # PEP 484: an int is a float, and both are complex
    try:
        return issubclass(given, wanted)
    except TypeError:  # a Protocol that cannot be asked
        return True


def _named(wanted: Any) -> str:
    return wanted.__name__ if isinstance(wanted, type) else str(wanted)


def _listed(variables: Mapping[str, type]) -> str:
    return ", ".join(f"{name} as {kind.__name__}" for name, kind in variables.items()) or "no variables"
