# Written by `make stubs` from the module of this name.
"""Handlers as endpoints of Starlette's WebSocket routes, and so of FastAPI's."""

from typing import overload

from ..asgi import ASGIApplication
from ..conformance.memory import MemoryBackend
from ..routing import BinaryHandler, Handler, InfoT, MatchesT, TextHandler
from ..scope import Info

__all__ = ["backend", "endpoint", "not_found"]

@overload
def endpoint(
    handler: Handler[Info, MatchesT],
    *,
    info: Info | None = None,
    content: None = None,
    close_timeout: float | None = 10.0,
) -> ASGIApplication:
    """Make of a handler what Starlette's ``WebSocketRoute`` takes as its endpoint.

    Its matches are what the route's path matched, as Starlette converts it.

    Args:
        handler: The handler.
        info: What the handler is given as its info; where it is left out, an empty dict that its connections share.
        content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both
            (WS-CONTENT-01 to WS-CONTENT-05).
        close_timeout: How long a close, and so the handler's end, waits for a client that does not read, in seconds;
            None for as long as the client likes (WS-CLOSE-12, WS-LIFETIME-12).

    Returns:
        An ASGI application, for the endpoint of a route.

    Raises:
        TypeError: The content is not exactly ``str``, ``bytes`` or None, ``close_timeout`` is not a number, or the
            handler is not callable, cannot take four positional arguments, or is an async generator function.
        ValueError: ``close_timeout`` is not above 0 and finite.
    """

@overload
def endpoint(
    handler: TextHandler[Info, MatchesT],
    *,
    info: Info | None = None,
    content: type[str],
    close_timeout: float | None = 10.0,
) -> ASGIApplication: ...
@overload
def endpoint(
    handler: BinaryHandler[Info, MatchesT],
    *,
    info: Info | None = None,
    content: type[bytes],
    close_timeout: float | None = 10.0,
) -> ASGIApplication: ...
@overload
def endpoint(
    handler: Handler[Info, MatchesT],
    *,
    info: Info | None = None,
    content: type[str] | type[bytes] | None,
    close_timeout: float | None = 10.0,
) -> ASGIApplication: ...
@overload
def endpoint(
    handler: Handler[InfoT, MatchesT],
    *,
    info: InfoT,
    content: None = None,
    close_timeout: float | None = 10.0,
) -> ASGIApplication: ...
@overload
def endpoint(
    handler: TextHandler[InfoT, MatchesT],
    *,
    info: InfoT,
    content: type[str],
    close_timeout: float | None = 10.0,
) -> ASGIApplication: ...
@overload
def endpoint(
    handler: BinaryHandler[InfoT, MatchesT],
    *,
    info: InfoT,
    content: type[bytes],
    close_timeout: float | None = 10.0,
) -> ASGIApplication: ...
@overload
def endpoint(
    handler: Handler[InfoT, MatchesT],
    *,
    info: InfoT,
    content: type[str] | type[bytes] | None,
    close_timeout: float | None = 10.0,
) -> ASGIApplication: ...

not_found: ASGIApplication
"""The endpoint of a last route, ``/{path:path}``: HTTP 404 where the server can, else 403 (WS-LIFETIME-08).

Starlette itself rejects a path that has no route with 403.
"""

backend: MemoryBackend
"""Starlette with this endpoint, for the conformance kit."""
