"""Handlers on the asyncio server of the websockets library, with no ASGI server."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from typing import Any, TypeAlias, overload
from urllib.parse import unquote

try:
    from websockets.asyncio.server import Server, ServerConnection
    from websockets.asyncio.server import serve as library_serve
    from websockets.datastructures import Headers
    from websockets.exceptions import ConnectionClosed
    from websockets.http11 import Request, Response
except ImportError as error:
    raise ImportError(
        "bareasgi_ws.backends.websockets needs the websockets library, 14 or newer: pip install websockets"
    ) from error

from .._reference.handlers import check_content, check_handler
from .._reference.router import Router
from .._reference.socket import ReferenceWebSocket
from .._spec.routing import Route, WebSocketRouter
from .._spec.scope import Header
from .._spec.websocket import WebSocketHandler
from ..conformance.url import URLBackend
from .asgi import serve as serve_asgi

_Resolve: TypeAlias = Callable[[str], Route[Any] | None]

__all__ = ["backend", "serve", "serve_routes"]


@overload
def serve(
    handler: WebSocketHandler[Any, Any],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Any = None,
    content: None = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: WebSocketHandler[Any, Any, str],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Any = None,
    content: type[str],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: WebSocketHandler[Any, Any, bytes],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Any = None,
    content: type[bytes],
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
            four positional arguments, or is an async generator function.
    """
    check_handler(handler)
    check_content(content)
    route = Route[Any](handler, {}, content)
    return _serving(lambda path: route, host, port, info, options)


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
    """
    return _serving(router.resolve, host, port, info, options)


@asynccontextmanager
async def _serving(resolve: _Resolve, host: Any, port: int | None, info: Any, options: Any) -> AsyncGenerator[Server]:
    handlers = _Handlers(resolve, info)
    async with library_serve(handlers.let_go_on, host, port, process_response=handlers.answer, **options) as server:
        yield server
    await handlers.ended()


class _Handlers:
    """The handlers of one server's connections, each in a task of its own: it answers the handshake itself."""

    def __init__(self, resolve: _Resolve, info: Any) -> None:
        self._resolve, self._info = resolve, info
        self._running: dict[ServerConnection, tuple[_Connection, asyncio.Task[None]]] = {}

    async def answer(self, library: ServerConnection, request: Request, response: Response) -> Response | None:
        """Begin a handler, and give its answer to the handshake."""
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            return None  # no opening handshake, and answered so
        connection = _Connection(library, request, response)
        route = self._resolve(connection.scope["path"])
        if route is None:
            return library.respond(HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND.phrase)
        task = asyncio.create_task(self._run(route, connection))
        self._running[library] = connection, task
        try:
            await connection.answered.wait()
        except asyncio.CancelledError:  # the library's open_timeout has run out
            task.cancel()
            raise
        return connection.response

    async def let_go_on(self, library: ServerConnection) -> None:
        """Tell a handler that its accept has gone out, and wait for its end."""
        if library in self._running:
            connection, task = self._running[library]
            connection.opened.set()
            await asyncio.wait([task])

    async def ended(self) -> None:
        """Wait for the handlers that have refused."""
        if self._running:
            await asyncio.wait([task for _, task in self._running.values()])

    async def _run(self, route: Route[Any], connection: "_Connection") -> None:
        how: Any = {"info": self._info, "matches": route.matches, "content": route.content}
        try:
            await serve_asgi(route.handler, connection.scope, connection.receive, connection.send, **how)
        except Exception:
            connection.library.logger.exception("connection handler failed")
        finally:
            connection.answered.set()
            del self._running[connection.library]


class _Connection:
    """A connection of the library's as an ASGI server has it: a scope, ``receive`` and ``send``."""

    def __init__(self, library: ServerConnection, request: Request, response: Response) -> None:
        self.library, self.response = library, response
        self.scope = _scope(library, request)
        self.answered, self.opened = asyncio.Event(), asyncio.Event()
        self._first = [{"type": "websocket.connect"}]
        self._accepted = False

    async def receive(self) -> Any:
        if self._first:
            return self._first.pop()
        try:
            message = await self.library.recv()
        except ConnectionClosed:
            end = self.library
            return {"type": "websocket.disconnect", "code": end.close_code, "reason": end.close_reason}
        return {"type": "websocket.receive", "text" if isinstance(message, str) else "bytes": message}

    async def send(self, event: Mapping[str, Any]) -> None:
        match event:
            case {"type": "websocket.accept"}:
                await self._accept(event["subprotocol"], event["headers"])
            case {"type": "websocket.send", **content}:
                await self._send(*content.values())
            case {"type": "websocket.close"} if not self._accepted:
                self._answer(HTTPStatus.FORBIDDEN, [], b"")
            case {"type": "websocket.close", "code": code, "reason": reason}:
                await self._until_open()
                await self.library.close(code, reason)
            case {"type": "websocket.http.response.start"}:
                self._denial = event["status"], event["headers"]
            case _:  # websocket.http.response.body, the last that the reference sends
                self._answer(*self._denial, event["body"])

    async def _accept(self, subprotocol: str | None, headers: list[Header]) -> None:
        if subprotocol is not None:
            self.response.headers["Sec-WebSocket-Protocol"] = subprotocol
        self.response.headers.update(_decoded(headers))
        self._accepted = True
        self.answered.set()
        await self._until_open()

    async def _until_open(self) -> None:
        """Wait until the library has sent the answer, or has lost the connection: it then calls nobody."""
        waiters = [asyncio.create_task(one) for one in (self.opened.wait(), self.library.wait_closed())]
        try:
            await asyncio.wait(waiters, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiter in waiters:
                waiter.cancel()
        if not self.opened.is_set():
            raise ConnectionResetError("the client has gone before accept")

    async def _send(self, content: bytes | str) -> None:
        try:
            await self.library.send(content)
        except ConnectionClosed as error:
            raise ConnectionResetError("the client has gone") from error

    def _answer(self, status: int, headers: list[Header], body: bytes) -> None:
        self.response = Response(status, _phrase(status), Headers(_decoded(headers)), body)
        self.response.headers.setdefault("Content-Length", str(len(body)))
        self.response.headers.setdefault("Connection", "close")
        self.answered.set()


def _decoded(headers: list[Header]) -> list[tuple[str, str]]:
    return [(name.decode(), value.decode("latin-1")) for name, value in headers]


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else ""


def _scope(library: ServerConnection, request: Request) -> dict[str, Any]:
    path, _, query = request.path.partition("?")
    offered = ",".join(request.headers.get_all("Sec-WebSocket-Protocol")).split(",")
    return {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.5"},
        "http_version": "1.1",
        "scheme": "ws" if library.transport.get_extra_info("ssl_object") is None else "wss",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in request.headers.raw_items()],
        "client": library.remote_address,
        "server": library.local_address,
        "subprotocols": [name.strip() for name in offered if name.strip()],
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }


@asynccontextmanager
async def _serve_for_kit(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    router = Router[Any]()
    router.add(route, handler, content=content)
    async with serve_routes(router, "127.0.0.1", 0, info=info) as server:
        host, port = server.sockets[0].getsockname()
        yield f"ws://{host}:{port}"


backend: URLBackend = URLBackend(_serve_for_kit, ReferenceWebSocket, logger="websockets.server")
"""The websockets library's server, for the conformance kit."""
