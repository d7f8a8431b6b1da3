"""WS-SERVER-15 to 23: the application's close, and how the client's end is told."""

from collections.abc import Awaitable, Callable

import anyio

from ....capabilities import SupportsCloseReason
from ....errors import WebSocketClosedError
from ..._context import CheckContext
from ..._ends import HandlerEnd
from .._check import check
from ..capability import expect_reason
from ..close import expect_close_codes
from ..concurrency import close_ends_a_receive_that_waits


@check("WS-SERVER-15")
async def the_close_codes_arrive(context: CheckContext) -> None:
    await expect_close_codes(context, 1000, 3000, 3999, 4000, 4999, exact=True)


@check("WS-SERVER-16")
async def the_close_reason_arrives(context: CheckContext) -> None:
    reason = "é" * 61 + "!"  # the longest that a close frame holds: 123 bytes (RFC 6455 section 5.5)

    async def handler(ws: HandlerEnd) -> None:
        ws.require(SupportsCloseReason)
        await ws.accept()
        await ws.call("close_with_reason", 4000, reason)

    async with context.connect(handler) as client:
        await client.expect_close(4000)
        context.expect("client: close reason", reason, client.peer.reason)


close_ends_a_receive = check("WS-SERVER-17")(close_ends_a_receive_that_waits.function)


@check("WS-SERVER-18")
async def a_close_is_answered(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)

    for code in (1000, 4001, None):
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await client.close(code)
            await client.expect(None)
            if client.peer.code == 1006:
                context.fail("client: how its close was answered", "a close frame", "an end without one")


@check("WS-SERVER-19")
async def no_code_is_reported_as_1005(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_code(1005)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.close(None)


@check("WS-SERVER-20")
async def the_reason_is_reported(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        expect_reason(ws, "because")

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.close(4001, "because")


@check("WS-SERVER-21")
async def a_loss_before_accept_is_reported_as_1006(context: CheckContext) -> None:
    called, dropped = anyio.Event(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        called.set()
        await dropped.wait()
        await ws.attempt(WebSocketClosedError, "accept")
        await ws.expect_receive(None)
        ws.expect_code(1006)

    async with context.connect(handler) as client:
        with context.step("client: waiting for the handler"):
            await called.wait()
        await client.drop()
        dropped.set()


async def connect_and_drop(context: CheckContext, handler: Callable[[HandlerEnd], Awaitable[None]]) -> None:
    """Run a handler on an accepted WebSocket whose client has dropped the connection."""
    dropped = anyio.Event()

    async def accepting_handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await handler(ws)

    async with context.connect(accepting_handler) as client:
        await client.expect_accepted()
        await client.drop()
        dropped.set()


@check("WS-SERVER-22")
async def sending_to_nobody_raises(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        error = await ws.send_until_error()
        raised = None if error is None else error.__cause__
        if not isinstance(raised, OSError):
            actual = "nothing" if raised is None else type(raised).__name__
            context.fail("handler: what the server's send raised", "an OSError", actual)

    await connect_and_drop(context, handler)


@check("WS-SERVER-23")
async def closing_for_nobody_returns(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.close()

    await connect_and_drop(context, handler)
