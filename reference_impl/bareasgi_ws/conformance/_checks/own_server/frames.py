"""WS-SERVER-37 to 40: frames, as RFC 6455 section 5 has them and TCP carries them."""

from collections.abc import Sequence

from ..._context import CheckContext
from ..._ends import HandlerEnd
from ..._wire import TEXT, fragments
from ..._wire_cases import IN_FRAGMENTS, IN_SEGMENTS, NOT_ALLOWED, OF_TWO_CLIENTS, PINGS
from ...backend import SupportsPing, SupportsWrite
from .._cancelling import wait_turns
from .._check import check
from .faults import expect_failed_connection

UNTIL_READ = 20
"""After so many turns of the event loop a server in this process has read: TCP joins nothing with what follows."""


async def expect_messages(context: CheckContext, segments: Sequence[bytes], expected: Sequence[bytes | str]) -> None:
    """Show what the handler receives where each of these is written by itself, and that messages go on after it."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for message in (*expected, "after"):
            await ws.expect_receive(message)
        await ws.send("received")

    async with context.connect(handler) as client:
        await client.expect_accepted()
        client.require(SupportsWrite)
        for segment in segments:
            await client.write(segment)
            await wait_turns(UNTIL_READ)
        await client.send("after")
        await client.expect("received")


@check("WS-SERVER-37")
async def fragments_are_joined(context: CheckContext) -> None:
    for segments, expected in IN_FRAGMENTS:
        await expect_messages(context, segments, expected)
    await expect_fragments_of_two_clients(context)


async def expect_fragments_of_two_clients(context: CheckContext) -> None:
    """Show that the fragments of one client's message do not mix with those of another's."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.send(await ws.receive())

    async with context.serve(handler) as connect, connect() as first, connect() as second:
        clients = (first, second)
        for client in clients:
            await client.expect_accepted()
        for frames in zip(*OF_TWO_CLIENTS.values(), strict=True):
            for client, one in zip(clients, frames, strict=True):
                await client.write(one)
                await wait_turns(UNTIL_READ)
        for client, message in zip(clients, OF_TWO_CLIENTS, strict=True):
            await client.expect(message)


@check("WS-SERVER-38")
async def pings_are_answered(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.receive()  # whatever it is: that fragments are joined, WS-SERVER-37 asks

    async def expect_pong(payload: bytes) -> None:
        step = f"client: ping({payload!r})"
        actual = await context.call(step, peer.ping(payload))
        context.expect(f"{step}, what the pong carries", payload, actual)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        peer = client.require(SupportsPing)
        for payload in PINGS:
            await expect_pong(payload)
        first, second = fragments(TEXT, b"wh", b"ole")
        await client.write(first)
        await expect_pong(b"between")
        await client.write(second)


@check("WS-SERVER-39")
async def a_segment_is_no_frame(context: CheckContext) -> None:
    for segments, expected in IN_SEGMENTS:
        await expect_messages(context, segments, expected)


@check("WS-SERVER-40", needs=("WS-SERVER-24",))
async def a_frame_that_is_not_allowed_fails_the_connection(context: CheckContext) -> None:
    for what, written in NOT_ALLOWED.items():
        await expect_failed_connection(context, written, 1002, what)
