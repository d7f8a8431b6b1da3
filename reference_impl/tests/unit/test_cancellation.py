"""How a handler's end is taken where a cancellation is in it: what somebody asked for is no error, all else is."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from bareasgi_ws.backends.asgi import serve
from bareasgi_ws.testing import connect

from .scripted_server import CONNECT, DENIAL, SCOPE, ScriptedServer, make_application

pytestmark = pytest.mark.anyio

Way = Callable[[], Coroutine[Any, Any, object]]

only_asyncio = pytest.mark.parametrize("anyio_backend", ["asyncio"])
"""On trio a Cancelled that nobody asked for cannot be: only trio makes one."""


async def a_cancelled_future() -> None:
    future = asyncio.get_running_loop().create_future()
    future.cancel()
    await future


async def a_task_that_somebody_cancelled() -> None:
    task = asyncio.ensure_future(asyncio.sleep(3600))
    task.cancel()
    await task


async def a_gather_of_one() -> None:
    task = asyncio.ensure_future(asyncio.sleep(3600))
    gathering = asyncio.gather(task)
    task.cancel()
    await gathering


async def a_shielded_future() -> None:
    future = asyncio.get_running_loop().create_future()
    future.cancel()
    await asyncio.shield(future)


async def by_hand() -> None:
    raise asyncio.CancelledError


async def by_hand_with_words() -> None:
    raise asyncio.CancelledError("nobody asked")


class Cancelled(asyncio.CancelledError):
    """A class of somebody's own."""


async def of_a_subclass() -> None:
    raise Cancelled


async def in_a_group() -> None:
    raise BaseExceptionGroup("several", [asyncio.CancelledError(), ValueError("x")])


async def within_a_scope_of_its_own() -> None:
    with anyio.CancelScope():
        await a_cancelled_future()


async def after_a_timeout_of_its_own() -> None:
    with anyio.move_on_after(0):
        await anyio.sleep_forever()
    await a_cancelled_future()


async def after_a_cancellation_that_was_taken_back() -> None:
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        task.uncancel()
    await a_cancelled_future()


STRAY: list[Way] = [
    a_cancelled_future,
    a_task_that_somebody_cancelled,
    a_gather_of_one,
    a_shielded_future,
    by_hand,
    by_hand_with_words,
    of_a_subclass,
    in_a_group,
    within_a_scope_of_its_own,
    after_a_timeout_of_its_own,
    after_a_cancellation_that_was_taken_back,
]


async def before(web_socket: Any) -> None: ...


async def while_open(web_socket: Any) -> None:
    await web_socket.accept()


async def client_gone(web_socket: Any) -> None:
    await web_socket.accept()
    with pytest.raises(OSError, match="client has gone"):
        await web_socket.send("fails")


async def closed(web_socket: Any) -> None:
    await web_socket.accept()
    await web_socket.close(4000)


NO_ENTRY = [{"type": "websocket.http.response.body", "body": b"Internal Server Error"}]


def closing(code: int) -> dict[str, Any]:
    return {"type": "websocket.close", "code": code, "reason": ""}


STATES = [
    (before, DENIAL, NO_ENTRY),
    (before, SCOPE, [closing(1011)]),  # daphne 4.2 does not answer by itself
    (while_open, DENIAL, [closing(1011)]),
    (client_gone, DENIAL, [closing(1011)]),
    (closed, DENIAL, [closing(4000)]),
]


