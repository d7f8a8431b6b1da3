"""A server that is as granian 2.8 is: nothing is lost, a close ends the wait, and no denial has a header twice."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any

import pytest

from bareasgi_ws import Header, WebSocket
from bareasgi_ws.backends.asgi import backend, serve
from bareasgi_ws.conformance import run

from .scripted_server import DENIAL, SCOPE

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Futures are asyncio's."""
    return str(request.param)


@pytest.fixture(autouse=True)
def in_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "granian", ModuleType("granian"))


@pytest.fixture(params=["bare", "coroutine", "awaitable"])
def wrapped(request: pytest.FixtureRequest) -> Any:
    """What stands before the server's receive: nothing, a middleware's coroutine, or another awaitable."""

    def wrap(receive: Any) -> Any:
        async def coroutine() -> Any:
            return await receive()

        return {"bare": receive, "coroutine": coroutine, "awaitable": lambda: Awaitable(receive())}[request.param]

    return wrap


class Awaitable:
    """Neither a coroutine nor a future."""

    def __init__(self, awaited: Any) -> None:
        self._awaited = awaited

    def __await__(self) -> Any:
        return (yield from self._awaited.__await__())


class Done:
    """What is awaited at once: neither a coroutine nor a future."""

    def __await__(self) -> Any:
        yield from ()
        return {"type": "websocket.connect"}


class ScriptedServer:
    """It gives what a test puts into the pending future, and notes what is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.headers: list[Header] = []
        self.given: list[asyncio.Future[Mapping[str, Any]]] = []
        self.asked = asyncio.Event()

    def receive(self) -> Any:
        if not self.sent:
            return Done()
        self.given.append(asyncio.get_running_loop().create_future())
        self.asked.set()
        return self.given[-1]

    async def send(self, event: Mapping[str, Any]) -> None:
        if event["type"] == "websocket.close" and self.given:
            await asyncio.wait(self.given)  # granian sends no close while one is pending
        self.sent.append(event["type"])
        self.headers += event.get("headers", [])


GRANIANS = {**DENIAL, "extensions": {**DENIAL["extensions"], "http.response.pathsend": {}}}


async def served(
    server: ScriptedServer, handler: Any, scope: Any = SCOPE, wrapped: Any = lambda receive: receive
) -> None:
    async with asyncio.timeout(5):
        await serve(handler, scope, wrapped(server.receive), server.send)


@asynccontextmanager
async def accepted(wrapped: Any = lambda receive: receive) -> AsyncGenerator[tuple[WebSocket, ScriptedServer]]:
    """Give both ends of a connection whose handler has accepted, and goes on until they are left."""
    server, over = ScriptedServer(), asyncio.Event()
    given: asyncio.Queue[WebSocket] = asyncio.Queue()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
        await web_socket.accept()
        given.put_nowait(web_socket)
        await over.wait()

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(served(server, handler, wrapped=wrapped))
        yield await given.get(), server
        over.set()


async def begun(web_socket: WebSocket, server: ScriptedServer) -> "asyncio.Task[Any]":
    """Begin a receive, and wait until it has come to the server."""
    server.asked.clear()
    waiting = asyncio.ensure_future(web_socket.receive())
    await server.asked.wait()
    return waiting


async def ends_cancelled(waiting: "asyncio.Task[Any]") -> None:
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_cancelled_receive_leaves_the_future_to_the_next(wrapped: Any) -> None:
    async with accepted(wrapped) as (web_socket, server):
        waiting = await begun(web_socket, server)
        for _ in range(3):
            waiting.cancel()
            await ends_cancelled(waiting)
            waiting = asyncio.ensure_future(web_socket.receive())
            await asyncio.sleep(0)
        waiting.cancel()
        await ends_cancelled(waiting)
        (pending,) = server.given
        pending.set_result({"type": "websocket.receive", "text": "kept"})
        assert await web_socket.receive() == "kept"
    assert server.sent == ["websocket.accept", "websocket.close"]


async def test_a_message_that_comes_with_the_cancellation_is_given_to_the_next(wrapped: Any) -> None:
    async with accepted(wrapped) as (web_socket, server):
        waiting = await begun(web_socket, server)
        server.given[0].set_result({"type": "websocket.receive", "bytes": b"kept"})
        waiting.cancel()
        await ends_cancelled(waiting)
        assert await web_socket.receive() == b"kept"


async def test_what_the_future_raises_is_raised(wrapped: Any) -> None:
    async with accepted(wrapped) as (web_socket, server):
        waiting = await begun(web_socket, server)
        server.given[0].set_exception(LookupError("of the server"))
        with pytest.raises(LookupError, match="of the server"):
            await waiting


class ToldLate(asyncio.Future[Mapping[str, Any]]):
    """As one that another thread ends: it is done before the loop tells of it."""

    def add_done_callback(self, fn: Any, *, context: Any = None) -> None:
        self.tell = fn


async def test_what_is_told_late_wakes_nobody_who_waits_for_the_next() -> None:
    first = ToldLate()

    def wrapped(receive: Any) -> Any:
        calls = iter([receive, lambda: first])
        return lambda: next(calls, receive)()

    async with accepted(wrapped) as (web_socket, server):
        waiting = asyncio.ensure_future(web_socket.receive())
        await asyncio.sleep(0)
        waiting.cancel()
        await ends_cancelled(waiting)
        first.set_result({"type": "websocket.receive", "text": "first"})
        assert await web_socket.receive() == "first"
        waiting = await begun(web_socket, server)
        first.tell(first)
        await asyncio.sleep(0)
        server.given[0].set_result({"type": "websocket.receive", "text": "second"})
        assert await waiting == "second"


async def test_a_future_that_somebody_else_cancels_is_no_end(wrapped: Any) -> None:
    async with accepted(wrapped) as (web_socket, server):
        waiting = await begun(web_socket, server)
        server.given[0].cancel()
        await ends_cancelled(waiting)


async def test_a_middlewares_own_timeout_is_its_own() -> None:
    server = ScriptedServer()

    def impatient(receive: Any) -> Any:
        async def received() -> Any:
            try:
                async with asyncio.timeout(0.001):
                    return await receive()
            except TimeoutError:
                return {"type": "websocket.receive", "text": "a time has passed"}

        return received

    async def handler(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
        await web_socket.accept()
        for _ in range(3):
            assert await web_socket.receive() == "a time has passed"

    await served(server, handler, wrapped=impatient)


async def test_a_receive_that_is_cancelled_for_long_holds_on_to_nothing() -> None:
    async with accepted() as (web_socket, server):
        waiting = await begun(web_socket, server)
        for _ in range(100):
            waiting.cancel()
            waiting = asyncio.ensure_future(web_socket.receive())
            await asyncio.sleep(0)
        assert len(server.given[0]._callbacks) == 1


async def test_a_denial_has_each_header_once() -> None:
    server = ScriptedServer()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        headers = [(b"vary", b"a"), (b"x-one", b"1"), (b"Vary", b"b"), (b"set-cookie", b"a=1")]
        await web_socket.deny(401, headers, b"who?")

    await served(server, handler, GRANIANS)
    combined = [(b"vary", b"a, b"), (b"x-one", b"1"), (b"set-cookie", b"a=1"), (b"content-length", b"4")]
    assert server.headers == combined


async def test_what_it_needs_is_right_for_any_server() -> None:
    report = await run(backend)
    assert report.unmet == (), str(report)


async def test_another_server_in_the_process_answers_as_ever() -> None:
    server = ScriptedServer()
    cookies = [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.deny(401, cookies)

    await served(server, handler, DENIAL)
    assert server.headers[:2] == cookies
