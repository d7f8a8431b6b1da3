"""WS-LIFETIME: what becomes of a handler's exception."""

import builtins
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

import anyio

from ..._rules.arguments import error_line
from ...capabilities import SupportsDenial
from ...errors import WebSocketClosedError, WebSocketStateError
from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
from .._steps import DeliberateError
from ..backend import SupportsCancelled, SupportsServerError, SupportsServerException
from ._check import check
from .lifetime import null_log_handler

Before: TypeAlias = Callable[[HandlerEnd, anyio.Event], Awaitable[None]]
"""What a handler does before it raises; the event is set once the client has closed."""


class Falsy(Exception):
    """One that is falsy."""

    def __bool__(self) -> bool:
        """Be so."""
        return False


class Unspeakable(Exception):
    """One that cannot be shown."""

    def __str__(self) -> str:
        """Raise another error."""
        raise ZeroDivisionError("it was shown")


class Coded(Exception):
    """One that has a close code and an HTTP status, as those of frameworks have."""

    code, status, status_code = 4000, 418, 418


class LibraryExit(BaseException):
    """What a library raises that is no Exception, as pytest.fail does."""


async def expect_exception(client: ClientEnd, error: BaseException) -> None:
    """Show that a handler's exception reached the server: the very object, where the peer has that."""
    context = client.context
    if isinstance(client.peer, SupportsServerException):
        actual = await context.call("client: server_exception()", client.peer.server_exception())
        if actual is error:
            return
        expected = f"what the handler raised, {error_line(error)}"
        if actual is not None:
            same = ", but an object of its own" if error_line(actual) == error_line(error) else ""
            context.fail("client: server_exception()", f"{expected}, the very object", f"{error_line(actual)}{same}")
    peer = client.require(SupportsServerError)  # some servers log the words alone
    text = await context.call("client: server_error()", peer.server_error())
    words = (type(error).__name__, "" if isinstance(error, Unspeakable) else str(error))
    if text is None or not all(word in text for word in words):
        context.fail("client: server_error()", f"what the handler raised, {error_line(error)}", str(text))


