"""The same three handlers in every library: an echo of text, one of binary messages, and one that closes at once.

Each is behind a route with one parameter, ``/echo/{name}``, except the raw function and the floor, which route nothing.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from bareasgi_ws import Application as ReferenceApplication

Application = Callable[[Any, Any, Any], Awaitable[None]]
Does = Literal["text", "binary", "closes"]

ROUTE = "/echo/{name}"
PATH = "/echo/world"
BAREASGI = Path(sys.prefix) / "bareasgi"
"""Where each generation of bareASGI is, with its number after the name: they cannot be installed side by side."""


def raw(does: Does) -> Application:
    """Make an ASGI function that does no more than it must."""

    async def text(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": event["text"]})

    async def binary(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "bytes": event["bytes"]})

    async def closes(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 1000})

    return {"text": text, "binary": binary, "closes": closes}[does]


class Floor:
    """The least that a class with these coroutine methods can be: it checks nothing, and keeps no state."""

    __slots__ = ("_receive", "_send")

    def __init__(self, receive: Any, send: Any) -> None:
        """Stand between a handler and a server."""
        self._receive, self._send = receive, send

    async def accept(self) -> None:
        """Accept."""
        await self._receive()
        await self._send({"type": "websocket.accept"})

    async def receive(self) -> Any:
        """Receive a message, or None."""
        event = await self._receive()
        if "text" in event:
            return event["text"]
        return event.get("bytes")

    async def send(self, content: Any) -> None:
        """Send a message."""
        if type(content) is str:
            await self._send({"type": "websocket.send", "text": content})
        else:
            await self._send({"type": "websocket.send", "bytes": content})

    async def close(self) -> None:
        """Close."""
        await self._send({"type": "websocket.close", "code": 1000})


def floor(does: Does) -> Application:
    """Run this project's handler on the floor."""
    handler = handler_that(does)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await handler(scope, {}, {}, Floor(receive, send))

    return application


