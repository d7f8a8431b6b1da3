"""WS-SERVER-24 to 30: what clients do wrong, the server's log, and that the server goes on."""

import anyio
import anyio.lowlevel

from ..._context import CheckContext
from ..._ends import HandlerEnd
from .._check import check

TURNS_BETWEEN_CLOSES = range(12)
"""How many turns of the event loop the application's close comes after the client's."""

ROUNDS_OF_CLOSES = 25
"""How often each is tried: what goes wrong between two closes seldom does so at the first try."""

UNMASKED = b"\x81\x01x"
NOT_UTF_8 = b"\x81\x82\0\0\0\0\xc3\x28"


async def expect_failed_connection(
    context: CheckContext,
    frame: bytes,
    code: int,
    *,
    reported: bool = False,
    accepted: bytes | None = None,
    what: str = "what was written",
) -> None:
    """Show that the server fails the connection for a frame, or gives a message whole where that will do too."""

    allowed = [code, 1005, 1006]

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        actual = await ws.receive()
        if actual is not None and actual == accepted:
            allowed.append(1000)  # the handler's own close
            return
        context.expect(f"handler: receive() after {what}", None, actual)
        if reported:
            ws.expect_code(code)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.write(frame)
        await client.expect(None)
        if client.peer.code not in allowed:
            context.fail(f"client: close code after {what}", f"{code}, or none", str(client.peer.code))


@check("WS-SERVER-24")
async def an_unmasked_frame_fails_the_connection(context: CheckContext) -> None:
    await expect_failed_connection(context, UNMASKED, 1002)


@check("WS-SERVER-25")
async def text_that_is_no_utf_8_fails_the_connection(context: CheckContext) -> None:
    await expect_failed_connection(context, NOT_UTF_8, 1007)


@check("WS-SERVER-30")
async def both_may_close_at_once(context: CheckContext) -> None:
    enough = anyio.current_time() + 2 * context.deadline  # each connection may begin and stop a server
    for _ in range(ROUNDS_OF_CLOSES):
        for turns in TURNS_BETWEEN_CLOSES:
            await close_both_ends(context, turns)
        if anyio.current_time() > enough:
            return


async def close_both_ends(context: CheckContext, turns: int) -> None:
    """Close both ends, the application's some turns of the event loop after the client's."""
    ready = anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ready.wait()
        for _ in range(turns):
            await anyio.lowlevel.checkpoint()
        await ws.close()

    async with context.connect(handler) as client:
        await client.expect_accepted()
        ready.set()
        await client.close(1000)
        await client.receive()
