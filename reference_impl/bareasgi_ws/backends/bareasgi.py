"""Handlers on the routes of a bareASGI application, of version 3 and of version 5."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, overload

try:
    from bareasgi import Application
except ModuleNotFoundError as error:
    if error.name != "bareasgi":
        raise  # it is there, and lacks something of its own
    raise ImportError("bareasgi_ws.backends.bareasgi needs bareASGI: pip install bareasgi") from error

from .._reference.close_timeout import IN_MEMORY
from .._reference.one_handler import OneHandler
from .._reference.socket import ReferenceWebSocket
from .._rules import arguments
from .._rules.handlers import check_application
from ..asgi import ASGIApplication, Receive, Send
from ..conformance.memory import Content, MemoryBackend
from ..routing import BinaryHandler, Handler, MatchesT, TextHandler
from . import asgi

__all__ = ["backend", "endpoint", "not_found", "with_absolute_paths"]


@overload
def endpoint(
    handler: Handler[Any, MatchesT],
    *,
    content: None = None,
    close_timeout: float | None = 10.0,
) -> Callable[..., Awaitable[None]]: ...
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
def endpoint(
    handler: Any,
    *,
    content: type[str] | type[bytes] | None = None,
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
    asgi.check_handler("endpoint", handler)
    asgi.check_content("endpoint", content)
    timeout = arguments.close_timeout("endpoint", close_timeout)

    async def called(*arguments: Any) -> None:
        scope, info, matches, web_socket = arguments if len(arguments) == 4 else _parts(*arguments)
        # bareASGI 3.7.1 and 5.0.0 keep what the server gave here, and nowhere else.
        receive, send = _from_connect(web_socket._receive), web_socket._send
        await OneHandler(handler, info, matches, content, timeout)(scope, receive, send)

    return called


def _parts(request: Any) -> tuple[Any, Any, Any, Any]:
    """Return what a handler of bareASGI 3 is called with of the one argument of bareASGI 5."""
    return request.scope, request.info, request.matches, request.web_socket


def _from_connect(receive: Receive) -> Receive:
    """Begin with the event that bareASGI has taken already."""
    connect = [{"type": "websocket.connect"}]

    async def connected() -> Mapping[str, Any]:
        return connect.pop()

    return lambda: connected() if connect else receive()


not_found: Callable[..., Awaitable[None]] = endpoint(asgi.not_found)
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
    check_application("with_absolute_paths", "an ASGI application", application)

    async def routed(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        is_relative = scope["type"] == "websocket" and not scope["path"].startswith("/")
        await application({**scope, "path": f"/{scope['path']}"} if is_relative else scope, receive, send)

    return routed


def _application(handler: Any, route: str, content: Content, info: Any) -> ASGIApplication:
    application = Application(info=info)
    application.ws_router.add(route, endpoint(handler, content=content, close_timeout=IN_MEMORY))
    application.ws_router.add("/{path:path}", not_found)
    return application


backend: MemoryBackend = MemoryBackend(_application, ReferenceWebSocket, close_timeout=IN_MEMORY)
"""bareASGI with this endpoint, for the conformance kit."""
