"""What can be a handler: checked when it is registered, before any connection finds out."""

import inspect
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

_POSITIONS = ("scope", "info", "matches", "web_socket")


def check_handler(handler: Any) -> None:
    """Refuse, with TypeError, what cannot be called as a handler is."""
    if not callable(handler):
        raise TypeError(f"expected a handler, something to call, got {handler!r}")
    if inspect.isasyncgenfunction(called(handler)):
        raise TypeError(f"expected {name_of(handler)} to give an awaitable, but it has a yield: an async generator")
    signature = signature_of(handler)
    if signature is None:
        return
    try:
        signature.bind(*_POSITIONS)
    except TypeError as error:
        expected = f"four positional arguments ({', '.join(_POSITIONS)})"
        raise TypeError(f"expected {name_of(handler)}{signature} to take {expected}: {error}") from None


def check_content(content: Any) -> None:
    """Refuse, with TypeError, what cannot be a route's content."""
    if content is not None and content is not str and content is not bytes:
        raise TypeError(f"expected the content as str, bytes or None, got {content!r}")


def signature_of(function: Callable[..., Any], *, follow_wrapped: bool = False) -> inspect.Signature | None:
    """Give the signature of what is called, or of what it wraps; None where there is none (some builtins)."""
    try:
        if sys.version_info >= (3, 14):
            from annotationlib import Format

            # By value it would fail on a name that only a checker imports.
            return inspect.signature(function, follow_wrapped=follow_wrapped, annotation_format=Format.FORWARDREF)
        return inspect.signature(function, follow_wrapped=follow_wrapped)
    except (TypeError, ValueError):
        return None


def name_of(handler: Any) -> str:
    """Name a handler as an error message does."""
    if isinstance(handler, partial):
        return name_of(handler.func)
    return getattr(handler, "__qualname__", None) or type(handler).__qualname__


def called(handler: Any) -> Any:
    """Give the function that a call ends in, past partial and an object's ``__call__``."""
    if isinstance(handler, partial):
        return called(handler.func)
    if inspect.isroutine(handler):
        return handler
    return handler.__class__.__call__
