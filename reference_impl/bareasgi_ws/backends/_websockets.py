"""The connections of the websockets library as an ASGI server has them, for the backend on it."""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import unquote

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from ..routing import Route
from ..scope import Header
from .asgi import serve

Resolve: TypeAlias = Callable[[str], Route[Any] | None]


class Handlers:
    """The handlers of one server's connections, each in a task of its own: it answers the handshake itself."""

    def __init__(self, resolve: Resolve, info: Any, close_timeout: float | None) -> None:
        self._resolve, self._info, self._close_timeout = resolve, info, close_timeout
        self._running: dict[ServerConnection, tuple[ASGIConnection, asyncio.Task[None]]] = {}

    async def answer(self, library: ServerConnection, request: Request, response: Response) -> Response | None:
        """Begin a handler, and give its response to the handshake."""
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            return None  # no opening handshake, and answered so
        connection = ASGIConnection(library, request, response)
        route = self._resolve(connection.scope["path"])
        if route is None:
            return library.respond(HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND.phrase)
        task = asyncio.Task(self._run(route, connection))  # not an eager one, which would begin before it is known
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
        """Wait for the handlers that have rejected."""
        if self._running:
            await asyncio.wait([task for _, task in self._running.values()])

    async def _run(self, route: Route[Any], connection: "ASGIConnection") -> None:
        options: Any = {"info": self._info, "matches": route.matches, "content": route.content}
        options["close_timeout"] = self._close_timeout
        try:
            await serve(route.handler, connection.scope, connection.receive, connection.send, **options)
        except BaseException as error:
            task = self._running[connection.library][1]
            if isinstance(error, Exception) or not task.cancelling():
                connection.library.logger.exception("connection handler failed")
            if not isinstance(error, Exception):
                raise
        finally:
            connection.answered.set()
            del self._running[connection.library]


class ASGIConnection:
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
        self.response.headers.pop("Sec-WebSocket-Protocol", None)  # the library's choice, where it was told to choose
        if subprotocol is not None:
            self.response.headers["Sec-WebSocket-Protocol"] = subprotocol
        self.response.headers.update(_decoded(headers))
        self._accepted = True
        self.answered.set()
        await self._until_open()

    async def _until_open(self) -> None:
        """Wait until the library has sent the response, or has lost the connection: it then calls nobody.

        Afterwards it returns at once, so that no close timeout comes before the close frame on a machine that is busy.
        """
        if self.opened.is_set():
            return
        waiters = [asyncio.create_task(one) for one in (self.opened.wait(), self.library.wait_closed())]
        try:
            await asyncio.wait(waiters, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiter in waiters:
                waiter.cancel()
        if not self.opened.is_set():
            raise ConnectionResetError("the client has gone before accept")

    async def _send(self, content: bytes | str) -> None:
        await self._until_open()  # another task's may come while the accept is going out
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
        "client": _address(library.remote_address),
        "server": _address(library.local_address) or (library.local_address, None),
        "subprotocols": [name.strip() for name in offered if name.strip()],
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }


def _address(address: Any) -> tuple[str, int] | None:
    """Return host and port: IPv6 has two numbers more, and a Unix socket has a path alone."""
    return None if address is None or isinstance(address, str) else (address[0], address[1])
