"""A server that is as granian 2.8 is: nothing is lost, a close ends the wait, and no denial has a header twice."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from bareasgi_ws import Header, WebSocket
from bareasgi_ws.backends.asgi import serve

from .scripted import DENIAL, SCOPE

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Futures are asyncio's."""
    return str(request.param)


class Done:
    """What is awaited at once: neither a coroutine nor a future."""

    def __await__(self) -> Any:
        yield from ()
        return {"type": "websocket.connect"}


class Server:
    """It gives what a test puts into the pending future, and notes what is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.headers: list[Header] = []
        self.given: list[asyncio.Future[Mapping[str, Any]]] = []

    __module__ = "granian._granian"

    def receive(self) -> Any:
        if not self.sent:
            return Done()
        self.given.append(asyncio.get_running_loop().create_future())
        return self.given[-1]

    async def send(self, event: Mapping[str, Any]) -> None:
        if event["type"] == "websocket.close":
            assert all(future.done() for future in self.given), "granian sends no close while one is pending"
        self.sent.append(event["type"])
        self.headers += event.get("headers", [])


async def served(server: Server, handler: Any, scope: Any = SCOPE) -> None:
    async with asyncio.timeout(5):
        await serve(handler, scope, server.receive, server.send)


async def test_a_cancelled_receive_leaves_the_future_to_the_next() -> None:
    server = Server()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
        await web_socket.accept()
        for _ in range(3):
            waiting = asyncio.ensure_future(web_socket.receive())
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        (pending,) = server.given
        pending.set_result({"type": "websocket.receive", "text": "kept"})
        assert await web_socket.receive() == "kept"

    await served(server, handler)
    assert server.sent == ["websocket.accept", "websocket.close"]


async def test_a_message_that_comes_with_the_cancellation_is_given_to_the_next() -> None:
    server = Server()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
        await web_socket.accept()
        waiting = asyncio.ensure_future(web_socket.receive())
        await asyncio.sleep(0)
        server.given[0].set_result({"type": "websocket.receive", "bytes": b"kept"})
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await web_socket.receive() == b"kept"

    await served(server, handler)


async def test_a_close_ends_a_receive_that_waits() -> None:
    server = Server()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
        await web_socket.accept()
        waiting = asyncio.ensure_future(web_socket.receive())
        await asyncio.sleep(0)
        await web_socket.close(4000)
        assert await waiting is None
        assert web_socket.code == 4000

    await served(server, handler)
    assert server.sent == ["websocket.accept", "websocket.close"]


async def test_what_the_future_raises_is_raised() -> None:
    server = Server()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
        await web_socket.accept()
        waiting = asyncio.ensure_future(web_socket.receive())
        await asyncio.sleep(0)
        server.given[0].set_exception(LookupError("of the server"))
        with pytest.raises(LookupError, match="of the server"):
            await waiting

    await served(server, handler)


async def test_a_denial_has_each_header_once() -> None:
    server = Server()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        headers = [(b"vary", b"a"), (b"x-one", b"1"), (b"Vary", b"b"), (b"set-cookie", b"a=1")]
        await web_socket.deny(401, headers, b"who?")

    await served(server, handler, DENIAL)
    combined = [(b"vary", b"a, b"), (b"x-one", b"1"), (b"set-cookie", b"a=1"), (b"content-length", b"4")]
    assert server.headers == combined


async def test_two_cookies_are_refused() -> None:
    server = Server()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.deny(401, [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")])

    with pytest.raises(ValueError, match="one set-cookie header at most, got several"):
        await served(server, handler, DENIAL)
    assert server.sent == []
