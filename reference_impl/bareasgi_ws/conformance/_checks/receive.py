"""WS-RECEIVE: what comes from the client."""

from typing import Any

import anyio

from ...errors import WebSocketError, WebSocketStateError
from .._context import CheckContext
from .._ends import HandlerEnd
from ..backend import SupportsInject
from ._cancelling import wait_turns
from ._check import check
from ._volume import BINARY, MANY, TAKES, TEXT, expect_same, receive_up_to, send_burst, send_in_fragments, set_at_end

DELICATE = (
    *("again", "again", "again", b"again", b"again", b"again", "again"),
    *("e\u0301", "\u00e9", "\u212b", "\ufb01"),  # normalised, the first two were the same
    *("\ufeffmark", "\ufeff", b"\xef\xbb\xbfmark", "mark\ufeff"),
    *("a\n", "a\r\n", "\n", b"a\n", "Ã¤Ã©", "Ã¤".encode()),  # the text reads as UTF-8 that was taken for Latin-1
    *("\0", "a\0b", "\uffff", "\ufdd0\U0010ffff", "\u2028\x85\x1a", "😀" * 50),
)
"""Messages that are easily changed on the way: equal neighbours, other forms of a character, marks, noncharacters."""


UNTIL_ARRIVED = 200
"""After so many turns of the event loop what a client in memory sent has arrived, also at what reads ahead."""

WAITING: tuple[bytes | str, ...] = (
    "x" * 20_000,
    *("text", b"binary", b"x" * 20_000) * 2,
    *([b"1"] * 120),
    *("text", b"2"),
)
"""Messages of every kind and size, and so many that what counts them does."""


async def expect_received(context: CheckContext, *messages: bytes | str, waiting: bool = False) -> None:
    """Show that the handler receives just these, in this order, all of them waiting for it or not."""
    sent = anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        if waiting:
            await sent.wait()
            await wait_turns(UNTIL_ARRIVED)
        for message in messages:
            await ws.expect_receive(message)
        await ws.send("all")

    async with context.connect(handler) as client:
        for message in messages:
            await client.send(message)
        sent.set()
        await client.expect("all")


async def expect_none_again(ws: HandlerEnd) -> None:
    """Show that receive gives None each time, and that an accept which raises does not change that."""
    for _ in range(2):
        await ws.expect_receive(None)
    await ws.attempt(WebSocketStateError, "accept")
    await ws.expect_receive(None)


@check("WS-RECEIVE-01")
async def receive_before_accept_is_rejected(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.raises(WebSocketStateError, "receive")
        await ws.accept()
        await ws.expect_receive("first")

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.send("first")


@check("WS-RECEIVE-02")
async def messages_come_in_order_with_their_types(context: CheckContext) -> None:
    await expect_received(context, "a", "a", b"b", "ä€😀", b"\x00\xff", " \t1\r\n\0", b"\xc3\xa4 ", "a", *DELICATE)
    await expect_received(context, *WAITING, waiting=True)


@check("WS-RECEIVE-03")
async def an_empty_text_is_a_message(context: CheckContext) -> None:
    await expect_received(context, "", "", b"x", "", "after")


@check("WS-RECEIVE-04")
async def an_empty_binary_is_a_message(context: CheckContext) -> None:
    await expect_received(context, b"", b"", "x", b"", "after")


@check("WS-RECEIVE-05")
async def the_clients_close_ends_the_messages(context: CheckContext) -> None:
    closed, many = anyio.Event(), [str(number) for number in range(30)]

    async def receives_before_close(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive("last")
        await ws.expect_receive(None)

    async def receives_after_close(ws: HandlerEnd) -> None:
        await ws.accept()
        await closed.wait()
        await wait_turns(UNTIL_ARRIVED)
        for expected in ("one", *many, b"two", None):
            await ws.expect_receive(expected)

    async with context.connect(receives_before_close) as client:
        await client.expect_accepted()
        await client.send("last")
        await client.close(1000)
    async with context.connect(receives_after_close) as client:
        await client.expect_accepted()
        await client.send("one")
        for message in many:
            await client.send(message)
        await client.send(b"two")
        await client.close(1000)
        closed.set()


@check("WS-RECEIVE-06", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05"))
async def none_comes_again_and_again(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.attempt(Exception, "receive")
        await expect_none_again(ws)

    for end in ("close", "drop"):
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await getattr(client, end)()


@check("WS-RECEIVE-07")
async def none_comes_after_the_handlers_close(context: CheckContext) -> None:
    sent = anyio.Event()

    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await sent.wait()
        await ws.expect_receive("first")
        await ws.close()
        await expect_none_again(ws)

    async def rejects(ws: HandlerEnd) -> None:
        await ws.close()
        await expect_none_again(ws)

    async with context.connect(closes) as client:
        await client.expect_accepted()
        await client.send("first")
        await client.send("not received")
        sent.set()
        await client.expect(None)
    async with context.connect(rejects) as client:
        await client.handshake()


@check("WS-RECEIVE-08")
async def a_lost_connection_ends_the_messages(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.drop()


@check("WS-RECEIVE-09")
async def an_event_that_should_not_come_is_an_error(context: CheckContext) -> None:
    wrong: list[dict[str, Any]] = [
        {"type": "websocket.connect"},
        {"type": "http.request"},
        {},
        {"type": "websocket.receive"},
        {"type": "websocket.receive", "text": "a", "bytes": b"a"},
        {"type": "websocket.receive", "text": None, "bytes": None},
        {"type": "websocket.receive", "text": b"a"},
        {"type": "websocket.receive", "bytes": "a"},
        {"type": "websocket.disconnect", "code": "1000"},
    ]

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.raises(WebSocketError, "receive")
        ws.expect_code(1011)

    for event in wrong:
        async with context.connect(handler) as client:
            await client.expect_accepted()
            client.require(SupportsInject).inject(event)
            await client.expect_close(1011)


@check("WS-RECEIVE-10")
async def a_large_message_comes_whole(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        with set_at_end(received):
            for expected in (TEXT, BINARY):
                await expect_same(context, "handler: receive() of 1 MiB", expected, ws.web_socket.receive())
            await ws.expect_receive("after")

    received = anyio.Event()

    async with context.connect(handler) as client:
        await client.expect_accepted()
        for message in (TEXT, BINARY):
            await context.call("client: send() of 1 MiB", send_in_fragments(client, message), TAKES)
        await client.send("after")
        await context.call("client: waiting for the handler to receive", received.wait(), TAKES)


@check("WS-RECEIVE-11", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05"))
async def many_messages_wait_until_they_are_received(context: CheckContext) -> None:
    sent, received = anyio.Event(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        with anyio.move_on_after(context.deadline):  # a server may stop reading until some are received
            await sent.wait()
        with set_at_end(received):
            messages = receive_up_to(len(MANY), ws.web_socket.receive)
            await expect_same(context, "handler: receive() until the end", MANY, messages)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await context.call(f"client: send() of {len(MANY)} messages", send_burst(client, MANY), TAKES)
        await client.close(1000)
        sent.set()
        await context.call("client: waiting for the handler to receive", received.wait(), TAKES)
