"""WS-SERVER-24 to 30: what clients do wrong, the server's log, and that the server goes on."""

import anyio
import anyio.lowlevel

from ....capabilities import SupportsDenial
from ..._context import CheckContext
from ..._ends import HandlerEnd
from ...backend import SupportsServerError
from .._check import check
from ..lifetime import expect_no_error

TURNS_BETWEEN_CLOSES = range(12)
"""How many turns of the event loop the application's close comes after the client's."""

ROUNDS_OF_CLOSES = 25
"""How often each is tried: what goes wrong between two closes seldom does so at the first try."""

UNMASKED = b"\x81\x01x"
NOT_UTF_8 = b"\x81\x82\0\0\0\0\xc3\x28"
SURROGATE = b"\x81\x83\0\0\0\0\xed\xa0\x80"
TOO_LARGE = 20 << 20
LARGE = b"\x82\xff" + TOO_LARGE.to_bytes(8) + bytes(4) + bytes(TOO_LARGE)
"""Frames (RFC 6455 section 5.2), three of them with a mask that changes nothing."""


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
    await expect_failed_connection(context, SURROGATE, 1007, what="a surrogate in UTF-8")


@check("WS-SERVER-26")
async def a_message_may_be_too_large(context: CheckContext) -> None:
    await expect_failed_connection(context, LARGE, 1009, accepted=bytes(TOO_LARGE))


@check("WS-SERVER-27", needs=("WS-SERVER-24", "WS-SERVER-25"))
async def a_failed_connection_is_reported(context: CheckContext) -> None:
    await expect_failed_connection(context, UNMASKED, 1002, reported=True)
    await expect_failed_connection(context, NOT_UTF_8, 1007, reported=True)


@check("WS-SERVER-28", needs=("WS-HANDSHAKE-01", "WS-SERVER-07"))
async def what_an_application_does_is_not_logged(context: CheckContext) -> None:
    async def rejects(ws: HandlerEnd) -> None:
        await ws.close()

    async def denies(ws: HandlerEnd) -> None:
        if isinstance(ws.web_socket, SupportsDenial):
            await ws.call("deny", 401)

    async def accepts_and_closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(4000)

    async def sends_after_drop(ws: HandlerEnd) -> None:
        try:
            await ws.accept()
            await dropped.wait()
            await ws.send_until_error()
            await ws.expect_receive(None)
        finally:
            ended.set()

    dropped, ended = anyio.Event(), anyio.Event()
    for handler in (rejects, denies, accepts_and_closes):
        async with context.connect(handler) as client:
            client.require(SupportsServerError)
            await client.handshake()
            await expect_no_error(client)
    async with context.connect(sends_after_drop) as client:
        await client.expect_accepted()
        await client.drop()
        dropped.set()
        with context.step("client: waiting for the handler to return"):
            await ended.wait()
        await expect_no_error(client)


@check("WS-SERVER-29")
async def what_a_client_does_is_not_logged(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        try:
            await ws.accept()
            await ws.expect_receive(None)
        finally:
            ended.set()

    for frame in (b"", UNMASKED, NOT_UTF_8):
        ended = anyio.Event()
        async with context.connect(handler) as client:
            client.require(SupportsServerError)
            await client.expect_accepted()
            if frame:
                await client.write(frame)
                await client.expect(None)
            else:
                await client.drop()
            with context.step("client: waiting for the handler to return"):
                await ended.wait()
            await expect_no_error(client)


@check("WS-SERVER-30")
async def both_may_close_at_once(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ready.wait()
        for _ in range(turns):
            await anyio.lowlevel.checkpoint()
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
