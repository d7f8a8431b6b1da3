"""Handlers on the asyncio server of the websockets library, with no ASGI server."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, overload

try:
    from websockets.asyncio.server import Server
    from websockets.asyncio.server import serve as library_serve
    from websockets.version import version

    if int(version.partition(".")[0]) < 17:
        raise ImportError(f"it is {version}, which logs every lost client as an error")
except ImportError as error:
    raise ImportError(
        "bareasgi_ws.backends.websockets needs the websockets library, 17 or newer: pip install 'websockets>=17'"
    ) from error

from .._reference.router import Router
from .._reference.socket import ReferenceWebSocket
from .._rules.arguments import describe_value
from .._rules.handlers import has_method
from ..conformance.url import URLBackend
from ..routing import BinaryHandler, Handler, InfoT, MatchesT, Route, TextHandler, WebSocketRouter
from ..scope import Info
from ._websockets import Handlers, Resolve
from .asgi import check_content, check_handler

__all__ = ["backend", "serve", "serve_routes"]

_CLOSE_TIMEOUT = 0.1
"""The library's own, for the backend that the kit examines, in seconds."""


@overload
def serve(
    handler: Handler[Info, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    content: None = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: TextHandler[Info, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    content: type[str],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: BinaryHandler[Info, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    content: type[bytes],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: Handler[Info, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    content: type[str] | type[bytes] | None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: Handler[InfoT, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    content: None = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: TextHandler[InfoT, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    content: type[str],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: BinaryHandler[InfoT, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    content: type[bytes],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: Handler[InfoT, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    content: type[str] | type[bytes] | None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
def serve(
    handler: Any,
    host: str | None = None,
    port: int | None = None,
    *,
    info: Any = None,
    content: type[str] | type[bytes] | None = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]:
    """Serve each connection with a handler, whatever its path; as the context is left, end all that is open.

    Each handler runs in a task of its own. A handler may take as long to accept as ``open_timeout`` says, in seconds
    (by default the library's 10), then it is cancelled.

    Args:
        handler: The handler; its matches are empty.
        host: The address to listen on; None for all of them.
        port: The port, or 0 for any free one, which ``sockets`` of what the context gives then tells.
        info: What the handler is given as its info; an empty dict where it is left out.
        content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both
            (WS-CONTENT-01 to WS-CONTENT-05).
        options: What the library's own ``serve`` takes beside these, such as ``ssl`` or ``max_size``.

    Returns:
        A context manager that gives the library's ``Server``.

    Raises:
        TypeError: The content is not exactly ``str``, ``bytes`` or None, or the handler is not callable, cannot take
            four positional arguments, or is an async generator function; or the options have ``process_response``.
    """
    check_handler("serve", handler)
    check_content("serve", content)
    route = Route[Any](handler, {}, content)
    return _serving("serve", lambda path: route, host, port, info, options)


@overload
def serve_routes(
    router: WebSocketRouter[Info],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve_routes(
    router: WebSocketRouter[InfoT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
def serve_routes(
    router: WebSocketRouter[Any],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Any = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]:
    """Serve each connection with the handler that a router has for its path, and others with HTTP 404 (WS-LIFETIME-08).

    Args:
        router: The router.
        host: The address to listen on; None for all of them.
        port: The port, or 0 for any free one, which ``sockets`` of what the context gives then tells.
        info: What the handlers are given as their info; an empty dict where it is left out.
        options: What the library's own ``serve`` takes beside these, such as ``ssl`` or ``max_size``.

    Returns:
        A context manager that gives the library's ``Server``.

    Raises:
        TypeError: The router has no ``resolve``, or the options have ``process_response``.
    """
    if not has_method(router, "resolve", "path"):
        raise TypeError(f"serve_routes: expected a router, an object with resolve(path), got {describe_value(router)}")
    return _serving("serve_routes", router.resolve, host, port, info, options)


def _serving(
    call: str, resolve: Resolve, host: Any, port: int | None, info: Any, options: Mapping[str, Any]
) -> AbstractAsyncContextManager[Server]:
    if "process_response" in options:
        raise TypeError(f"{call}: expected options without process_response, by which the handlers answer")
    # The library's own timeout is for its part of a close, which comes after the handler's.
    handlers = Handlers(resolve, info, options.get("close_timeout", 10.0))
    return _entered(handlers, host, port, options)


@asynccontextmanager
async def _entered(
    handlers: Handlers, host: Any, port: int | None, options: Mapping[str, Any]
) -> AsyncGenerator[Server]:
    try:
        async with library_serve(handlers.let_go_on, host, port, process_response=handlers.answer, **options) as server:
            yield server
    finally:
        await handlers.ended()


@asynccontextmanager
async def _serve_for_kit(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    router = Router[Any]()
    router.add(route, handler, content=content)
    async with serve_routes(router, "127.0.0.1", 0, info=info, close_timeout=_CLOSE_TIMEOUT) as server:
        host, port = server.sockets[0].getsockname()
        yield f"ws://{host}:{port}"


backend: URLBackend = URLBackend(
    _serve_for_kit, ReferenceWebSocket, logger="websockets.server", close_timeout=_CLOSE_TIMEOUT, own_server=True
)
"""The websockets library's server, for the conformance kit."""