async def expect_raised(context: CheckContext, before: Before, error: BaseException) -> bool:
    """Show that what a handler raises, once it has come so far, reaches the server; tell whether that is the peer's."""
    ready, closed = anyio.Event(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        ready.set()
        await before(ws, closed)
        raise context.deliberate(error)

    async with context.connect(handler) as client:
        if before in AFTER_THE_CLIENTS_CLOSE:
            with context.step("client: waiting for the handler"):
                await ready.wait()
            if before is not before_accept_after_the_clients_close:
                await client.expect_accepted()
            await (client.drop() if before is after_a_loss else client.close(1001))
            closed.set()
        await expect_exception(client, error)
        return isinstance(client.peer, SupportsCancelled)


async def before_accept(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Do nothing."""


async def while_open(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Accept."""
    await ws.accept()


async def after_its_close(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Accept, and close."""
    await ws.accept()
    await ws.close()


async def after_its_rejection(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Reject the handshake."""
    await ws.close()


async def after_its_denial(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Reject the handshake with a response of its own, where that is offered."""
    await (ws.call("deny", 404) if isinstance(ws.web_socket, SupportsDenial) else ws.close())


async def after_a_loss(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Accept, and receive the end of a connection that is lost."""
    await ws.accept()
    await closed.wait()
    await ws.attempt(Exception, "receive")


async def after_the_clients_close(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Accept, and wait for the client to close."""
    await ws.accept()
    await closed.wait()


async def after_receive(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Accept, and receive the client's close."""
    await ws.accept()
    await ws.attempt(Exception, "receive")


async def after_a_failed_send(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Accept, and send to a client that has closed."""
    await after_the_clients_close(ws, closed)
    await ws.attempt(Exception, "send", "late")


async def before_accept_after_the_clients_close(ws: HandlerEnd, closed: anyio.Event) -> None:
    """Wait for the client to close."""
    await closed.wait()


AFTER_THE_CLIENTS_CLOSE = (
    after_the_clients_close,
    after_receive,
    after_a_loss,
    after_a_failed_send,
    before_accept_after_the_clients_close,
)
STATES = (before_accept, while_open, after_its_close, after_its_rejection, after_its_denial, *AFTER_THE_CLIENTS_CLOSE)


Make: TypeAlias = Callable[[], BaseException]

OFTEN_TAKEN: tuple[Make, ...] = (
    lambda: OSError("boom"),
    lambda: WebSocketClosedError("boom"),
    lambda: ValueError("boom"),
    lambda: TimeoutError("boom"),
    lambda: WebSocketStateError("boom"),
    lambda: ExceptionGroup("boom", [LookupError("one"), LookupError("two")]),
)
"""Exceptions that backends may take for others, or for their own."""

UNICODE: dict[type[Exception], tuple[Any, ...]] = {
    UnicodeDecodeError: ("utf-8", b"\xff", 0, 1, "boom"),
    UnicodeEncodeError: ("utf-8", "\ud800", 0, 1, "boom"),
    UnicodeTranslateError: ("\ud800", 0, 1, "boom"),
}
LEFT_OUT = (StopIteration, ExceptionGroup, Warning)
"""What cannot leave a coroutine, what is among the others, and what is not for raising."""


def _with_cause(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


def _builtin_exceptions() -> list[Make]:
    types = [one for one in vars(builtins).values() if isinstance(one, type) and issubclass(one, Exception)]
    return [partial(one, *UNICODE.get(one, ("boom",))) for one in set(types) if not issubclass(one, LEFT_OUT)]


TAKEN_FOR_A_CODE: tuple[Make, ...] = (
    *(lambda: PermissionError("boom"), lambda: ConnectionResetError("boom"), lambda: LookupError("boom")),
    *(partial(UnicodeDecodeError, *UNICODE[UnicodeDecodeError]), lambda: TimeoutError("boom")),
    *(lambda: NotImplementedError("boom"), lambda: MemoryError("boom"), lambda: Coded("boom")),
    lambda: ExceptionGroup("boom", [LookupError("alone")]),
)
"""Exceptions that backends may have a close code or an HTTP status for."""

EXCEPTIONS: tuple[Make, ...] = (
    *OFTEN_TAKEN,
    *sorted(_builtin_exceptions(), key=str),
    *(lambda: Falsy("boom"), lambda: Unspeakable("boom"), lambda: Coded("boom")),
    lambda: ExceptionGroup("boom", [LookupError("alone")]),
    lambda: _with_cause(LookupError("boom"), ValueError("its cause")),
)
"""Exceptions of every type that Python has, and of odd ones."""


@check("WS-LIFETIME-04", needs=())
async def raising_before_accept_answers_500(context: CheckContext) -> None:
    await expect_of_each_exception(context, before_accept, lambda client: client.expect_status(500))


@check("WS-LIFETIME-05")
async def raising_while_open_closes_with_1011(context: CheckContext) -> None:
    await expect_of_each_exception(context, while_open, lambda client: client.expect_close(1011))


async def expect_of_each_exception(
    context: CheckContext, before: Before, expect: Callable[[ClientEnd], Awaitable[object]]
) -> None:
    """Expect it of a client, for each exception but those that do not reach the server: see WS-LIFETIME-13."""

    async def handler(ws: HandlerEnd) -> None:
        await before(ws, anyio.Event())
        context.record("handler", f"raises {type(error).__name__}")
        raise context.deliberate(error)

    async with context.serve(handler) as connect:
        makes: list[Make] = [lambda: DeliberateError("boom"), *TAKEN_FOR_A_CODE]
        for make in makes:
            error = make()
            async with connect() as client:
                if isinstance(error, DeliberateError) or await _reached_server(client, error):
                    await expect(client)
            if not isinstance(client.peer, SupportsCancelled):
                return


async def _reached_server(client: ClientEnd, error: BaseException) -> bool:
    if not isinstance(client.peer, SupportsServerException):
        return True
    return await client.context.call("client: server_exception()", client.peer.server_exception()) is error


@check("WS-LIFETIME-06")
async def the_exception_goes_on(context: CheckContext) -> None:
    for before in STATES:
        await expect_raised(context, before, LookupError("boom"))


@check("WS-LIFETIME-13", needs=("WS-LIFETIME-06",))
async def the_exception_is_the_very_object(context: CheckContext) -> None:
    for before in STATES:
        # A server between may take its time to stop, and may end as a whole by what is no Exception.
        is_close_to_server = all([await expect_raised(context, before, make()) for make in OFTEN_TAKEN[:2]])
        others = EXCEPTIONS if is_close_to_server and before is while_open else OFTEN_TAKEN[2:]
        if is_close_to_server or before is while_open:
            for make in others:
                await expect_raised(context, before, make())
        if is_close_to_server:
            with null_log_handler():
                await expect_raised(context, before, LibraryExit("boom"))
