"""WS-CLOSE: closing, and rejecting the handshake."""

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

import anyio

from ...close_code import CloseCode
from ...errors import WebSocketClosedError
from .._context import CheckContext
from .._ends import HandlerEnd
from ._backpressure import MEBIBYTE, StalledClient, connect_paused, receive_after_filling
from ._cancelling import wait_turns
from ._check import check

REGISTERED = (*range(1001, 1004), *range(1007, 1015))
"""The registered codes that may be sent, without 1000 (RFC 6455 section 7.4.1 and the IANA registry)."""


class Index:
    """What can stand for an int in some places, and is none."""

    def __index__(self) -> int:
        """Give a close code."""
        return 1000


NO_INTEGERS = (True, False, None, "1000", 1000.0, b"1000", [1000], Index(), Fraction(1000))


async def expect_close_codes(context: CheckContext, *codes: int, exact: bool = False) -> None:
    """Show that the client sees each of these codes."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(code)

    async with context.serve(handler) as connect:
        for given in codes:
            code = given
            async with connect() as client:
                await client.expect_close(code, exact=exact)


async def expect_403(context: CheckContext, *arguments: object) -> None:
    """Show that the client gets a response of 403."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.close(*arguments)

    async with context.connect(handler) as client:
        await client.expect_status(403)


async def expect_close_raises(context: CheckContext, error: type[Exception], *codes: object) -> None:
    """Show that close raises for each of these, before accept and after, and sends nothing: a message still arrives."""

    async def handler(ws: HandlerEnd) -> None:
        for code in codes:
            await ws.raises(error, "close", code)
        await ws.accept()
        for code in codes:
            await ws.raises(error, "close", code)
        await ws.send("open")

    async with context.connect(handler) as client:
        await client.expect("open")


@check("WS-CLOSE-01")
async def the_code_arrives(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close()

    async with context.connect(handler) as client:
        await client.expect_close(1000)
    codes = (1000, *REGISTERED, 3000, 3001, 3999, 4000, 4095, 4096, 4999)
    await expect_close_codes(context, *codes, CloseCode.FORBIDDEN)


@check("WS-CLOSE-02")
async def registered_codes_arrive(context: CheckContext) -> None:
    await expect_close_codes(context, *REGISTERED, exact=True)


@check("WS-CLOSE-03")
async def close_before_accept_rejects_the_handshake(context: CheckContext) -> None:
    for arguments in ((), (1008,), (4000,)):
        await expect_403(context, *arguments)


@check("WS-CLOSE-04", needs=("WS-HANDSHAKE-01", "WS-CLOSE-01"))
async def a_second_close_does_nothing(context: CheckContext) -> None:
    codes = (4000, 4001, 1000, 1005, 0, None)

    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        for code in codes:
            await ws.close(code)

    async def rejects(ws: HandlerEnd) -> None:
        for code in codes:
            await ws.close(code)

    async with context.connect(closes) as client:
        await client.expect_close(4000)
    async with context.connect(rejects) as client:
        await client.expect_rejected()


@check("WS-CLOSE-05", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-RECEIVE-08"))
async def close_after_the_clients_close_does_nothing(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        for code in (1000, 4000, 1005, None):
            await ws.close(code)

    for end in ("close", "drop"):
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await getattr(client, end)()


@check("WS-CLOSE-06")
async def close_finds_the_client_dropped(context: CheckContext) -> None:
    async def closes_after_drop(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await ws.close()

    async def closes_after_a_failed_send(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await ws.attempt(Exception, "send", "late")
        await ws.close()

    async def closes_after_a_failed_accept(ws: HandlerEnd) -> None:
        await dropped.wait()
        await ws.attempt(Exception, "accept")
        await ws.close()

    for handler in (closes_after_drop, closes_after_a_failed_send):
        dropped = anyio.Event()
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await client.drop()
            dropped.set()
    dropped = anyio.Event()
    async with context.connect(closes_after_a_failed_accept) as client:
        await client.drop()
        dropped.set()


@check("WS-CLOSE-07")
async def codes_that_are_never_sent_are_rejected(context: CheckContext) -> None:
    await expect_close_raises(context, ValueError, 1004, 1005, 1006, 1015, CloseCode.NO_STATUS_RCVD)


@check("WS-CLOSE-08")
async def codes_outside_the_ranges_are_rejected(context: CheckContext) -> None:
    await expect_close_raises(context, ValueError, -1, 0, 999, 1016, 2000, 2999, 5000, 65536 + 1000, 10**30)


@check("WS-CLOSE-09")
async def codes_that_are_no_int_are_rejected(context: CheckContext) -> None:
    await expect_close_raises(context, TypeError, *NO_INTEGERS)


@check("WS-CLOSE-10", needs=("WS-HANDSHAKE-01", "WS-CLOSE-07"))
async def a_rejected_close_changes_nothing(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.raises_unchanged(ValueError, "close", 1005)
        await ws.accept()
        await ws.raises_unchanged(ValueError, "close", 1005)
        await ws.send("open")
        await ws.expect_receive("both ways")

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.expect("open")
        await client.send("both ways")


@check("WS-CLOSE-11")
async def closed_before_anything_is_awaited(context: CheckContext) -> None:
    closing = anyio.Event()

    async def close(ws: HandlerEnd) -> None:
        closing.set()
        await ws.call_held("close", 4000)

    async def handler(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(close, ws)
            await closing.wait()
            ws.expect_code(4000)
            await ws.raises(WebSocketClosedError, "send", "late")
            resume()

    async with connect_paused(context, 0, handler) as client:
        context.expect("client: receive()", None, await receive_after_filling(client))


@check("WS-CLOSE-12")
async def a_client_that_reads_nothing_cannot_hold_a_close(context: CheckContext) -> None:
    stalled_client, ended = StalledClient(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await stalled_client.fill_buffers(ws)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(send_beside, ws)
            await wait_turns(3)
            await context.call_within_close_timeout("handler: close(4000)", ws.web_socket.close(4000))
            ended.set()
            tasks.cancel_scope.cancel()

    async def send_beside(ws: HandlerEnd) -> None:
        with suppress(Exception):  # it waits when close is called, and need not end well
            await ws.web_socket.send(MEBIBYTE)

    async with context.connect(handler) as client:
        await stalled_client.stall(client)
        await context.call_within_close_timeout("client: waiting for the handler to close", ended.wait())
        await client.drop()
