"""How people call: by name, with subclasses of str and bytes, with a list that stays theirs; web_sockets in a set."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

import anyio

from ...capabilities import SupportsCloseReason, SupportsDenial
from ...scope import Header
from .._context import CheckContext
from .._ends import HandlerEnd
from .._steps import short_repr
from ._check import check
from .handshake import expect_rejection


class Text(str):
    """A text that is shown otherwise, as a member of an enumeration is."""

    __slots__ = ()

    def __str__(self) -> str:
        """Show it otherwise."""
        return "shown otherwise"

    def __repr__(self) -> str:
        """Show it otherwise, in a report too."""
        return f"Text({self[:]!r})"


class Binary(bytes):
    """Bytes of another type."""

    __slots__ = ()


class HeaderList(list[Header]):
    """A list of another type."""


class Pair(NamedTuple):
    """A header of another type."""

    name: bytes
    value: bytes


def expect_equal(context: CheckContext, step: str, expected: str | bytes | None, actual: object) -> None:
    """Compare what arrived: on a wire it has no subclass, and of which it is in memory is the peer's affair."""
    kind = str if isinstance(expected, str) else bytes
    if actual != expected or not isinstance(actual, kind | None):
        context.fail(step, short_repr(expected), short_repr(actual))


@check("WS-HANDSHAKE-14")
async def accept_takes_its_arguments_by_name(context: CheckContext) -> None:
    await expect_accepts(context, "a", [(b"x-one", b"1")], subprotocol="a", headers=[(b"x-one", b"1")])
    await expect_accepts(context, "a", [], subprotocol="a")
    await expect_accepts(context, None, [(b"x-one", b"1")], headers=[(b"x-one", b"1")])
    await expect_accepts(context, None, [], subprotocol=None, headers=None)
    await expect_accepts(context, None, [], headers=[])


async def expect_accepts(
    context: CheckContext, selected: str | None, answered: Sequence[Header], *arguments: Any, **named: Any
) -> None:
    """Show what the response has of an accept with these arguments."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.call("accept", *arguments, **named)

    async with context.connect(handler, subprotocols=("a", "b") if selected else ()) as client:
        handshake = await client.expect_accepted()
        expect_equal(context, "client: subprotocol", selected, handshake.subprotocol)
        actual = [one for one in handshake.headers if one[0].lower() == b"x-one"]
        context.expect("client: x-one", list(answered), actual)


@check("WS-HANDSHAKE-15")
async def accept_takes_subclasses(context: CheckContext) -> None:
    headers = HeaderList([(Binary(b"x-one"), Binary(b"1"))])
    await expect_accepts(context, "a", [(b"x-one", b"1")], Text("a"), headers)
    await expect_accepts(context, None, [(b"x-one", b"1")], None, [Pair(b"x-one", b"1")])


@check("WS-HANDSHAKE-16")
async def the_callers_headers_stay_the_callers(context: CheckContext) -> None:
    headers: list[Header] = []

    async def handler(ws: HandlerEnd) -> None:
        headers[:] = given
        await ws.accept(None, headers)
        context.expect("handler: the headers after accept()", given, headers)
        headers[:] = [(b"x-one", b"changed")]
        changed.set()
        await ws.receive()
        context.expect("handler: the headers after a message", [(b"x-one", b"changed")], headers)

    for value in (b"3", b"4"):
        given, changed = [(b"X-Two", b"2"), (b"X-One", value)], anyio.Event()
        async with context.connect(handler) as client:
            with context.step("client: waiting for accept() to return"):
                await changed.wait()
            handshake = await client.expect_accepted()
            actual = [value for name, value in handshake.headers if name.lower() == b"x-one"]
            context.expect("client: x-one", [value], actual)
            await client.send("a message")


@check("WS-HANDSHAKE-17")
async def bytes_over_0x7f_are_answered(context: CheckContext) -> None:
    values = (bytes(range(0xA0, 0x100)), "ä€😀".encode(), b"\x80", b"a\xff")
    headers = [(b"x-%d" % number, value) for number, value in enumerate(values)]

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept(None, list(headers))

    async with context.connect(handler) as client:
        handshake = await client.expect_accepted()
        actual = [(name.lower(), value) for name, value in handshake.headers if name.lower() in dict(headers)]
        context.expect("client: headers", headers, actual)


@check("WS-SEND-14")
async def send_takes_its_content_by_name(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for content in ("text", b"binary"):
            await ws.call("send", content=content)

    async with context.connect(handler) as client:
        for content in ("text", b"binary"):
            await client.expect(content)


@check("WS-SEND-15")
async def send_takes_subclasses(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for content in (Text("text"), Binary(b"binary")):
            await ws.send(content)

    async with context.connect(handler) as client:
        for content in ("text", b"binary"):
            expect_equal(context, "client: receive()", content, await client.receive())


@check("WS-CLOSE-13")
async def close_takes_its_code_by_name(context: CheckContext) -> None:
    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.call("close", code=4000)

    async def rejects(ws: HandlerEnd) -> None:
        await ws.call("close", code=4000)

    async with context.connect(closes) as client:
        await client.expect_close(4000)
    async with context.connect(rejects) as client:
        await client.expect_rejected()


@check("WS-LIFETIME-20")
async def a_web_socket_can_be_kept_in_a_set(context: CheckContext) -> None:
    members: set[Any] = set()

    async def handler(ws: HandlerEnd) -> None:
        web_socket = ws.web_socket
        number, others = hash(web_socket), [other for other in members if other == web_socket]
        context.expect("handler: other web_sockets that equal this one", [], others)
        members.add(web_socket)
        for call in (ws.accept, ws.close):
            await call()
            context.expect("handler: hash(web_socket)", number, hash(web_socket))
            context.expect("handler: web_socket == web_socket", True, bool(web_socket == web_socket))

    for _ in range(2):
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await client.expect(None)
    context.expect("client: web_sockets in the set, once both have ended", 2, len(members))
    for web_socket in list(members):
        members.remove(web_socket)


@check("WS-CAPABILITY-10")
async def close_with_reason_takes_its_arguments_by_name(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        ws.require(SupportsCloseReason)
        await ws.accept()
        await ws.call("close_with_reason", code=4000, reason="because")

    async with context.connect(handler) as client:
        await client.expect_close(4000)


async def expect_denial(context: CheckContext, expected: bytes, /, *arguments: Any, **named: Any) -> None:
    """Show that a denial with these arguments is answered with 404 and this body."""

    async def handler(ws: HandlerEnd) -> None:
        ws.require(SupportsDenial)
        await ws.call("deny", *arguments, **named)

    handshake = await expect_rejection(context, handler, 404)
    expect_equal(context, "client: body of the response", expected, handshake.body)


@check("WS-CAPABILITY-11")
async def deny_takes_its_arguments_by_name(context: CheckContext) -> None:
    await expect_denial(context, b"who?", status=404, headers=[(b"x-one", b"1")], body=b"who?")
    for body in (b"one", b"another"):  # what one left behind, the next would find
        await expect_denial(context, body, status=404, body=body)
    await expect_denial(context, b"", status=404, headers=None)


@check("WS-CAPABILITY-12")
async def deny_takes_subclasses_and_leaves_the_callers_headers(context: CheckContext) -> None:
    headers = HeaderList([(Binary(b"X-One"), Binary(b"1")), Pair(b"x-one", b"2")])
    before = [*headers]
    for body in (Binary(b"one"), Binary(b"another")):
        await expect_denial(context, bytes(body), HTTPStatus.NOT_FOUND, headers, body)
        context.expect("handler: the headers after deny()", before, [*headers])
