"""An Outbox: putting never waits, what is put arrives in order, and a client that does not read is closed."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest

from bareasgi_ws import Outbox, WebSocketClosedError, messages
from bareasgi_ws.backends.asgi import backend

from . import second

pytestmark = pytest.mark.anyio
BACKENDS = [pytest.param(backend, id="reference"), pytest.param(second, id="second")]


class Room:
    """A room of one member, and what its handler saw."""

    def __init__(self, **how: Any) -> None:
        self.how = how
        self.joined, self.left = anyio.Event(), anyio.Event()
        self.outbox: Any = None
        self.code: int | None = None
        self.until: Callable[[], Any] | None = None

    async def handler(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        try:
            async with Outbox(web_socket, **self.how) as self.outbox:
                self.joined.set()
                if self.until is None:
                    async for _ in messages(web_socket):
                        pass
                else:
                    await self.until()
        finally:
            self.code = web_socket.code
            self.left.set()


@asynccontextmanager
async def joined(room: Room, on: Any = backend) -> AsyncGenerator[Any]:
    with anyio.fail_after(10):
        async with on.connect(room.handler) as client:
            await client.handshake()
            await room.joined.wait()
            yield client


@pytest.mark.parametrize("on", BACKENDS)
async def test_what_is_put_arrives_in_order(on: Any) -> None:
    room = Room()
    async with joined(room, on) as client:
        for content in ("a", b"b", "", b""):
            room.outbox.put(content)
        assert [await client.receive() for _ in range(4)] == ["a", b"b", "", b""]
        room.outbox.put("later")
        assert await client.receive() == "later"
        await client.close(4001)
        await room.left.wait()
    assert room.code == 4001


@pytest.mark.parametrize("on", BACKENDS)
@pytest.mark.parametrize(("how", "code"), [({}, 1013), ({"code": 1008}, 1008), ({"code": 4000}, 4000)])
async def test_a_client_that_does_not_read_is_closed(on: Any, how: dict[str, int], code: int) -> None:
    room = Room(limit=3, **how)
    async with joined(room, on) as client:
        client.pause()
        room.outbox.put("under way")
        await anyio.wait_all_tasks_blocked()
        for number in range(3):
            room.outbox.put(str(number))
        assert not room.left.is_set()
        room.outbox.put("one too many")
        await room.left.wait()
        assert room.code == code
        room.outbox.put("and another")
        assert not room.outbox._waiting  # nobody holds what will never be sent
        client.resume()
        assert await client.receive() in ("under way", None)  # a cancelled send may have gone out, or not
        assert await client.receive() is None


async def test_one_that_reads_late_is_not_closed() -> None:
    room = Room(limit=3)
    async with joined(room) as client:
        client.pause()
        for number in range(3):
            room.outbox.put(str(number))
        await anyio.wait_all_tasks_blocked()
        client.resume()
        assert [await client.receive() for _ in range(3)] == ["0", "1", "2"]


async def test_leaving_sends_what_waits() -> None:
    room, leave = Room(), anyio.Event()
    room.until = leave.wait
    async with joined(room) as client:
        client.pause()
        for number in range(3):
            room.outbox.put(str(number))
        leave.set()
        await anyio.wait_all_tasks_blocked()
        assert not room.left.is_set()
        client.resume()
        assert [await client.receive() for _ in range(4)] == ["0", "1", "2", None]
        assert client.code == 1000


async def test_leaving_waits_no_longer_than_it_may() -> None:
    room, leave = Room(flush_timeout=0.05), anyio.Event()
    room.until = leave.wait
    async with joined(room) as client:
        client.pause()
        room.outbox.put("never read")
        leave.set()
        await room.left.wait()
        assert room.outbox._closing._ended.is_set()  # no task is left behind
    assert room.code == 1013


@pytest.mark.parametrize("how", ["raises", "is cancelled"])
async def test_leaving_by_an_exception_drops_what_waits(how: str) -> None:
    room, leave = Room(), anyio.Event()

    async def ends() -> None:
        await leave.wait()
        if how == "raises":
            raise LookupError("boom")
        with anyio.CancelScope() as scope:
            scope.cancel()
            async with Outbox(room.outbox._web_socket) as inner:
                inner.put("dropped")
                await anyio.sleep_forever()

    room.until = ends
    with anyio.fail_after(10):
        async with backend.connect(room.handler) as client:
            await client.handshake()
            await room.joined.wait()
            client.pause()
            await anyio.wait_all_tasks_blocked()
            if how == "raises":
                room.outbox.put("under way")
                await anyio.wait_all_tasks_blocked()
                room.outbox.put("dropped")
            leave.set()
            await room.left.wait()
            client.resume()
            received = [await client.receive()]
            while received[-1] is not None:
                received.append(await client.receive())
            assert "dropped" not in received
            assert client.code == (1011 if how == "raises" else 1000)
            assert await client.server_error() == ("LookupError: boom" if how == "raises" else None)


async def test_putting_for_nobody_does_nothing() -> None:
    room = Room()
    async with joined(room) as client:
        await client.drop()
        for _ in range(3):
            room.outbox.put("late")
        await room.left.wait()
        assert room.code == 1006
        room.outbox.put("after the end")
        assert not room.outbox._waiting


class Failing:
    """A WebSocket of somebody else's, whose send fails."""

    code: int | None = None

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def send(self, content: Any) -> None:
        raise self.error

    async def close(self, code: int = 1000) -> None:
        self.code = code


@pytest.mark.parametrize("raised", [None, LookupError("of the block")])
async def test_an_error_of_the_sockets_own_is_raised_in_the_end(raised: Exception | None) -> None:
    web_socket: Any = Failing(RuntimeError("a fault"))
    caught: list[Exception] = []
    with anyio.fail_after(10):
        try:
            async with Outbox(web_socket) as outbox:
                outbox.put("a")
                await anyio.wait_all_tasks_blocked()
                assert web_socket.code == 1011
                if raised is not None:
                    raise raised
        except Exception as error:
            caught.append(error)
    assert caught == [raised or web_socket.error]


async def test_a_client_that_has_gone_is_no_error() -> None:
    web_socket: Any = Failing(WebSocketClosedError("gone"))
    with anyio.fail_after(10):
        async with Outbox(web_socket) as outbox:
            outbox.put("a")
    assert web_socket.code is None
