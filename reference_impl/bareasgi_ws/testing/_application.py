"""What connect is given: an ASGI application, or a handler."""

import inspect
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from .._reference.one_handler import OneHandler
from .._rules.handlers import check_content, check_handler, name_of, signature_of
from ..asgi import ASGIApplication

_EITHER: Final = (
    "connect: expected an ASGI application, which takes exactly three positional arguments, or a handler, which takes"
    " exactly four"
)


def application_of(
    app_or_handler: Any, info: Any, matches: Mapping[str, Any] | None, content: type[str] | type[bytes] | None
) -> ASGIApplication:
    """Return the application, or one that serves the handler."""
    if not _takes_four(app_or_handler):
        if (info, matches, content) != (None, None, None):
            raise TypeError("connect: expected no info, matches or content beside an application, which has its own")
        asgi: ASGIApplication = app_or_handler
        return asgi

    check_handler("connect", app_or_handler)
    check_content("connect", content)
    return OneHandler(app_or_handler, info, matches or {}, content, 10.0)


def lifespan_of(application: Any) -> ASGIApplication:
    """Return the application, which has a lifespan unless it is a handler."""
    expected = "lifespan: expected an ASGI application, which takes exactly three positional arguments"
    if _takes_four(application, expected):
        raise TypeError(f"{expected}, got the handler {name_of(application)}, which has no lifespan")
    asgi: ASGIApplication = application
    return asgi


def _takes_four(app_or_handler: Any, expected: str = _EITHER) -> bool:
    """Tell a handler, called with four arguments, from an ASGI application, called with three."""
    signature = signature_of(app_or_handler)
    counts = _counts(signature)
    if len(counts) > 1:  # a wrapper of whatever arguments: functools.wraps tells what of
        with suppress(TypeError, ValueError):
            counts = _counts(inspect.signature(app_or_handler))
    if len(counts) != 1:
        raise TypeError(f"{expected}, got {name_of(app_or_handler)}{signature or ''}")
    return counts == [4]


def _counts(signature: inspect.Signature | None) -> list[int]:
    return [count for count in (3, 4) if signature is not None and _takes(signature, count)]


def _takes(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*range(count))
    except TypeError:
        return False
    return True