async def echo(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Echo, as a handler of this project's."""
    await web_socket.accept()
    while (message := await web_socket.receive()) is not None:
        await web_socket.send(message)


async def close(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Close, as a handler of this project's."""
    await web_socket.accept()
    await web_socket.close()


def handler_that(does: Does) -> Any:
    """Return the handler of this project's."""
    return close if does == "closes" else echo


def reference(does: Does) -> Application:
    """Run the handler on the reference implementation."""
    application = ReferenceApplication()
    application.ws_router.add(ROUTE, handler_that(does))
    return application


def of_one_kind(does: Does) -> Application:
    """Run the handler on the reference implementation, where its route takes one kind of message."""
    application = ReferenceApplication()
    application.ws_router.add(ROUTE, handler_that(does), content=bytes if does == "binary" else str)
    return application


def endless(does: Does, disconnected: type[Exception]) -> Any:
    """Make the handler of a library whose ``receive_text`` raises where its client has gone."""

    async def text(socket: Any) -> None:
        await socket.accept()
        try:
            while True:
                await socket.send_text(await socket.receive_text())
        except disconnected:
            return

    async def binary(socket: Any) -> None:
        await socket.accept()
        try:
            while True:
                await socket.send_bytes(await socket.receive_bytes())
        except disconnected:
            return

    async def closes(socket: Any) -> None:
        await socket.accept()
        await socket.close()

    return {"text": text, "binary": binary, "closes": closes}[does]


def starlette(does: Does) -> Application:
    """Make the handler with starlette."""
    return _starlette(endless(does, import_module("starlette.websockets").WebSocketDisconnect))


def on_starlette(does: Does) -> Application:
    """Run the handler on the backend on Starlette."""
    return _starlette(import_module("bareasgi_ws.backends.starlette").endpoint(handler_that(does)))


def _starlette(endpoint: Any) -> Application:
    route = import_module("starlette.routing").WebSocketRoute(ROUTE, endpoint)
    application: Application = import_module("starlette.applications").Starlette(routes=[route])
    return application


def bareasgi(generation: int) -> Callable[[Does], Application]:
    """Make the handler with bareASGI."""

    def make(does: Does) -> Application:
        handler = handler_that(does)

        async def of_5(request: Any) -> None:
            await handler(request.scope, request.info, request.matches, request.web_socket)

        application = from_bareasgi(generation, "bareasgi").Application()
        application.ws_router.add(ROUTE, handler if generation == 3 else of_5)
        made: Application = application
        return made

    return make


def on_bareasgi(generation: int) -> Callable[[Does], Application]:
    """Run the handler on the backend on bareASGI."""

    def make(does: Does) -> Application:
        endpoint = from_bareasgi(generation, "bareasgi_ws.backends.bareasgi").endpoint(handler_that(does))
        application = from_bareasgi(generation, "bareasgi").Application()
        application.ws_router.add(ROUTE, endpoint)
        made: Application = application
        return made

    return make


def from_bareasgi(generation: int, module: str) -> Any:
    """Import a module as if this generation alone were installed; what was made with the other goes on with it."""
    folder = f"{BAREASGI}{generation}"
    if not Path(folder).exists():
        raise ImportError(folder)
    for name in list(sys.modules):
        if name.split(".")[0] in ("bareasgi", "bareutils", "baretypes") or name == "bareasgi_ws.backends.bareasgi":
            del sys.modules[name]
    sys.path.insert(0, folder)
    try:
        return import_module(module)
    finally:
        sys.path.remove(folder)


def litestar(does: Does) -> Application:
    """Make the handler with litestar."""
    library: Any = import_module("litestar")
    handler = endless(does, import_module("litestar.exceptions").WebSocketDisconnect)
    handler.__annotations__["socket"] = library.WebSocket
    application: Application = library.Litestar([library.websocket("/echo/{name:str}")(handler)])
    return application


def falcon(does: Does) -> Application:
    """Make the handler with falcon, without the queue that it reads ahead into, which needs an event loop."""
    library: Any = import_module("falcon.asgi")
    disconnected = import_module("falcon").WebSocketDisconnected

    async def text(web_socket: Any) -> None:
        try:
            while True:
                await web_socket.send_text(await web_socket.receive_text())
        except disconnected:
            return

    async def binary(web_socket: Any) -> None:
        try:
            while True:
                await web_socket.send_data(await web_socket.receive_data())
        except disconnected:
            return

    async def closes(web_socket: Any) -> None:
        await web_socket.close()

    handler = {"text": text, "binary": binary, "closes": closes}[does]

    class Resource:
        async def on_websocket(self, request: Any, web_socket: Any, name: str) -> None:
            await web_socket.accept()
            await handler(web_socket)

    application = library.App()
    application.ws_options.max_receive_queue = 0
    application.add_route(ROUTE, Resource())
    made: Application = application
    return made


def blacksheep(does: Does) -> Application:
    """Make the handler with blacksheep."""
    library: Any = import_module("blacksheep")
    handler = endless(does, import_module("blacksheep.server.websocket").WebSocketDisconnectError)
    handler.__annotations__["socket"] = library.WebSocket
    application = library.Application(router=library.Router())
    application.router.add_ws(ROUTE, handler)
    asyncio.run(application.start())
    made: Application = application
    return made


def quart(does: Does) -> Application:
    """Make the handler with quart."""
    library: Any = import_module("quart")

    async def echoes(name: str) -> None:
        await library.websocket.accept()
        while True:
            await library.websocket.send(await library.websocket.receive())

    async def closes(name: str) -> None:
        await library.websocket.accept()
        await library.websocket.close(1000)

    application = library.Quart("speed")
    application.add_websocket("/echo/<name>", view_func=closes if does == "closes" else echoes)
    made: Application = application
    return made


LIBRARIES: dict[str, Callable[[Does], Application]] = {
    "raw": raw,
    "floor": floor,
    "bareasgi_ws": reference,
    "bareasgi_ws, one content": of_one_kind,
    "bareasgi 3": bareasgi(3),
    "bareasgi_ws on bareasgi 3": on_bareasgi(3),
    "bareasgi 5": bareasgi(5),
    "bareasgi_ws on bareasgi 5": on_bareasgi(5),
    "starlette": starlette,
    "bareasgi_ws on starlette": on_starlette,
    "falcon": falcon,
    "blacksheep": blacksheep,
    "litestar": litestar,
    "quart": quart,
}
"""What makes each library's application. The order is that of the tables."""
