"""What becomes of an exception of the server's send, or of a middleware's, whatever it is and wherever it comes.

That the client has gone is no error where the connection was to end; a bug is nobody's to hide, and hides no other.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from bareasgi_ws import WebSocketClosedError, WebSocketError
from bareasgi_ws._rules.states import BEFORE, CLOSED, GONE, OPEN
from bareasgi_ws.backends.asgi import serve

from .scripted_server import CONNECT, DENIAL, Event, ScriptedServer

pytestmark = pytest.mark.anyio


class Own(BaseException):
    """An exception that is no Exception, of somebody's own."""


BUGS = [KeyError, AttributeError, AssertionError, ValueError, LookupError, Exception]
CLIENT_GONE = [OSError, ConnectionResetError, RuntimeError]
NO_EXCEPTIONS = [Own, KeyboardInterrupt, SystemExit, GeneratorExit]
GROUPS = [ExceptionGroup("several", [KeyError(1)]), BaseExceptionGroup("several", [KeyboardInterrupt()])]
ERRORS = [*(kind("by send") for kind in [*BUGS, *CLIENT_GONE, *NO_EXCEPTIONS]), *GROUPS]

Send = Callable[[Event], Awaitable[None]]


def servers_own(send: Send, kind: str, error: BaseException) -> Send:
    """As a server, which raises and sends nothing."""

    async def raising(event: Event) -> None:
        if event["type"] == kind:
            raise error
        await send(event)

    return raising


def of_a_middleware(send: Send, kind: str, error: BaseException) -> Send:
    """As a middleware that fails once it has passed the event on."""

    async def raising(event: Event) -> None:
        await send(event)
        if event["type"] == kind:
            raise error

    return raising


class Failing:
    """A connection whose send raises an error at one kind of event; it is served with a script."""

    def __init__(self, error: BaseException, raised_by: Any, at: str, *further: Event) -> None:
        self.server = ScriptedServer(CONNECT, *further)
        self.web_socket: Any = None
        self._send = raised_by(self.server.send, f"websocket.{at}", error)

    async def serve(self, script: Callable[[Any], Awaitable[None]], **how: Any) -> None:
        async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
            self.web_socket = web_socket
            await script(web_socket)

        await serve(handler, DENIAL, self.server.receive, self._send, **how)

    @property
    def kinds(self) -> list[str]:
        return [event["type"].removeprefix("websocket.") for event in self.server.sent]


def says_gone(error: BaseException) -> bool:
    return isinstance(error, (OSError, RuntimeError))


errors = pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
raisers = pytest.mark.parametrize("raised_by", [servers_own, of_a_middleware])


@raisers
@errors
async def test_at_accept(error: BaseException, raised_by: Any) -> None:
    async def script(web_socket: Any) -> None:
        with pytest.raises(WebSocketClosedError if says_gone(error) else type(error)) as raised:
            await web_socket.accept()
        assert (raised.value.__cause__ if says_gone(error) else raised.value) is error
        assert web_socket.state == (GONE if says_gone(error) else BEFORE if isinstance(error, Exception) else OPEN)
        assert web_socket.code is None

    await Failing(error, raised_by, "accept").serve(script)


async def test_a_close_beside_an_accept_that_fails_stands() -> None:
    is_accepting, is_failing = anyio.Event(), anyio.Event()
    server = ScriptedServer(CONNECT)

    async def failing_accept(event: Event) -> None:
        if event["type"] == "websocket.accept":
            is_accepting.set()
            await is_failing.wait()
            raise KeyError
        await server.send(event)

    async def handler(_: Any, info: Any, matches: Any, web_socket: Any) -> None:
        async def accepts() -> None:
            with pytest.raises(KeyError):
                await web_socket.accept()

        async with anyio.create_task_group() as tasks:
            with anyio.fail_after(5):
                tasks.start_soon(accepts)
                await is_accepting.wait()
                await web_socket.close(4000)
            is_failing.set()
        assert (web_socket.state, web_socket.code) == (CLOSED, 4000)

    await serve(handler, DENIAL, server.receive, failing_accept)


async def test_beside_an_accept_that_fails() -> None:
    """It is a message of a handshake that is unanswered again: accept can still be called."""
    is_sending, is_failing = anyio.Event(), anyio.Event()
    server = ScriptedServer(CONNECT, CONNECT)

    async def failing_once(event: Event) -> None:
        if event["type"] == "websocket.send":
            is_sending.set()
            await is_failing.wait()
            raise ConnectionResetError
        if not is_sending.is_set():
            await is_sending.wait()
            raise KeyError
        await server.send(event)

    async def handler(_: Any, info: Any, matches: Any, web_socket: Any) -> None:
        async def sends() -> None:
            with pytest.raises(WebSocketClosedError):
                await web_socket.send("x")

        async with anyio.create_task_group() as tasks:
            with anyio.fail_after(5):
                tasks.start_soon(sends)
                with pytest.raises(KeyError):
                    await web_socket.accept()
            is_failing.set()
        assert web_socket.state is BEFORE
        await web_socket.accept()
        assert web_socket.state is OPEN

    await serve(handler, DENIAL, server.receive, failing_once)
    assert [event["type"] for event in server.sent] == ["websocket.accept", "websocket.close"]


@raisers
@errors
async def test_at_send(error: BaseException, raised_by: Any) -> None:
    async def script(web_socket: Any) -> None:
        await web_socket.accept()
        with pytest.raises(WebSocketClosedError if says_gone(error) else type(error)) as raised:
            await web_socket.send("x")
        assert (raised.value.__cause__ if says_gone(error) else raised.value) is error
        assert web_socket.state == (GONE if says_gone(error) else OPEN)
        assert web_socket.code is None

    await Failing(error, raised_by, "send").serve(script)


