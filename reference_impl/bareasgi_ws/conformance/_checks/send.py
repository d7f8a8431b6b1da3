"""WS-SEND: what goes to the client."""

import anyio

from ...errors import WebSocketClosedError, WebSocketStateError
from .._context import CheckContext
from .._ends import HandlerEnd
from ..backend import SupportsInject
from ._check import check
from ._volume import BINARY, MANY, TAKES, TEXT, expect_same, receive_up_to
from .receive import DELICATE


async def expect_arrival(context: CheckContext, *messages: bytes | str) -> None:
    """Show that the client receives just these, in this order."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for message in messages:
            await ws.send(message)

    async with context.connect(handler) as client:
        for message in messages:
            await client.expect(message)


async def expect_send_raises(context: CheckContext, error: type[Exception], *contents: object) -> None:
    """Show that send raises for each of these and sends nothing: the next message is the first that arrives."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for content in contents:
            await ws.raises(error, "send", content)
        await ws.send("next")

    async with context.connect(handler) as client:
        await client.expect("next")


@check("WS-SEND-01")
async def send_before_accept_is_rejected(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        for content in ("early", b"early"):
            await ws.raises(WebSocketStateError, "send", content)
        await ws.accept()
        await ws.send("late")

    async with context.connect(handler) as client:
        await client.expect("late")


@check("WS-SEND-02")
async def messages_arrive_with_their_types(context: CheckContext) -> None:
    await expect_arrival(context, "ä€😀", b"\x00\xff", b"text", " \t1\r\n\0", b"\xc3\xa4 ", *DELICATE)


@check("WS-SEND-03")
async def an_empty_text_arrives(context: CheckContext) -> None:
    await expect_arrival(context, "", "", b"x", "", "after")


@check("WS-SEND-04")
async def an_empty_binary_arrives(context: CheckContext) -> None:
    await expect_arrival(context, b"", b"", "x", b"", "after")


@check("WS-SEND-05")
async def messages_arrive_in_order(context: CheckContext) -> None:
    # Long ones between short ones, of both kinds: what goes its own way is overtaken.
    await expect_arrival(context, *(("x" * 5000 if number % 10 == 3 else "") + str(number) for number in range(30)))
    await expect_arrival(context, b"x" * 5000, "short", "x" * 5000, b"short", "last")


@check("WS-SEND-06")
async def send_after_close_is_rejected(context: CheckContext) -> None:
    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close()
        for content in ("late", b"late"):
            await ws.raises(WebSocketClosedError, "send", content)

    async def rejects(ws: HandlerEnd) -> None:
        await ws.close()
        await ws.raises(WebSocketClosedError, "send", "late")

    async with context.connect(closes) as client:
        await client.expect_close(1000)
    async with context.connect(rejects) as client:
        await client.handshake()


@check("WS-SEND-07", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-RECEIVE-08"))
async def send_after_the_clients_close_is_rejected(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        for content in ("late", b"late"):
            await ws.raises(WebSocketClosedError, "send", content)

    for end in ("close", "drop"):
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await getattr(client, end)()


@check("WS-SEND-08")
async def other_types_are_rejected(context: CheckContext) -> None:
    await expect_send_raises(
        context, TypeError, None, 1, bytearray(b"a"), memoryview(b"a"), ["a"], {"a": "b"}, object()
    )


@check("WS-SEND-09")
async def a_lone_surrogate_is_rejected(context: CheckContext) -> None:
    surrogates = ("\ud800", "a\udfff", "\ud83d\ude00", "x" * 200 + "\ud800", "\udfff" + "x" * 70_000)
    await expect_send_raises(context, ValueError, *surrogates)


@check("WS-SEND-10")
async def send_finds_the_client_dropped(context: CheckContext) -> None:
    dropped = anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        error = await ws.send_until_error()
        # Only of a server in memory is it known that it raises something to chain from.
        if error is not None and error.__cause__ is None and isinstance(client.peer, SupportsInject):
            context.fail("handler: the error's __cause__", "what the server raised", "None")

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.drop()
        dropped.set()


@check("WS-SEND-11", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-RECEIVE-08", "WS-SEND-10"))
async def a_failed_send_ends_sending_only(context: CheckContext) -> None:
    async def sends_once(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await ws.attempt(WebSocketClosedError, "send", "late")
        for expected in ("one", b"two", None):
            await ws.expect_receive(expected)

    async def sends_on(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        if await ws.send_until_error():
            for _ in range(5):
                await ws.raises(WebSocketClosedError, "send", b"late")
        await ws.expect_receive("one")
        await ws.expect_receive(None)

    # Over TCP a further send may lose what the server has not read yet; the first message it has read.
    for handler, messages in ((sends_once, ("one", b"two")), (sends_on, ("one",))):
        dropped = anyio.Event()
        async with context.connect(handler) as client:
            await client.expect_accepted()
            for message in messages:
                await client.send(message)
            await client.drop()
            dropped.set()


@check("WS-SEND-12")
async def a_large_message_arrives_whole(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for content in (TEXT, BINARY):
            await context.call("handler: send() of 1 MiB", ws.web_socket.send(content), TAKES)
        await ws.send("after")

    async with context.connect(handler) as client:
        for expected in (TEXT, BINARY):
            await expect_same(context, "client: receive() of 1 MiB", expected, client.peer.receive())
        await client.expect("after")

    async def closes_at_once(ws: HandlerEnd) -> None:
        await ws.accept()
        await context.call("handler: send() of 1 MiB", ws.web_socket.send(BINARY), TAKES)
        await ws.close()

    async with context.connect(closes_at_once) as client:
        await expect_same(context, "client: receive() of 1 MiB", BINARY, client.peer.receive())
        await client.expect(None)


@check("WS-SEND-13")
async def many_messages_arrive_in_order(context: CheckContext) -> None:
    async def send_all(ws: HandlerEnd) -> None:
        for content in MANY:
            await ws.web_socket.send(content)

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await context.call(f"handler: send() {len(MANY)} times", send_all(ws), TAKES)

    async with context.connect(handler) as client:
        received = receive_up_to(len(MANY), client.peer.receive)
        await expect_same(context, "client: receive() until the end", MANY, received)
