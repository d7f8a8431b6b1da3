"""The application: its scopes, its routing, and what it shares with its handlers."""

from typing import Any

import pytest

from bareasgi_ws import Application, Route
from bareasgi_ws.backends.asgi import serve
from bareasgi_ws.testing import connect

from .scripted_server import ScriptedServer, accept

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("kind", ["quic", None, b"websocket"])
async def test_an_unknown_scope_type_is_rejected(kind: Any) -> None:
    server = ScriptedServer()
    with pytest.raises(ValueError, match=f"type 'websocket', 'http' or 'lifespan', got {kind!r}"):
        await Application()({"type": kind}, server.receive, server.send)
    with pytest.raises(ValueError, match=f"type 'websocket', got {kind!r}"):
        await serve(accept, {"type": kind}, server.receive, server.send)
    assert server.sent == []


@pytest.mark.parametrize(
    ("root_path", "path", "status"),
    [
        ("", "/room", 101),
        ("/app", "/app/room", 101),
        ("/app/", "/app/room", 101),
        ("/app", "/room", 101),
        ("/app", "/application/room", 404),
        ("/app", "/app", 404),
        ("/app", "/app/app/room", 404),
    ],
)
async def test_root_path_is_taken_off_the_path(root_path: str, path: str, status: int) -> None:
    application = Application()
    application.ws_router.add("/room", accept)

    async def mounted(scope: Any, receive: Any, send: Any) -> None:
        await application({**scope, "root_path": root_path}, receive, send)

    async with connect(mounted, path) as client:
        assert (await client.handshake()).status == status


class UpperRouter:
    """A router of a user's own."""

    def __init__(self) -> None:
        self.routes: dict[str, Route[Any]] = {}

    def add(self, path: str, handler: Any, *, content: Any = None) -> None:
        self.routes[path.upper()] = Route(handler, {"path": path}, content)

    def resolve(self, path: str) -> Route[Any] | None:
        return self.routes.get(path.upper())


async def test_a_router_of_the_users_own_finds_the_handlers() -> None:
    seen: list[Any] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        seen.extend([matches, await web_socket.receive(), web_socket.code])

    application = Application(ws_router=UpperRouter())
    application.on_ws_request("/room", content=str)(handler)
    async with connect(application, "/ROOM") as client:
        await client.send(b"binary")
        assert await client.receive() is None
    assert seen == [{"path": "/room"}, None, 1003]
    async with connect(application, "/other") as client:
        response = await client.handshake()
        assert (response.status, response.body) == (404, b"Not Found")