@pytest.mark.parametrize("is_open", [False, True])
@raisers
@errors
async def test_at_close(error: BaseException, raised_by: Any, is_open: bool) -> None:
    failing = Failing(error, raised_by, "close")
    raised: list[BaseException] = []

    async def script(web_socket: Any) -> None:
        if is_open:
            await web_socket.accept()
        try:
            await web_socket.close(4000)
        except BaseException as actual:
            raised.append(actual)
        await web_socket.close(3000)

    await failing.serve(script)
    assert raised == ([] if says_gone(error) else [error])
    assert failing.web_socket.code == 4000
    assert failing.web_socket.state == CLOSED
    assert failing.kinds.count("close") == (1 if raised_by is of_a_middleware else 0)  # and no second one


@raisers
@errors
@pytest.mark.parametrize("at", ["http.response.start", "http.response.body"])
async def test_at_deny(error: BaseException, raised_by: Any, at: str) -> None:
    async def script(web_socket: Any) -> None:
        if says_gone(error):
            await web_socket.deny(401)
        else:
            with pytest.raises(type(error)) as raised:
                await web_socket.deny(401)
            assert raised.value is error
        is_unanswered = isinstance(error, Exception) and not says_gone(error) and at == "http.response.start"
        assert web_socket.state == (BEFORE if is_unanswered else CLOSED)
        assert web_socket.code == (None if is_unanswered else 1005)

    await Failing(error, raised_by, at).serve(script)


@pytest.mark.parametrize("is_open", [False, True])
@raisers
@errors
async def test_where_the_handler_returns(error: BaseException, raised_by: Any, is_open: bool) -> None:
    async def script(web_socket: Any) -> None:
        if is_open:
            await web_socket.accept()

    failing = Failing(error, raised_by, "close")
    if says_gone(error):
        await failing.serve(script)
    else:
        with pytest.raises(type(error)) as raised:
            await failing.serve(script)
        assert raised.value is error
    assert failing.web_socket.code == 1000


@pytest.mark.parametrize("at", ["close", "http.response.start", "http.response.body"])
@raisers
@errors
async def test_where_the_handler_raises(
    error: BaseException, raised_by: Any, at: str, caplog: pytest.LogCaptureFixture
) -> None:
    handlers = LookupError("the handler's own")

    async def script(web_socket: Any) -> None:
        if at == "close":
            await web_socket.accept()
        raise handlers

    failing = Failing(error, raised_by, at)
    with pytest.raises(BaseException) as raised:  # noqa: PT011  # which one, the next line says
        await failing.serve(script)
    assert raised.value is (handlers if isinstance(error, Exception) else error)
    is_a_bug = isinstance(error, Exception) and not says_gone(error)
    assert [record.exc_info[1] for record in caplog.records if record.exc_info] == ([error] if is_a_bug else [])


@raisers
@errors
async def test_where_the_handler_is_cancelled(error: BaseException, raised_by: Any) -> None:
    cancelled: list[BaseException] = []
    failing = Failing(error, raised_by, "close")
    with anyio.CancelScope() as scope:

        async def script(web_socket: Any) -> None:
            await web_socket.accept()
            scope.cancel()
            try:
                await anyio.sleep_forever()
            except BaseException as actual:
                cancelled.append(actual)
                raise

        with pytest.raises(BaseException) as raised:  # noqa: PT011  # which one, the next line says
            await failing.serve(script)
        assert raised.value is (cancelled[0] if isinstance(error, Exception) else error)
    assert failing.web_socket.code == 1001
    assert failing.kinds.count("close") == (1 if raised_by is of_a_middleware else 0)


@pytest.mark.parametrize("is_cancelled", [True, False])
async def test_where_the_last_close_is_cancelled(is_cancelled: bool) -> None:
    """What ended the handler goes on, and not what came on top of it."""
    ended: list[BaseException] = []
    server = ScriptedServer(CONNECT)

    async def suspended(event: Event) -> None:
        await server.send(event)
        if event["type"] == "websocket.close":
            scope.cancel()
            await anyio.sleep_forever()

    async def handler(_: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        try:
            if not is_cancelled:
                raise LookupError("the handler's own")
            scope.cancel()
            await anyio.sleep_forever()
        except BaseException as error:
            ended.append(error)
            raise

    with anyio.CancelScope() as scope:
        with pytest.raises(BaseException) as raised:  # noqa: PT011  # which one, the next line says
            await serve(handler, DENIAL, server.receive, suspended)
        assert raised.value is ended[0]
    assert [event.get("code") for event in server.sent] == [None, 1001 if is_cancelled else 1011]


@raisers
@errors
async def test_where_a_message_of_the_wrong_kind_comes(error: BaseException, raised_by: Any) -> None:
    async def script(web_socket: Any) -> None:
        await web_socket.accept()
        if says_gone(error):
            assert await web_socket.receive() is None
        else:
            with pytest.raises(type(error)) as raised:
                await web_socket.receive()
            assert raised.value is error
        assert await web_socket.receive() is None
        assert web_socket.code == 1003

    await Failing(error, raised_by, "close", {"type": "websocket.receive", "bytes": b"x"}).serve(script, content=str)


@raisers
@errors
async def test_where_an_event_comes_that_should_not(
    error: BaseException, raised_by: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def script(web_socket: Any) -> None:
        await web_socket.accept()
        with pytest.raises(WebSocketError if isinstance(error, Exception) else type(error)):
            await web_socket.receive()
        assert web_socket.code == 1011

    await Failing(error, raised_by, "close", {"type": "websocket.unheard-of"}).serve(script)
    is_a_bug = isinstance(error, Exception) and not says_gone(error)
    assert [record.exc_info[1] for record in caplog.records if record.exc_info] == ([error] if is_a_bug else [])
