"""WS-SERVER-24 to 30: what clients do wrong, the server's log, and that the server goes on."""

import anyio

from ..._context import CheckContext
from ..._ends import HandlerEnd
from ..._wire_cases import NOT_UTF_8, UNMASKED
from .._cancelling import wait_turns
from .._check import check

TURNS_BETWEEN_CLOSES = range(12)
"""How many turns of the event loop the application's close comes after the client's."""

ROUNDS_OF_CLOSES = 25
"""How often each is tried: what goes wrong between two closes seldom does so at the first try."""


async def expect_failed_connection(context: CheckContext, written: bytes, code: int, what: str) -> None:
    """Show that the server fails the connection for what is written."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        context.expect(f"handler: receive() after {what}", None, await ws.receive())

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.write(written)
        await client.expect(None)
        if client.peer.code not in (code, 1005, 1006):
            context.fail(f"client: close code after {what}", f"{code}, or none", str(client.peer.code))


@check("WS-SERVER-24")
async def an_unmasked_frame_fails_the_connection(context: CheckContext) -> None:
    await expect_failed_connection(context, UNMASKED, 1002, "a frame without a mask")


@check("WS-SERVER-25")
async def text_that_is_no_utf_8_fails_the_connection(context: CheckContext) -> None:
    for what, written in NOT_UTF_8.items():
        await expect_failed_connection(context, written, 1007, what)


@check("WS-SERVER-30")
async def both_may_close_at_once(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ready.wait()
        await wait_turns(turns)
        await ws.close()

    enough = anyio.current_time() + context.deadline / 2
    async with context.serve(handler) as connect:
        for number in [*TURNS_BETWEEN_CLOSES] * ROUNDS_OF_CLOSES:
            ready, turns = anyio.Event(), number
            async with connect() as client:
                await client.expect_accepted()
                ready.set()
                await client.close(1000)
                await client.receive()
            if anyio.current_time() > enough:
                return
