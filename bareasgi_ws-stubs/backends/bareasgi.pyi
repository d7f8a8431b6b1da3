# Written by `make stubs` from the module of this name.
"""Handlers on the routes of a bareASGI application, of version 3 and of version 5."""

from collections.abc import Awaitable, Callable
from typing import Any, overload

from ..asgi import ASGIApplication
from ..conformance.memory import MemoryBackend
from ..routing import BinaryHandler, Handler, MatchesT, TextHandler

__all__ = ["backend", "endpoint", "not_found", "with_absolute_paths"]

@overload
def endpoint(
    handler: Handler[Any, MatchesT],
    *,
    content: None = None,
    close_timeout: float | None = 10.0,
) -> Callable[..., Awaitable[None]]:
    """Make of a handler what the ``ws_router`` of a bareASGI application takes, of version 3 and of version 5.

    Its info is the application's, its matches are what the route's path matched. Its ``web_socket`` keeps the
    specification, which bareASGI's own does not.

    Args:
        handler: The handler.
        content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both
            (WS-CONTENT-01 to WS-CONTENT-05).
        close_timeout: How long a close, and so the handler's end, waits for a client that does not read, in seconds;
            None for as long as the client likes (WS-CLOSE-12, WS-LIFETIME-12).

    Returns:
        A handler of bareASGI's own form, for ``ws_router.add`` or ``on_ws_request``.

    Raises:
        TypeError: The content is not exactly ``str``, ``bytes`` or None, ``close_timeout`` is not a number, or the
            handler is not callable, cannot take four positional arguments, or is an async generator function.
        ValueError: ``close_timeout`` is not above 0 and finite.
    """

@overload
def endpoint(
    handler: TextHandler[Any, MatchesT],
    *,
    content: type[str],
    close_timeout: float | None = 10.0,
) -> Callable[..., Awaitable[None]]: ...
@overload
def endpoint(
    handler: BinaryHandler[Any, MatchesT],
    *,
    content: type[bytes],
    close_timeout: float | None = 10.0,
) -> Callable[..., Awaitable[None]]: ...
@overload
def endpoint(
    handler: Handler[Any, MatchesT],
    *,
    content: type[str] | type[bytes] | None,
    close_timeout: float | None = 10.0,
) -> Callable[..., Awaitable[None]]: ...

not_found: Callable[..., Awaitable[None]]
"""The handler of a last route, ``/{path:path}``: HTTP 404 where the server can, else 403 (WS-LIFETIME-08).

bareASGI itself raises a ValueError in the server for a path that has no route.
"""

def with_absolute_paths(application: ASGIApplication) -> ASGIApplication:
    """Have a path that does not begin with ``/`` routed as if it did.

    Clients can ask for one (``GET *``, or an empty path), and bareASGI itself raises a ValueError in the server for it.

    Args:
        application: A bareASGI application.

    Returns:
        What to give to the server: the same application, on absolute paths.

    Raises:
        TypeError: The application cannot be called with three arguments.
    """

backend: MemoryBackend
"""bareASGI with this endpoint, for the conformance kit."""