@only_asyncio
@pytest.mark.parametrize("way", STRAY)
@pytest.mark.parametrize(("state", "scope", "last"), STATES)
async def test_what_nobody_asked_for_is_an_error(
    way: Way, state: Any, scope: Any, last: Any, caplog: pytest.LogCaptureFixture
) -> None:
    raised: list[BaseException] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await state(web_socket)
        try:
            await way()
        except BaseException as error:
            raised.append(error)
            raise

    server = ScriptedServer(CONNECT, fails={"websocket.send": OSError("gone")})
    with pytest.raises(BaseException) as actual:  # noqa: PT011  # which one, the next line says
        await make_application(handler)(scope, server.receive, server.send)
    assert actual.value is raised[0]
    assert server.sent[-1:] == last
    assert [event["type"] for event in server.sent].count("websocket.close") <= 1
    (record,) = [record for record in caplog.records if record.name == "bareasgi_ws"]
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert record.exc_info[1] is raised[0]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1)])
async def test_the_end_of_the_process_is_told_and_goes_on(
    error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        raise error

    server = ScriptedServer(CONNECT)
    with pytest.raises(type(error)) as actual:
        await make_application(handler)(SCOPE, server.receive, server.send)
    assert actual.value is error
    assert server.sent[1:] == [closing(1011)]
    assert caplog.records == []  # the process says it


async def its_own_timeout_runs_out(web_socket: Any) -> None:
    with anyio.fail_after(0):
        await web_socket.receive()


async def its_own_group_fails(web_socket: Any) -> None:
    async def failing() -> None:
        raise LookupError("one of them")

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(web_socket.receive)
        tasks.start_soon(failing)


@pytest.mark.parametrize("script", [its_own_timeout_runs_out, its_own_group_fails])
async def test_what_comes_of_the_handlers_own_cancellations_is_its_error(script: Any) -> None:
    raised: list[Exception] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        try:
            await script(web_socket)
        except Exception as error:
            raised.append(error)
            raise

    class Silent(ScriptedServer):
        async def receive(self) -> Any:
            if self.sent:
                await anyio.sleep_forever()
            return await super().receive()

    server = Silent(CONNECT)
    with pytest.raises((TimeoutError, ExceptionGroup)) as actual:
        await make_application(handler)(SCOPE, server.receive, server.send)
    assert actual.value is raised[0]
    assert server.sent[1:] == [closing(1011)]


async def test_the_handlers_own_cancellations_do_not_end_it() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        with anyio.move_on_after(0):
            await web_socket.receive()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(web_socket.receive)
            await anyio.lowlevel.checkpoint()
            tasks.cancel_scope.cancel()
        await web_socket.send("still open")

    async with connect(make_application(handler)) as client:
        assert await client.receive() == "still open"
        assert await client.receive() is None
        assert client.code == 1000


async def by_the_server(app: Way, began: anyio.Event) -> None:
    task = asyncio.ensure_future(app())
    await began.wait()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()


async def by_a_middlewares_timeout(app: Way, began: anyio.Event) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await app()


async def by_a_middlewares_wait_for(app: Way, began: anyio.Event) -> None:
    """In Python 3.11 it makes a task of what it waits for."""
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(app(), 0.01)


async def by_a_group_of_asyncio(app: Way, began: anyio.Event) -> None:
    async def failing() -> None:
        await began.wait()
        raise LookupError("one of them")

    async def grouped() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(app())
            tasks.create_task(failing())

    with pytest.raises(ExceptionGroup):
        await grouped()


async def by_a_scope(app: Way, began: anyio.Event) -> None:
    with anyio.move_on_after(0.01) as scope:
        await app()
    assert scope.cancelled_caught


async def by_a_group(app: Way, began: anyio.Event) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(app)
        await began.wait()
        tasks.cancel_scope.cancel()


async def goes_at_once(web_socket: Any) -> None:
    await anyio.sleep_forever()


async def cleans_up(web_socket: Any) -> None:
    try:
        await anyio.sleep_forever()
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.lowlevel.checkpoint()


async def waits_with_a_deadline(web_socket: Any) -> None:
    with anyio.fail_after(3600):
        await anyio.sleep_forever()


async def waits_in_a_group(web_socket: Any) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(anyio.sleep_forever)


async def waits_for_two(web_socket: Any) -> None:
    """On trio its end is a group of two Cancelled."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(anyio.sleep_forever)
        await anyio.sleep_forever()


async def meets_another(web_socket: Any) -> None:
    """A future that was cancelled meanwhile is no news, where the handler is cancelled."""
    try:
        await anyio.sleep_forever()
    except anyio.get_cancelled_exc_class():
        if anyio.get_cancelled_exc_class() is asyncio.CancelledError:
            await a_cancelled_future()
        raise


BOTH = [by_a_scope, by_a_group]
REAL = [by_the_server, by_a_middlewares_timeout, by_a_middlewares_wait_for, by_a_group_of_asyncio]
SCRIPTS = [goes_at_once, cleans_up, waits_with_a_deadline, waits_in_a_group, waits_for_two, meets_another]


async def cancelled(cancelling: Any, script: Any) -> ScriptedServer:
    server = ScriptedServer(CONNECT)
    began = anyio.Event()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        began.set()
        await script(web_socket)

    await cancelling(lambda: serve(handler, DENIAL, server.receive, server.send), began)
    return server


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("cancelling", BOTH)
async def test_what_somebody_asked_for_is_none(cancelling: Any, script: Any, caplog: pytest.LogCaptureFixture) -> None:
    server = await cancelled(cancelling, script)
    assert server.sent[1:] == [closing(1001)]
    assert caplog.records == []


@only_asyncio
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("cancelling", REAL)
async def test_what_somebody_asked_asyncio_for_is_none(
    cancelling: Any, script: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server = await cancelled(cancelling, script)
    assert server.sent[1:] == [closing(1001)]
    assert caplog.records == []


@only_asyncio
async def test_a_test_is_told_of_what_nobody_asked_for() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        await by_hand_with_words()

    async with connect(make_application(handler)) as client:
        assert await client.receive() is None
        assert client.code == 1011
        assert await client.server_error() == "CancelledError: nobody asked"
    with pytest.raises(asyncio.CancelledError, match="nobody asked"):
        async with connect(make_application(handler)) as client:
            await client.receive()
