"""Paths that bareASGI itself raises for, in the server."""

from typing import Any

import pytest
from bareasgi import Application

from bareasgi_ws.backends.bareasgi import endpoint, not_found, with_absolute_paths
from bareasgi_ws.testing import connect

pytestmark = pytest.mark.anyio


async def hello(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    await web_socket.send(f"{scope['path']} {matches['name']}")


def application() -> Any:
    application = Application()
    application.ws_router.add("/hello/{name}", endpoint(hello))
    application.ws_router.add("/{path:path}", not_found)
    return application


def at(path: str, application: Any) -> Any:
    """An application whose server is asked for this path: no client of the tests' own asks for it."""

    async def asked(scope: Any, receive: Any, send: Any) -> None:
        await application({**scope, "path": path}, receive, send)

    return asked


@pytest.mark.parametrize("path", ["", "*", "http://here/there/and", "here/there"])
async def test_a_path_without_a_slash_is_answered_404(path: str) -> None:
    async with connect(at(path, with_absolute_paths(application()))) as client:
        handshake = await client.handshake()
        assert handshake.status == 404
        assert await client.server_error() is None


async def test_bareasgi_itself_raises_for_one() -> None:
    async with connect(at("", application())) as client:
        assert (await client.handshake()).status == 500
        assert "Paths must be absolute" in (await client.server_error() or "")


async def test_other_paths_stay_as_they_are() -> None:
    async with connect(with_absolute_paths(application()), "/hello/ann") as client:
        assert await client.receive() == "/hello/ann ann"
