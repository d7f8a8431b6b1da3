"""Handlers as endpoints of Starlette's WebSocket routes, and so of FastAPI's."""

from collections.abc import Mapping
from typing import Any, overload

try:
    from starlette.applications import Starlette
    from starlette.routing import WebSocketRoute
except ImportError as error:
    raise ImportError("bareasgi_ws.backends.starlette needs Starlette: pip install starlette") from error

from .._reference.close_timeout import IN_MEMORY
from .._reference.lifetime import Found
from .._reference.one_handler import OneHandler
from .._reference.socket import ReferenceWebSocket
from .._rules import arguments
from ..asgi import ASGIApplication
from ..conformance.memory import Content, MemoryBackend
from ..routing import BinaryHandler, Handler, InfoT, MatchesT, TextHandler
from ..scope import Info
from . import asgi

__all__ = ["backend", "endpoint", "not_found"]


class _Endpoint(OneHandler):
    """An object, since Starlette gives a function its own WebSocket, and all else what the server gave."""

    def _found(self, scope: Mapping[str, Any]) -> Found:
        found, _ = self._served
        return found, scope["path_params"]


@overload
def endpoint(
    handler: Handler[Info, MatchesT],
    *,
    info: Info | None = None,
    content: None = None,
    close_timeout: float | None = 10.0,
) -> ASGIApplication: ...
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
def endpoint(
    handler: Any,
    *,
    info: Any = None,
    content: type[str] | type[bytes] | None = None,
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
    asgi.check_handler("endpoint", handler)
    asgi.check_content("endpoint", content)
    return _Endpoint(handler, info, {}, content, arguments.close_timeout("endpoint", close_timeout))


not_found: ASGIApplication = endpoint(asgi.not_found)
"""The endpoint of a last route, ``/{path:path}``: HTTP 404 where the server can, else 403 (WS-LIFETIME-08).

Starlette itself rejects a path that has no route with 403.
"""


def _application(handler: Any, route: str, content: Content, info: Any) -> ASGIApplication:
    options: Any = {"info": info, "content": content, "close_timeout": IN_MEMORY}
    routes = [WebSocketRoute(route, endpoint(handler, **options)), WebSocketRoute("/{path:path}", not_found)]
    return Starlette(routes=routes)


backend: MemoryBackend = MemoryBackend(_application, ReferenceWebSocket, close_timeout=IN_MEMORY)
"""Starlette with this endpoint, for the conformance kit."""
