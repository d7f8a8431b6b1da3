"""WS-SERVER-10 to 14: messages."""

from collections.abc import Sequence

import anyio

from ..._ends import Actor
from ..._stage import Stage
from ...check import check
from ..cancellation import a_cancelled_receive_loses_nothing
from ..concurrency import sending_works_while_a_receive_waits
from ..receive import the_clients_close_ends_the_messages

EMPTY = ("", b"", "", b"after")
LENGTHS = (1, 125, 126, 65535, 65536, 1 << 20)
"""Each length that RFC 6455 section 5.2 has a form for, at both of its ends, and a large one."""


async def echoes(stage: Stage, messages: Sequence[bytes | str]) -> None:
    """Show that messages are received as they were sent, and come back so."""

    async def handler(ws: Actor) -> None:
        await ws.accept()
        for message in messages:
            await ws.expect_receive(message)
            await ws.send(message)

    async with stage.connect(handler) as client:
        await client.accepted()
        for message in messages:
            await client.send(message)
            await client.expect(message)


@check("WS-SERVER-10")
async def empty_messages_arrive(stage: Stage) -> None:
    await echoes(stage, EMPTY)


@check("WS-SERVER-11")
async def messages_of_every_length_arrive(stage: Stage) -> None:
    for length in LENGTHS:
        binary = bytes(number % 251 for number in range(length))
        await echoes(stage, ["é" * (length // 2) + "x" * (length % 2), binary])
    await all_at_once(stage, [b"a" * 70000, "b", "c" * 70000, b"d"])


async def all_at_once(stage: Stage, messages: Sequence[bytes | str]) -> None:
    """Show that messages keep their order where several are under way."""

    async def handler(ws: Actor) -> None:
        await ws.accept()
        for message in messages:
            await ws.send(message)
        for message in messages:
            await ws.expect_receive(message)
        await ws.send("all")

    async with stage.connect(handler) as client:
        await client.accepted()
        for message in messages:
            await client.send(message)
        for message in (*messages, "all"):
            await client.expect(message)


check("WS-SERVER-12")(sending_works_while_a_receive_waits)
check("WS-SERVER-13")(a_cancelled_receive_loses_nothing)


@check("WS-SERVER-14")
async def the_end_comes_last(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        await gone.wait()
        for expected in ("one", b"two", None):
            await ws.expect_receive(expected)

    await the_clients_close_ends_the_messages(stage)
    gone = anyio.Event()
    async with stage.connect(handler) as client:
        await client.accepted()
        await client.send("one")
        await client.send(b"two")
        await client.drop()
        gone.set()
