"""WS-SERVER-37 to 40: frames, as RFC 6455 section 5 has them and TCP carries them."""

from collections.abc import Sequence

from ..._context import CheckContext
from ..._ends import HandlerEnd
from ..._wire import BINARY, CONTINUATION, PING, PONG, TEXT, fragments, frame, split_text
from ...backend import SupportsPing, SupportsWrite
from .._cancelling import wait_turns
from .._check import check
from .faults import expect_failed_connection

UNTIL_READ = 20
"""After so many turns of the event loop a server in this process has read: TCP joins nothing with what follows."""

TEXT_OF_FOUR_BYTES = "é€𝄞"


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
    control = [frame(PING, b"between"), frame(PONG, b"nobody asked")]
    texts = fragments(TEXT, *split_text(TEXT_OF_FOUR_BYTES))
    binary = fragments(BINARY, b"\0", b"", b"\xff\xfe", b"")
    await expect_messages(context, [*texts, *binary], [TEXT_OF_FOUR_BYTES, b"\0\xff\xfe"])
    await expect_messages(context, [texts[0], *control, *texts[1:]], [TEXT_OF_FOUR_BYTES])
    await expect_messages(context, [*binary[:2], *control, *binary[2:]], [b"\0\xff\xfe"])
    await expect_fragments_of_two_clients(context)


async def expect_fragments_of_two_clients(context: CheckContext) -> None:
    """Show that the fragments of one client's message do not mix with those of another's."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.send(await ws.receive())

    async with context.serve(handler) as connect, connect() as first, connect() as second:
        clients = {first: fragments(BINARY, b"1", b"st"), second: fragments(BINARY, b"2", b"nd")}
        for client in clients:
            await client.expect_accepted()
        for place in range(2):
            for client, frames in clients.items():
                await client.write(frames[place])
                await wait_turns(UNTIL_READ)
        await first.expect(b"1st")
        await second.expect(b"2nd")


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
        for payload in (b"", b"ping", bytes(range(125)), bytes(range(131, 256))):
            await expect_pong(payload)
        first, second = fragments(TEXT, b"wh", b"ole")
        await client.write(first)
        await expect_pong(b"between")
        await client.write(second)


@check("WS-SERVER-39")
async def a_segment_is_no_frame(context: CheckContext) -> None:
    text, binary = frame(TEXT, "é1".encode()), frame(BINARY, bytes(200))
    await expect_messages(context, [text + binary + text], ["é1", bytes(200), "é1"])
    one_by_one = [bytes([byte]) for byte in text]
    await expect_messages(context, one_by_one, ["é1"])
    await expect_messages(context, [binary[:3], binary[3:100], binary[100:]], [bytes(200)])
    await expect_messages(context, [text[:-1], text[-1:] + binary[:6], binary[6:]], ["é1", bytes(200)])


NOT_ALLOWED = {
    "a reserved opcode": frame(3, b"x"),
    "a reserved control opcode": frame(11, b"x"),
    "a reserved bit": frame(TEXT, b"x", reserved=0x10),
    "a continuation of nothing": frame(CONTINUATION, b"x"),
    "a message within another": frame(TEXT, b"x", fin=False) + frame(TEXT, b"y"),
    "a ping in fragments": frame(PING, b"x", fin=False),
    "a ping of 126 bytes": frame(PING, bytes(126)),
}


@check("WS-SERVER-40", needs=("WS-SERVER-24",))
async def a_frame_that_is_not_allowed_fails_the_connection(context: CheckContext) -> None:
    for what, written in NOT_ALLOWED.items():
        await expect_failed_connection(context, written, 1002, what=what)
