"""WS-LIFETIME: what becomes of a handler's exception."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import anyio

from ...errors import WebSocketClosedError, WebSocketStateError
from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
from .._steps import error_line
from ..backend import SupportsCancelled, SupportsServerError, SupportsServerException
from ._check import check
from .lifetime import null_log_handler

Before: TypeAlias = Callable[[HandlerEnd, anyio.Event], Awaitable[None]]
"""What a handler does before it raises; the event is set once the client has closed."""


class LibraryExit(BaseException):
    """What a library raises that is no Exception, as pytest.fail does."""


async def expect_exception(client: ClientEnd, error: BaseException) -> None:
    """Show that a handler's exception reached the server: the very object, where the peer has that."""
    context, expected = client.context, f"what the handler raised, {error_line(error)}"
    if isinstance(client.peer, SupportsServerException):
        actual = await context.call("client: server_exception()", client.peer.server_exception())
        if actual is error:
            return
        if actual is not None:
            same = ", but an object of its own" if error_line(actual) == error_line(error) else ""
            context.fail("client: server_exception()", f"{expected}, the very object", f"{error_line(actual)}{same}")
    peer = client.require(SupportsServerError)  # some servers log the words alone
    text = await context.call("client: server_error()", peer.server_error())
    if text is None or type(error).__name__ not in text or str(error) not in text:
        context.fail("client: server_error()", expected, str(text))


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
            await client.close(1001)
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
    after_a_failed_send,
    before_accept_after_the_clients_close,
)
STATES = (before_accept, while_open, after_its_close, after_its_rejection, *AFTER_THE_CLIENTS_CLOSE)


@check("WS-LIFETIME-06")
async def the_exception_goes_on(context: CheckContext) -> None:
    for before in STATES:
        await expect_raised(context, before, LookupError("boom"))


@check("WS-LIFETIME-13", needs=("WS-LIFETIME-06",))
async def the_exception_is_the_very_object(context: CheckContext) -> None:
    makes: list[Callable[[], BaseException]] = [
        lambda: ValueError("boom"),
        lambda: TimeoutError("boom"),
        lambda: OSError("boom"),
        lambda: WebSocketClosedError("boom"),
        lambda: WebSocketStateError("boom"),
        lambda: ExceptionGroup("boom", [LookupError("one"), LookupError("two")]),
    ]
    for before in STATES:
        is_close_to_server = [await expect_raised(context, before, make()) for make in makes]
        if all(is_close_to_server):  # a server between may end as a whole by what is no Exception
            with null_log_handler():
                await expect_raised(context, before, LibraryExit("boom"))
