"""WS-CAPABILITY: what a backend may offer beyond the five members."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import anyio

from ...capabilities import SupportsCloseReason, SupportsDenial, SupportsSubprotocols
from ...errors import WebSocketClosedError, WebSocketStateError
from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
from ..backend import SupportsInject, SupportsPause
from ._backpressure import StalledClient, cancel_call, connect_paused, receive_after_filling, require_waited, turns_for
from ._check import check
from .close import NO_INTEGERS
from .handshake import expect_rejection, expect_response


def expect_reason(ws: HandlerEnd, expected: str | None) -> None:
    """Compare the close reason."""
    ws.context.expect("handler: reason", expected, ws.require(SupportsCloseReason).reason)


@check("WS-CAPABILITY-01")
async def the_offered_subprotocols(context: CheckContext) -> None:
    def expect_offered(ws: HandlerEnd) -> None:
        context.expect("handler: subprotocols", offered, ws.require(SupportsSubprotocols).subprotocols)

    async def handler(ws: HandlerEnd) -> None:
        expect_offered(ws)
        await ws.accept()
        expect_offered(ws)
        await ws.close()
        expect_offered(ws)

    offered: tuple[str, ...]
    for offered in (("b", "a", "c"), ()):
        async with context.connect(handler, subprotocols=offered) as client:
            await client.expect_accepted()
            await client.expect(None)


async def expect_wrong_codes_raise(ws: HandlerEnd) -> None:
    """Show that close_with_reason raises for a wrong code as close does."""
    ws.require(SupportsCloseReason)
    for code in (999, 1005, 5000):
        await ws.raises_unchanged(ValueError, "close_with_reason", code, "because")
    for no_int in NO_INTEGERS:
        await ws.raises_unchanged(TypeError, "close_with_reason", no_int, "because")


async def expect_nothing_after_close(ws: HandlerEnd) -> None:
    """Show that close_with_reason does nothing on a WebSocket that is closed, whatever its arguments."""
    code = ws.web_socket.code
    for arguments in ((4001, "again"), (1005, "x" * 124), (None, None)):
        await ws.call("close_with_reason", *arguments)
        ws.expect_code(code)


@check("WS-CAPABILITY-02", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CLOSE-01", "WS-CLOSE-03", "WS-CLOSE-06"))
async def the_reason_arrives(context: CheckContext) -> None:
    longest = "é" * 61 + "!"

    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await expect_wrong_codes_raise(ws)
        await ws.call("close_with_reason", 4000, reason)
        ws.expect_code(4000)
        await expect_nothing_after_close(ws)

    async def rejects(ws: HandlerEnd) -> None:
        await expect_wrong_codes_raise(ws)
        await ws.call("close_with_reason", 4000, "because")
        ws.expect_code(4000)
        await expect_nothing_after_close(ws)

    for reason in ("because", longest, "", "x" * 123, "  spaces around ", "\n€😀\t"):
        async with context.connect(closes) as client:
            await client.expect_close(4000)
            context.expect("client: close reason", reason, client.peer.reason)
    await expect_rejection(context, rejects, 403)
    await expect_no_error_after_the_clients_close(context)


async def expect_no_error_after_the_clients_close(context: CheckContext) -> None:
    """Show that close_with_reason returns where the client has closed, whether the handler received that or not."""
    closed = anyio.Event()

    async def after_receive(ws: HandlerEnd) -> None:
        ws.require(SupportsCloseReason)
        await ws.accept()
        await ws.expect_receive(None)
        await expect_nothing_after_close(ws)

    async def without_receive(ws: HandlerEnd) -> None:
        ws.require(SupportsCloseReason)
        await ws.accept()
        await closed.wait()
        await ws.call("close_with_reason", 4000, "because")

    for handler in (after_receive, without_receive):
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await client.close(1001)
            closed.set()


@check("WS-CAPABILITY-03")
async def a_reason_that_does_not_fit_is_rejected(context: CheckContext) -> None:
    async def expect_wrong_reasons_raise(ws: HandlerEnd) -> None:
        for reason in ("x" * 124, "é" * 62, "\ud800"):
            await ws.raises_unchanged(ValueError, "close_with_reason", 4000, reason)
        for no_str in (None, b"because", 1):
            await ws.raises_unchanged(TypeError, "close_with_reason", 4000, no_str)

    async def handler(ws: HandlerEnd) -> None:
        ws.require(SupportsCloseReason)
        await expect_wrong_reasons_raise(ws)
        await ws.accept()
        await expect_wrong_reasons_raise(ws)
        await ws.send("open")

    async with context.connect(handler) as client:
        await client.expect("open")


@check("WS-CAPABILITY-04", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CAPABILITY-02"))
async def the_reason_of_the_first_close(context: CheckContext) -> None:
    async def reads_the_clients_reason(ws: HandlerEnd) -> None:
        expect_reason(ws, None)
        await ws.accept()
        expect_reason(ws, None)
        await ws.expect_receive(None)
        event = client.peer.reported if isinstance(client.peer, SupportsInject) else None
        if event is not None:
            expect_reason(ws, event.get("reason") or None)
        elif ws.require(SupportsCloseReason).reason is not None:
            expect_reason(ws, reason or None)

    async def reads_its_own_reason(ws: HandlerEnd) -> None:
        ends.append(ws)
        await ws.accept()
        await ws.call("close_with_reason", 4000, reason)
        expect_reason(ws, reason or None)
        await ws.call("close_with_reason", 4001, "again")
        await ws.close()
        expect_reason(ws, reason or None)

    async def reads_its_rejections_reason(ws: HandlerEnd) -> None:
        await ws.call("close_with_reason", 4000, reason)
        expect_reason(ws, reason or None)

    async def closes_without_reason(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(4000)
        await ws.call("close_with_reason", 4001, "again")
        expect_reason(ws, None)

    async def closes_after_a_failed_send(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await ws.attempt(Exception, "send", "late")
        await ws.call("close_with_reason", 4000, "because")
        if ws.code_or_error() == 4000:  # else it is WS-CODE-11's to tell
            expect_reason(ws, "because")

    for code, reason in ((4001, "because"), (4001, ""), (1000, "bye"), (4001, "Grüße €😀"), (1001, " ")):
        async with context.connect(reads_the_clients_reason) as client:
            await client.expect_accepted()
            await client.close(code, reason)
    for reason in ("because", ""):
        ends: list[HandlerEnd] = []
        async with context.connect(reads_its_own_reason) as client:
            await client.expect_accepted()
        expect_reason(ends[0], reason or None)
        await expect_rejection(context, reads_its_rejections_reason, 403)
    async with context.connect(closes_without_reason) as client:
        await client.expect_accepted()
    dropped = anyio.Event()
    async with context.connect(closes_after_a_failed_send) as client:
        await client.expect_accepted()
        await client.drop()
        dropped.set()


@check("WS-CAPABILITY-05", needs=("WS-HANDSHAKE-11", "WS-RECEIVE-07", "WS-SEND-06", "WS-CLOSE-03", "WS-CLOSE-04"))
async def a_denial_is_answered_as_given(context: CheckContext) -> None:
    headers = [(b"WWW-Authenticate", b"Basic"), (b"X-One", b"1"), (b"WWW-Authenticate", b"Digest"), (b"x-one", b"")]

    async def rejects(ws: HandlerEnd) -> None:
        await ws.close()

    async def denies(ws: HandlerEnd) -> None:
        ws.require(SupportsDenial)
        await ws.call("deny", *response)
        ws.expect_code(1005)
        await ws.raises(WebSocketStateError, "accept")
        await ws.expect_receive(None)
        await ws.raises(WebSocketClosedError, "send", "late")
        await ws.close(4000)

    async def denies_after_drop(ws: HandlerEnd) -> None:
        ws.require(SupportsDenial)
        await dropped.wait()
        await ws.call("deny", 401)
        ws.expect_code(1005)

    server_headers = {name.lower() for name, _ in (await expect_rejection(context, rejects, 403)).headers}
    responses: Any = (
        (HTTPStatus.UNAUTHORIZED, headers, b"who?"),
        (300,),
        (511, [(b"Content-Length", b"2")], b"\0\xff"),
        (307, [(b"Location", b"/elsewhere")], b"it is elsewhere"),
        (404, [], b"0123456789abcdef" * 2**13),
    )
    response: Any
    for response in responses:
        actual = await expect_rejection(context, denies, int(response[0]))
        expect_response(context, actual, server_headers, *response[1:])
    dropped = anyio.Event()
    async with context.connect(denies_after_drop) as client:
        await client.drop()
        dropped.set()
    if isinstance(client.peer, SupportsInject):  # uvicorn 0.54 with websockets knows the statuses of Python's alone
        response = (499, [], b"a status that is not registered")
        expect_response(context, await expect_rejection(context, denies, 499), server_headers, *response[1:])


@check("WS-CAPABILITY-06", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CLOSE-01", "WS-CLOSE-03", "WS-CAPABILITY-05"))
async def a_denial_after_accept_is_rejected(context: CheckContext) -> None:
    async def while_open(ws: HandlerEnd) -> None:
        ws.require(SupportsDenial)
        await ws.accept()
        await ws.raises_unchanged(WebSocketStateError, "deny", 401)
        await ws.send("still open")
        await ws.expect_receive("both ways")
        await ws.close(4000)
        await ws.raises_unchanged(WebSocketStateError, "deny", 401)

    async def after_the_clients_close(ws: HandlerEnd) -> None:
        ws.require(SupportsDenial)
        await ws.accept()
        await ws.expect_receive(None)
        await ws.raises_unchanged(WebSocketStateError, "deny", 401)

    async def after_rejection(ws: HandlerEnd) -> None:
        ws.require(SupportsDenial)
        await ws.close(4000)
        await ws.raises_unchanged(WebSocketStateError, "deny", 401)

    async def after_denial(ws: HandlerEnd) -> None:
        await ws.call("deny", 404)
        await ws.raises_unchanged(WebSocketStateError, "deny", 401)

    async with context.connect(while_open) as client:
        await client.expect("still open")
        await client.send("both ways")
        await client.expect_close(4000)
    async with context.connect(after_the_clients_close) as client:
        await client.expect_accepted()
        await client.close(1001)
    await expect_rejection(context, after_rejection, 403)
    await expect_rejection(context, after_denial, 404)


@check("WS-CAPABILITY-07", needs=("WS-HANDSHAKE-01", "WS-CAPABILITY-05"))
async def a_denial_that_http_does_not_allow_is_rejected(context: CheckContext) -> None:
    header = (b"x-one", b"1")
    names = ((b"a b", b"1"), (b"", b"1"), (b"connection", b"close"), (b"upgrade", b"a"), (b"Transfer-Encoding", b"b"))
    values = ((b"x", b"1\r\n"), (b"x", b"1\n2"), (b"x", b"\0"), (b"x", b" 1"), (b"content-length", b"9"))
    twice = [(b"content-length", b"0"), (b"Content-Length", b"0")]
    no_headers = ({b"x": b"1"}, (header,), "x", [b"x1"], [("x", "1")], [(b"x",)], [(b"x", bytearray(b"1"))], [None])

    async def handler(ws: HandlerEnd) -> None:
        ws.require(SupportsDenial)
        for status in (-1, 0, 101, 200, 299, 600):
            await ws.raises_unchanged(ValueError, "deny", status)
        for wrong in (*names, *values):
            await ws.raises_unchanged(ValueError, "deny", 401, [header, wrong])
        await ws.raises_unchanged(ValueError, "deny", 401, twice)
        for no_int in NO_INTEGERS:
            await ws.raises_unchanged(TypeError, "deny", no_int)
        for headers in no_headers:
            await ws.raises_unchanged(TypeError, "deny", 401, headers)
        for no_bytes in ("body", None, bytearray(b"body"), [b"body"]):
            await ws.raises_unchanged(TypeError, "deny", 401, None, no_bytes)
        await ws.call("deny", 404)

    await expect_rejection(context, handler, 404)


@check("WS-CAPABILITY-08", needs=("WS-HANDSHAKE-01", "WS-SEND-06", "WS-CAPABILITY-02"))
async def a_cancelled_close_with_reason_leaves_it_closed(context: CheckContext) -> None:
    calls: list[list[Any]] = []
    clients: list[ClientEnd] = []

    async def handler(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        ws.require(SupportsCloseReason)
        calls.append(await cancel_call(ws, turns, "close_with_reason", 4000, "because"))
        resume()
        ws.expect_code(4000)
        expect_reason(ws, "because")
        await ws.raises(WebSocketClosedError, "send", "late")

    for turns in turns_for(clients):
        async with connect_paused(context, turns, handler) as client:
            clients.append(client)
            context.expect("client: receive()", None, await receive_after_filling(client))
    require_waited(clients, calls)


@check("WS-CAPABILITY-09", needs=("WS-HANDSHAKE-11", "WS-CAPABILITY-05"))
async def a_cancelled_denial_leaves_it_closed(context: CheckContext) -> None:
    calls: list[list[Any]] = []
    clients: list[ClientEnd] = []

    async def handler(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        ws.require(SupportsDenial)
        calls.append(await cancel_call(ws, turns, "deny", 404))
        resume()
        ws.expect_code(1005)
        await ws.raises(WebSocketStateError, "accept")

    for turns in turns_for(clients):
        async with connect_paused(context, turns, handler, accepted=False) as client:
            clients.append(client)
            await client.expect_rejected()
    require_waited(clients, calls)


@check("WS-CAPABILITY-13", needs=("WS-CLOSE-12", "WS-CAPABILITY-02"))
async def a_client_that_reads_nothing_cannot_hold_a_close_with_reason(context: CheckContext) -> None:
    stalled_client, ended = StalledClient(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        ws.require(SupportsCloseReason)
        await ws.accept()
        await stalled_client.fill_buffers(ws)
        closing = ws.web_socket.close_with_reason(4000, "because")
        await context.call_within_close_timeout("handler: close_with_reason(4000, 'because')", closing)
        ended.set()

    async with context.connect(handler) as client:
        client.require(SupportsPause)
        await stalled_client.stall(client)
        await context.call_within_close_timeout("client: waiting for the handler to close", ended.wait())
        await client.drop()


@check("WS-CAPABILITY-14", needs=("WS-CLOSE-12", "WS-CAPABILITY-05"))
async def a_client_that_reads_nothing_cannot_hold_a_denial(context: CheckContext) -> None:
    paused, ended = anyio.Event(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        ws.require(SupportsDenial)
        await paused.wait()
        await context.call_within_close_timeout("handler: deny(404)", ws.web_socket.deny(404))
        ended.set()

    async with context.connect(handler) as client:
        client.require(SupportsPause).pause()
        paused.set()
        await context.call_within_close_timeout("client: waiting for the handler to deny", ended.wait())
        await client.drop()
