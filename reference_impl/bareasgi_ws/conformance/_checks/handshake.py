"""WS-HANDSHAKE: accepting."""

from collections.abc import Sequence
from typing import Any

import anyio

from ...errors import WebSocketClosedError, WebSocketStateError
from ...scope import Header
from ...testing.client import Handshake
from .._context import CheckContext
from .._ends import HandlerEnd
from ._check import check

PROTOCOL_HEADERS = (
    b"sec-websocket-protocol",
    b"sec-websocket-accept",
    b"sec-websocket-extensions",
    b"sec-websocket-of-tomorrow",
    b"connection",
    b"upgrade",
    b"content-length",
    b"transfer-encoding",
)

COOKIES = [(b"Set-Cookie", b"c%d=%d; Path=/; Expires=Thu, 01 Jan 2099 00:00:00 GMT" % (n, 9 - n)) for n in range(10)]

HEADERS = [
    *((b"X-One", b"B"), (b"x-two", b'"2";\t A, b'), (b"X-ONE", b"A"), (b"x-two", b""), (b"x-one", b"B")),
    *((b"Set-Cookie", b"first=1"), (b"X_One", b"_"), (b"x.one~1", b".")),
    *((b"x-two", b"again"), (b"x-two", b"again"), (b"x-three", b"two  spaces"), (b"x-three", b"1,2, 3")),
    *COOKIES,
    *((b"x-many", b"%d" % number) for number in range(40)),
]
"""Headers of a response: many, their names in any case, several of one name and of one value, cookies among them."""


async def expect_accept_raises(context: CheckContext, error: type[Exception], *arguments: tuple[Any, Any]) -> None:
    """Show that accept raises for each of these and sends nothing: a correct one still completes the handshake."""

    async def handler(ws: HandlerEnd) -> None:
        for subprotocol, headers in arguments:
            await ws.raises(error, "accept", subprotocol, headers)
        await ws.accept("a")

    async with context.connect(handler, subprotocols=("a", "bc")) as client:
        handshake = await client.expect_accepted()
        if handshake.subprotocol is not None:  # that none is answered is WS-HANDSHAKE-02's to tell
            context.expect("client: subprotocol", "a", handshake.subprotocol)


