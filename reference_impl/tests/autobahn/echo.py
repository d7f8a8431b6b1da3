"""What a server is given to serve: two applications that echo, one in raw ASGI, one on the reference."""

from contextlib import suppress
from typing import Any

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket, WebSocketClosedError, messages

reference: Application[Info] = Application()


@reference.on_ws_request("/reference")
async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    with suppress(WebSocketClosedError):
        async for message in messages(web_socket):
            await web_socket.send(message)


async def raw(receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        kind = "bytes" if event.get("bytes") is not None else "text"
        await send({"type": "websocket.send", kind: event[kind]})


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope.get("path") == "/raw":
        await raw(receive, send)
    else:
        await reference(scope, receive, send)
