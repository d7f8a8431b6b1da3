"""The same echo handler, typed by each library and by none; a handler of one file is all that a checker is given."""

NOTHING = """\
from typing import Any


async def echo(scope: dict[str, Any], info: dict[str, Any], matches: dict[str, Any], web_socket: Any) -> None:
    await web_socket.accept()
    while (message := await web_socket.receive()) is not None:
        await web_socket.send(message)
    await web_socket.close()
"""

BAREASGI_WS = """\
from bareasgi_ws import Info, RouteMatches, Scope, WebSocket


async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    while (message := await web_socket.receive()) is not None:
        await web_socket.send(message)
    await web_socket.close()
"""

BAREASGI = """\
from bareasgi import WebSocketRequest


async def echo(request: WebSocketRequest) -> None:
    await request.web_socket.accept()
    while (message := await request.web_socket.receive()) is not None:
        await request.web_socket.send(message)
    await request.web_socket.close()
"""

STARLETTE = """\
from starlette.websockets import WebSocket


async def echo(web_socket: WebSocket) -> None:
    await web_socket.accept()
    async for message in web_socket.iter_text():
        await web_socket.send_text(message)
    await web_socket.close()
"""

WEBSOCKETS = """\
from websockets.asyncio.server import ServerConnection


async def echo(web_socket: ServerConnection) -> None:
    async for message in web_socket:
        await web_socket.send(message)
    await web_socket.close()
"""

ASGIREF = """\
from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, WebSocketScope


async def echo(scope: WebSocketScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    await receive()
    await send({"type": "websocket.accept", "subprotocol": None, "headers": []})
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "bytes": event["bytes"], "text": event["text"]})
    await send({"type": "websocket.close", "code": 1000, "reason": None})
"""

HANDLERS = {
    "no library": NOTHING,
    "bareasgi-ws": BAREASGI_WS,
    "bareasgi": BAREASGI,
    "starlette": STARLETTE,
    "websockets": WEBSOCKETS,
    "asgiref": ASGIREF,
}
"""By the distribution that each imports."""
