"""A block in ``until_closed`` ends with its connection, and with nothing else; no message is lost."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from bareasgi_ws import WebSocketClosedError, until_closed
from bareasgi_ws.backends.asgi import backend

from . import second

pytestmark = pytest.mark.anyio
BACKENDS = [pytest.param(backend, id="reference"), pytest.param(second, id="second")]
Body = Callable[[Any, Any], Awaitable[None]]


async def sleeps(web_socket: Any, unread: Any) -> None:
    await anyio.sleep_forever()


async def ticks(web_socket: Any, unread: Any) -> None:
    while True:
        await web_socket.send("tick")
        await anyio.lowlevel.checkpoint()


class Ticker:
    """A handler with a block, and how that ended."""

    def __init__(self, body: Body, limit: int = 64) -> None:
        self.body = body
        self.limit = limit
        self.unread: deque[Any] = deque()
        self.begun, self.ended = anyio.Event(), anyio.Event()
        self.error: BaseException | None = None
        self.code: int | None = None
        self.rest: list[Any] = []

    async def handler(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        try:
            async with until_closed(web_socket, limit=self.limit) as self.unread:
                self.begun.set()
                await self.body(web_socket, self.unread)
            self.code = web_socket.code
            while (message := await web_socket.receive()) is not None:
                self.rest.append(message)
        except BaseException as error:
            self.error = error
            raise
        finally:
            self.ended.set()


@pytest.mark.parametrize("on", BACKENDS)
@pytest.mark.parametrize("body", [sleeps, ticks])
@pytest.mark.parametrize("how", ["close", "drop"])
async def test_the_block_ends_with_the_connection(on: Any, body: Body, how: str) -> None:
    ticker = Ticker(body)
    with anyio.fail_after(10):
        async with on.connect(ticker.handler) as client:
            await client.handshake()
            await ticker.begun.wait()
            await (client.close(4001) if how == "close" else client.drop())
            await ticker.ended.wait()
    assert ticker.error is None
    assert ticker.code == (4001 if how == "close" else 1006)


@pytest.mark.parametrize("on", BACKENDS)
async def test_the_block_has_what_the_client_said(on: Any) -> None:
    said, sent = list[Any](), anyio.Event()

    async def answers(web_socket: Any, unread: Any) -> None:
        await sent.wait()
        while unread:
            said.append(unread.popleft())
        await web_socket.send("thanks")
        await anyio.sleep_forever()

    ticker = Ticker(answers)
    with anyio.fail_after(10):
        async with on.connect(ticker.handler) as client:
            await client.handshake()
            await client.send("a")
            await client.send(b"b")
            await anyio.wait_all_tasks_blocked()
            sent.set()
            assert await client.receive() == "thanks"
            await client.send("c")
            await client.close()
            await ticker.ended.wait()
    assert said == ["a", b"b"]
    assert list(ticker.unread) == ["c"]


@pytest.mark.parametrize("on", BACKENDS)
async def test_leaving_sooner_loses_no_message(on: Any) -> None:
    leave = anyio.Event()

    async def leaves(web_socket: Any, unread: Any) -> None:
        await leave.wait()

    ticker = Ticker(leaves)
    messages = [str(number) for number in range(20)]
    with anyio.fail_after(10):
        async with on.connect(ticker.handler) as client:
            await client.handshake()
            await ticker.begun.wait()
            for message in messages:
                await client.send(message)
                if message == "10":
                    leave.set()
            await client.close(4002)
            await ticker.ended.wait()
    assert [*ticker.unread, *ticker.rest] == messages
    assert ticker.error is None


@pytest.mark.parametrize("on", BACKENDS)
async def test_one_that_says_too_much_is_closed(on: Any) -> None:
    ticker = Ticker(sleeps, limit=3)
    with anyio.fail_after(10):
        async with on.connect(ticker.handler) as client:
            await client.handshake()
            for number in range(3):
                await client.send(str(number))
            await anyio.wait_all_tasks_blocked()
            assert not ticker.ended.is_set()
            await client.send("one too many")
            assert await client.receive() is None
            assert client.code == 1008
            await ticker.ended.wait()
    assert list(ticker.unread) == ["0", "1", "2"]
    assert ticker.code == 1008
    assert ticker.error is None


async def test_a_close_in_the_block_ends_it() -> None:
    async def closes(web_socket: Any, unread: Any) -> None:
        await web_socket.close(4003)
        await anyio.sleep_forever()

    ticker = Ticker(closes)
    with anyio.fail_after(10):
        async with backend.connect(ticker.handler) as client:
            await client.handshake()
            assert await client.receive() is None
            assert client.code == 4003
            await ticker.ended.wait()
    assert ticker.error is None
    assert ticker.code == 4003


@pytest.mark.parametrize("error", [LookupError("boom"), WebSocketClosedError("of another connection")])
async def test_what_the_block_raises_goes_on(error: Exception) -> None:
    async def raises(web_socket: Any, unread: Any) -> None:
        raise error

    ticker = Ticker(raises)
    with anyio.fail_after(10):
        async with backend.connect(ticker.handler) as client:
            assert await client.receive() is None
            await ticker.ended.wait()
            assert ticker.error is error
            await client.server_error()


async def test_a_send_that_finds_the_client_gone_ends_the_block() -> None:
    async def late(web_socket: Any, unread: Any) -> None:
        await web_socket.close()
        await web_socket.send("late")

    ticker = Ticker(late)
    with anyio.fail_after(10):
        async with backend.connect(ticker.handler):
            await ticker.ended.wait()
    assert ticker.error is None


class ToldLate:
    """A WebSocket of somebody else's, whose send tells that the client has gone before its receive does."""

    code: int | None = None

    async def send(self, content: Any) -> None:
        raise WebSocketClosedError("gone")

    async def receive(self) -> Any:
        await anyio.sleep(0.02)
        self.code = 1006

    async def close(self, code: int = 1000) -> None: ...


