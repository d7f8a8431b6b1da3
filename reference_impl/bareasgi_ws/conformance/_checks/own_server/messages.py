"""WS-SERVER-10 to 14: messages."""

from collections.abc import Sequence

import anyio

from ..._context import CheckContext
from ..._ends import HandlerEnd
from ..._wire_cases import LENGTHS
from .._cancelling import wait_turns
from .._check import check
from ..receive import UNTIL_ARRIVED, the_clients_close_ends_the_messages


async def expect_echo(context: CheckContext, messages: Sequence[bytes | str]) -> None:
    """Show that messages are received as they were sent, and come back so."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for message in messages:
            await ws.expect_receive(message)
            await ws.send(message)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        for message in messages:
            await client.send(message)
            await client.expect(message)


@check("WS-SERVER-11")
async def messages_of_every_length_arrive(context: CheckContext) -> None:
    for length in LENGTHS:
        binary = bytes(number % 251 for number in range(length))
        await expect_echo(context, ["é" * (length // 2) + "x" * (length % 2), binary])
    await expect_order(context, [b"a" * 70000, "b", "c" * 70000, b"d"])


async def expect_order(context: CheckContext, messages: Sequence[bytes | str]) -> None:
    """Show that messages keep their order where several are under way."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for message in messages:
            await ws.send(message)
        for message in messages:
            await ws.expect_receive(message)
        await ws.send("all")

    async with context.connect(handler) as client:
        await client.expect_accepted()
        for message in messages:
            await client.send(message)
        for message in (*messages, "all"):
            await client.expect(message)


@check("WS-SERVER-14")
async def the_end_comes_last(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await wait_turns(UNTIL_ARRIVED)
        for expected in ("one", b"two", None):
            await ws.expect_receive(expected)

    await the_clients_close_ends_the_messages.function(context)
    dropped = anyio.Event()
    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.send("one")
        await client.send(b"two")
        await client.drop()
        dropped.set()
