"""WS-CONTENT: handlers that receive one kind of message."""

from .._ends import Actor
from .._stage import Stage
from ..check import check


async def receives(stage: Stage, content: type[str] | type[bytes] | None, *messages: bytes | str) -> None:
    """Show that the handler receives these."""

    async def handler(ws: Actor) -> None:
        await ws.accept()
        for message in messages:
            await ws.expect_receive(message)
        await ws.send("all")

    async with stage.connect(handler, content=content) as client:
        for message in messages:
            await client.send(message)
        await client.expect("all")


async def closes_with_1003(stage: Stage, content: type[str] | type[bytes], message: bytes | str) -> None:
    """Show that the message ends the connection, and that the handler does not see it."""

    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_code(1003)

    async with stage.connect(handler, content=content) as client:
        await client.accepted()
        await client.send(message)
        await client.expect_close(1003)


@check("WS-CONTENT-01")
async def both_kinds(stage: Stage) -> None:
    await receives(stage, None, "a", b"b")


@check("WS-CONTENT-02")
async def text_only(stage: Stage) -> None:
    await receives(stage, str, "a", "b")


@check("WS-CONTENT-03")
async def binary_where_text_is_asked_for(stage: Stage) -> None:
    for message in (b"a", b""):
        await closes_with_1003(stage, str, message)


@check("WS-CONTENT-04")
async def binary_only(stage: Stage) -> None:
    await receives(stage, bytes, b"a", b"b")


@check("WS-CONTENT-05")
async def text_where_binary_is_asked_for(stage: Stage) -> None:
    for message in ("a", ""):
        await closes_with_1003(stage, bytes, message)
