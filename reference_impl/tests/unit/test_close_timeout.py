"""What sends the end is awaited from where it waits already: whatever comes to the one who awaits it comes to it."""

import asyncio
import logging
from collections.abc import Generator
from types import coroutine
from typing import Any

import pytest

from bareasgi_ws._reference.close_timeout import within


class Server:
    """A send that waits until somebody sets ``taken``."""

    def __init__(self) -> None:
        self.taken, self.begun = asyncio.Event(), asyncio.Event()
        self.ended_by: BaseException | None = None

    async def send(self) -> None:
        self.begun.set()
        try:
            await self.taken.wait()
            await asyncio.sleep(0)
        except BaseException as error:
            self.ended_by = error
            raise


def test_what_waits_is_taken_in_time() -> None:
    async def main() -> bool:
        server = Server()
        asyncio.get_running_loop().call_soon(server.taken.set)
        return await within(10, server.send())

    assert asyncio.run(main())


def test_what_is_not_taken_in_time_is_cancelled_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> tuple[bool, BaseException | None]:
        server = Server()
        return await within(0.01, server.send(), {"path": "/"}), server.ended_by

    with caplog.at_level(logging.DEBUG, "bareasgi_ws"):
        in_time, ended_by = asyncio.run(asyncio.wait_for(main(), 10))
    assert not in_time
    assert isinstance(ended_by, asyncio.CancelledError)
    assert "its end was given up, for the client did not take it within 0.01 s" in caplog.text


def test_a_cancellation_reaches_it_and_goes_on() -> None:
    async def main() -> Server:
        server = Server()
        task = asyncio.create_task(within(10, server.send()))
        await server.begun.wait()
        task.cancel("somebody's")
        with pytest.raises(asyncio.CancelledError, match="somebody's"):
            await task
        return server

    assert isinstance(asyncio.run(main()).ended_by, asyncio.CancelledError)


def test_a_timeout_of_the_servers_own_is_not_taken_for_ours() -> None:
    async def times_out() -> None:
        await asyncio.sleep(0)
        raise TimeoutError("the server's")

    with pytest.raises(TimeoutError, match="the server's"):
        asyncio.run(within(10, times_out()))


def test_what_is_no_coroutine_is_awaited() -> None:
    async def main() -> bool:
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(future.set_result, None)
        return await within(10, future)

    assert asyncio.run(main())


def test_on_another_event_loop_it_is_sent_what_the_loop_sends() -> None:
    actual = []

    @coroutine
    def ask(question: str) -> Generator[str, Any, None]:
        actual.append((yield question))

    async def send() -> None:
        await ask("first")
        await ask("second")

    steps = within(10, send())
    assert [steps.send(None), steps.send(1)] == ["first", "second"]
    with pytest.raises(StopIteration) as ended:
        steps.send(2)
    assert (actual, ended.value.value) == ([1, 2], True)


def test_what_is_closed_closes_it() -> None:
    closed = []

    @coroutine
    def wait() -> Generator[None, Any, None]:
        try:
            yield
        except GeneratorExit:
            closed.append("the server's send")
            raise

    async def send() -> None:
        await wait()

    sending = send()
    steps = within(10, sending)
    steps.send(None)
    steps.close()
    assert closed == ["the server's send"]
