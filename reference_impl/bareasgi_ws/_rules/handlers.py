"""What can be a handler: checked when it is registered, before any connection finds out."""

import inspect
import sys
from collections.abc import Callable
from functools import partial
from types import FunctionType, MethodType
from typing import Any, NamedTuple

from .arguments import describe_value

_OBJECTS_OWN = (object.__new__, object.__init__)


def check_handler(call: str, handler: Any) -> None:
    """Check at registration that what is given can be called as a handler is.

    Args:
        call: The function that was given it, which the error names.
        handler: What was given.

    Raises:
        TypeError: It is not callable, cannot take four positional arguments, or is an async generator function.
    """
    check_callable(call, "a handler", handler, "scope", "info", "matches", "web_socket")


def check_application(call: str, expected: str, application: Any) -> None:
    """Reject, with TypeError, what cannot be called as an ASGI application is."""
    check_callable(call, expected, application, "scope", "receive", "send")


def check_callable(call: str, expected: str, value: Any, *arguments: str) -> None:
    """Reject, with TypeError, what cannot be called with these arguments to give an awaitable."""
    if not callable(value):
        hint = ": give the function itself, without calling it" if inspect.iscoroutine(value) else ""
        raise TypeError(f"{call}: expected {expected}, something to call, got {describe_value(value)}{hint}")
    target = target_of(value)
    if target is None:
        return
    if inspect.isasyncgenfunction(target.function):
        raise TypeError(
            f"{call}: expected {expected} whose call gives an awaitable, got {name_of(value)},"
            " which has a yield and is an async generator function"
        )
    unfit = _unfit(target, *arguments)
    if unfit is not None:
        has_call = isinstance(value, type) and any("__call__" in vars(base) for base in value.__mro__)
        hint = "; give an object of the class" if has_call else ""
        count = {3: "three", 4: "four"}[len(arguments)]
        raise TypeError(
            f"{call}: expected {expected} that takes {count} positional arguments ({', '.join(arguments)}),"
            f" got {name_of(value)}{signature_of(value) or ''}: {unfit}{hint}"
        )


def check_content(call: str, content: Any) -> None:
    """Check at registration that what is given says which messages a handler receives.

    Args:
        call: The function that was given it, which the error names.
        content: What was given.

    Raises:
        TypeError: It is not exactly ``str``, ``bytes`` or None.
    """
    if content is not None and content is not str and content is not bytes:
        raise TypeError(f"{call}: expected the content as str, bytes or None, got {content!r}")


def has_method(value: Any, name: str, *arguments: str) -> bool:
    """Tell whether an object has a method that takes these arguments; of its class it takes the object too."""
    method = getattr(value, name, None)
    target = target_of(method) if callable(method) else None
    return callable(method) and (target is None or _unfit(target, *arguments) is None)


class Target(NamedTuple):
    """What a call ends in.

    Attributes:
        function: The function of Python's own that runs.
        callee: Takes the very arguments that the call takes, and knows nothing but the function's code: what
            decorators say of it (``__wrapped__``, ``__signature__``, ``__annotations__``) is for its readers.
    """

    function: Any
    callee: Callable[..., Any]


def target_of(handler: Any) -> Target | None:
    """Return what a call of the handler ends in; None where that cannot be told, as of what is written in C."""
    kind = _kind(handler)
    if kind is FunctionType:
        return Target(handler, _plain(handler))
    if kind is MethodType:
        return _bound(target_of(handler.__func__), handler.__self__)
    if kind is partial:
        return _bound(target_of(handler.func), *handler.args, **handler.keywords)
    call = inspect.getattr_static(kind, "__call__")
    if call is type.__call__:
        return _constructor(handler)
    if _kind(call) is staticmethod:
        return target_of(call.__func__)
    return _bound(target_of(call), handler) if _kind(call) is FunctionType else None


def signature_of(handler: Callable[..., Any]) -> inspect.Signature | None:
    """Return the signature of what a call ends in, or where that cannot be told, what it says of itself."""
    target = target_of(handler)
    how: dict[str, Any] = {}
    if sys.version_info >= (3, 14):
        from annotationlib import Format

        how["annotation_format"] = Format.FORWARDREF  # by value it would fail on a name that only a checker imports
    try:
        return inspect.signature(handler if target is None else target.callee, **how)
    except (TypeError, ValueError):
        return None


def name_of(handler: Any) -> str:
    """Name a handler as an error message does."""
    if isinstance(handler, partial):
        return name_of(handler.func)
    name = getattr(handler, "__qualname__", None)
    name = name if isinstance(name, str) else type(handler).__qualname__
    return f"the class {name}" if isinstance(handler, type) else name


def _unfit(target: Target, *arguments: str) -> str | None:
    """Say why a call with these positional arguments fails, or give None."""
    try:
        inspect.signature(target.callee).bind(*arguments)
    except TypeError as error:
        return str(error)
    except ValueError:  # of a partial
        return "it is bound to arguments that it does not take"
    return None


def _kind(of: object) -> type:
    """Return the type, which isinstance does not always go by: a Mock with a spec says that it is a function."""
    return type(of)


def _plain(function: FunctionType) -> FunctionType:
    plain = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    plain.__kwdefaults__ = function.__kwdefaults__
    return plain


def _bound(target: Target | None, *arguments: Any, **keywords: Any) -> Target | None:
    return target and target._replace(callee=partial(target.callee, *arguments, **keywords))


def _constructor(kind: type) -> Target | None:
    """Return what makes an object of a class, which is then awaited; None where that is not one function."""
    makers = [maker for maker in (getattr(kind, name) for name in ("__new__", "__init__")) if maker not in _OBJECTS_OWN]
    if len(makers) > 1:
        return None
    [maker] = makers or [_takes_nothing]
    return _bound(target_of(maker), None) if _kind(maker) is FunctionType else None


def _takes_nothing(made: Any) -> None:
    """Stand for what makes an object of a class that says nothing of it."""
