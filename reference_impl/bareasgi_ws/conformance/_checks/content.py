"""WS-CONTENT: handlers that receive one kind of message."""

from ...errors import WebSocketClosedError
from .._context import CheckContext
from .._ends import HandlerEnd
from ._check import check


async def expect_received(
    context: CheckContext, content: type[str] | type[bytes] | None, *messages: bytes | str
) -> None:
    """Show that the handler receives these."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for message in messages:
            await ws.expect_receive(message)
        await ws.send("all")

    async with context.connect(handler, content=content) as client:
        for message in messages:
            await client.send(message)
        await client.expect("all")


async def expect_close_1003(
    context: CheckContext, content: type[str] | type[bytes], wrong: bytes | str, *before: bytes | str
) -> None:
    """Show that a message of the wrong kind ends the connection, and that the handler sees only those before it."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for message in before:
            await ws.expect_receive(message)
        await ws.expect_receive(None)
        ws.expect_code(1003)
        await ws.raises(WebSocketClosedError, "send", "late")
        await ws.expect_receive(None)
        ws.expect_code(1003)

    async with context.connect(handler, content=content) as client:
        await client.expect_accepted()
        for message in (*before, wrong):
            await client.send(message)
        await client.expect_close(1003)


@check("WS-CONTENT-01")
async def both_kinds(context: CheckContext) -> None:
    await expect_received(context, None, "a", b"b", "c")
    await expect_received(context, None, b"a", "b", b"c")


@check("WS-CONTENT-02")
async def text_only(context: CheckContext) -> None:
    await expect_received(context, str, "a", "ä€😀")


@check("WS-CONTENT-03", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-07", "WS-SEND-07", "WS-CONTENT-02"))
async def binary_where_text_is_asked_for(context: CheckContext) -> None:
    for wrong in (b"a", b""):
        await expect_close_1003(context, str, wrong)
        await expect_close_1003(context, str, wrong, "a", "b")


@check("WS-CONTENT-04")
async def binary_only(context: CheckContext) -> None:
    await expect_received(context, bytes, b"a", b"\x00\xff")


@check("WS-CONTENT-05", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-07", "WS-SEND-07", "WS-CONTENT-04"))
async def text_where_binary_is_asked_for(context: CheckContext) -> None:
    for wrong in ("a", ""):
        await expect_close_1003(context, bytes, wrong)
        await expect_close_1003(context, bytes, wrong, b"a", b"b")