async def test_where_receive_tells_of_the_end_later_than_send_it_is_an_end_too() -> None:
    web_socket: Any = ToldLate()
    with anyio.fail_after(10):
        async with until_closed(web_socket):
            await web_socket.send("late")
    assert web_socket.code == 1006


@pytest.mark.parametrize("on", BACKENDS)
@pytest.mark.parametrize("gone", [False, True])
async def test_a_cancellation_from_outside_goes_on(on: Any, gone: bool) -> None:
    cancelled = anyio.Event()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        with anyio.CancelScope() as scope_outside:
            async with until_closed(web_socket):
                await client_is_ready.wait()
                scope_outside.cancel()
                if gone:
                    await web_socket.close()
                await anyio.sleep_forever()
            await anyio.lowlevel.checkpoint()
            pytest.fail("the cancellation was lost")
        assert scope_outside.cancelled_caught
        await anyio.lowlevel.checkpoint()  # and no other is left behind
        cancelled.set()

    client_is_ready = anyio.Event()
    with anyio.fail_after(10):
        async with on.connect(handler) as client:
            await client.handshake()
            client_is_ready.set()
            await cancelled.wait()


async def test_a_timeout_around_it_and_one_within_it_work() -> None:
    async def waits(web_socket: Any, unread: Any) -> None:
        with anyio.move_on_after(0.01) as inner:
            await anyio.sleep_forever()
        assert inner.cancelled_caught
        await anyio.sleep_forever()

    ticker = Ticker(waits)
    with anyio.fail_after(10):
        async with backend.connect(ticker.handler) as client:
            await client.handshake()
            await anyio.sleep(0.05)
            await client.close()
            await ticker.ended.wait()
    assert ticker.error is None


class Failing:
    """A WebSocket of somebody else's, whose receive fails."""

    code = None

    async def receive(self) -> Any:
        raise RuntimeError("a fault")

    async def close(self, code: int = 1000) -> None: ...


async def test_an_error_of_the_sockets_own_ends_the_block() -> None:
    web_socket: Any = Failing()
    with anyio.fail_after(10), pytest.raises(RuntimeError, match="a fault"):
        async with until_closed(web_socket):
            await anyio.sleep_forever()


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_cancellation_of_the_task_at_the_same_time_goes_on() -> None:
    class EndsWithTheTask(Failing):
        async def receive(self) -> Any:
            await anyio.wait_all_tasks_blocked()
            task.cancel()

    async def block() -> None:
        web_socket: Any = EndsWithTheTask()
        async with until_closed(web_socket):
            await anyio.sleep_forever()

    task = asyncio.create_task(block())
    await asyncio.wait([task], timeout=10)
    assert task.cancelled()