@check("WS-HANDSHAKE-01", needs=())
async def accept_completes_the_handshake(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()

    async with context.connect(handler) as client:
        await client.expect_accepted()


@check("WS-HANDSHAKE-02")
async def the_accepted_subprotocol_is_answered(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept("b")

    async with context.connect(handler, subprotocols=("a", "b")) as client:
        handshake = await client.expect_accepted()
        context.expect("client: subprotocol", "b", handshake.subprotocol)

    async def in_mixed_case(ws: HandlerEnd) -> None:
        await ws.accept("V2.Chat_x+y")

    async with context.connect(in_mixed_case, subprotocols=("v2.chat_x+y", "V2.Chat_x+y", "V2.CHAT_X+Y")) as client:
        handshake = await client.expect_accepted()
        context.expect("client: subprotocol", "V2.Chat_x+y", handshake.subprotocol)


@check("WS-HANDSHAKE-03")
async def no_subprotocol_selects_none(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()

    async with context.connect(handler, subprotocols=("a", "b")) as client:
        handshake = await client.expect_accepted()
        context.expect("client: subprotocol", None, handshake.subprotocol)


@check("WS-HANDSHAKE-04")
async def a_subprotocol_not_offered_is_rejected(context: CheckContext) -> None:
    # "b" and "a, bc" are in the text of the client's header, though they are none of its subprotocols.
    await expect_accept_raises(context, ValueError, *((name, None) for name in ("c", "A", "", "b", "a, bc")))

    async def handler(ws: HandlerEnd) -> None:
        await ws.raises(ValueError, "accept", "a")
        await ws.accept()

    async with context.connect(handler) as client:
        handshake = await client.expect_accepted()
        context.expect("client: subprotocol", None, handshake.subprotocol)


@check("WS-HANDSHAKE-05")
async def accepted_headers_are_answered(context: CheckContext) -> None:
    expected = [(name.lower(), value) for name, value in HEADERS]

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept(None, [*HEADERS])

    async with context.connect(handler) as client:
        handshake = await client.expect_accepted()
        actual = [(name, value) for name, value in handshake.headers if name.lower() in dict(expected)]
        context.expect("client: headers", expected, actual)


@check("WS-HANDSHAKE-06")
async def a_header_name_that_is_no_token_is_rejected(context: CheckContext) -> None:
    names = (
        b"",
        b":status",
        b"a b",
        b" a",
        b"a ",
        b"a\t",
        b"a:",
        b"a\n",
        b"a\r\nb",
        b"a\0",
        b"a\x7f",
        b"a/b",
        b'"a"',
        b"\xe4",
    )
    await expect_accept_raises(context, ValueError, *((None, [(name, b"1")]) for name in names))


@check("WS-HANDSHAKE-07")
async def a_header_value_with_a_line_break_is_rejected(context: CheckContext) -> None:
    values = (b"a\r\nset-cookie: b", b"a\n", b"\r", b"a\0b", b"\x01", b"a\x1fb", b"a\x7f", b" a", b"a\t", b" ")
    await expect_accept_raises(context, ValueError, *((None, [(b"x-one", value)]) for value in values))


@check("WS-HANDSHAKE-08")
async def a_header_of_the_protocols_own_is_rejected(context: CheckContext) -> None:
    for change in (bytes.lower, bytes.title, bytes.upper):
        own = [[(b"x-one", b"1"), (change(name), b"1")] for name in PROTOCOL_HEADERS]
        await expect_accept_raises(context, ValueError, *((None, headers) for headers in own))


@check("WS-HANDSHAKE-09")
async def arguments_of_other_types_are_rejected(context: CheckContext) -> None:
    pairs = (("x-one", "1"), (b"x-one", "1"), (b"x-one",), (b"x-one", b"1", b"2"), (b"x-one", bytearray(b"1")), b"x1")
    headers: tuple[Any, ...] = ({b"x-one": b"1"}, ((b"x-one", b"1"),), [None], b"x", {}, (), "")
    subprotocols = (b"a", b"", 1, 0, False, ["a"])
    await expect_accept_raises(context, TypeError, *((name, None) for name in subprotocols))
    await expect_accept_raises(
        context, TypeError, *((None, wrong) for wrong in (*headers, *([pair] for pair in pairs)))
    )


@check("WS-HANDSHAKE-10")
async def a_second_accept_is_rejected(context: CheckContext) -> None:
    dropped = anyio.Event()

    async def while_open(ws: HandlerEnd) -> None:
        await ws.accept()
        for arguments in ((), ("a",), (None, [(b"x-one", b"1")])):
            await ws.raises_unchanged(WebSocketStateError, "accept", *arguments)
        await ws.send("still open")
        await ws.expect_receive("both ways")

    async def after_drop(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await ws.attempt(Exception, "send", "late")
        await ws.raises_unchanged(WebSocketStateError, "accept")

    async with context.connect(while_open, subprotocols=("a",)) as client:
        await client.expect("still open")
        await client.send("both ways")
    async with context.connect(after_drop) as client:
        await client.expect_accepted()
        await client.drop()
        dropped.set()


@check("WS-HANDSHAKE-11")
async def accept_after_close_is_rejected(context: CheckContext) -> None:
    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(4000)
        await ws.raises_unchanged(WebSocketStateError, "accept")

    async def rejects(ws: HandlerEnd) -> None:
        await ws.close()
        await ws.raises_unchanged(WebSocketStateError, "accept")

    async def after_the_clients_close(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.receive()
        await ws.raises_unchanged(WebSocketStateError, "accept")

    async with context.connect(closes) as client:
        await client.expect_accepted()
        await client.expect(None)
    async with context.connect(rejects) as client:
        await client.expect_rejected()
    async with context.connect(after_the_clients_close) as client:
        await client.expect_accepted()
        await client.close(1000)


@check("WS-HANDSHAKE-12", needs=("WS-HANDSHAKE-01", "WS-HANDSHAKE-03", "WS-HANDSHAKE-04", "WS-HANDSHAKE-08"))
async def a_rejected_accept_changes_nothing(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.raises_unchanged(ValueError, "accept", "c", [(b"x-one", b"1")])
        await ws.raises_unchanged(ValueError, "accept", "a", [(b"x-one", b"1"), (b"upgrade", b"1")])
        await ws.accept()
        await ws.send("open")

    async with context.connect(handler, subprotocols=("a",)) as client:
        handshake = await client.expect_accepted()
        context.expect("client: subprotocol", None, handshake.subprotocol)
        context.expect("client: x-one", [], [value for name, value in handshake.headers if name.lower() == b"x-one"])
        await client.expect("open")


@check("WS-HANDSHAKE-13")
async def accept_finds_the_client_dropped(context: CheckContext) -> None:
    dropped = anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        await dropped.wait()
        await ws.attempt(WebSocketClosedError, "accept")
        await ws.expect_receive(None)
        ws.expect_reported_code(client)

    async with context.connect(handler) as client:
        await client.drop()
        dropped.set()


async def expect_rejection(context: CheckContext, handler: Any, status: int) -> Handshake:
    """Show that the response to the handshake request has this status."""
    async with context.connect(handler) as client:
        handshake = await client.expect_status(status)
    return handshake  # noqa: RET504  # inside, mypy would miss a return behind the context manager


def expect_response(
    context: CheckContext,
    actual: Handshake,
    server_headers: set[bytes],
    headers: Sequence[Header] = (),
    body: bytes = b"",
) -> None:
    """Compare headers and body of a response, beside the content-length and what the server adds to its responses."""
    context.expect("client: body of the response", body, actual.body)
    lengths = [value for name, value in actual.headers if name.lower() == b"content-length"]
    context.expect("client: content-length of the response", [b"%d" % len(body)], lengths)
    added = {b"content-length", *server_headers}
    expected = [(name.lower(), value) for name, value in headers if name.lower() not in added]
    rest = [(name, value) for name, value in actual.headers if name.lower() not in added]
    context.expect("client: headers of the response", expected, rest)
