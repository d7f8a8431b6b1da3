"""WS-CAPABILITY: what a backend may offer beyond the five members."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import anyio

from ...capabilities import SupportsCloseReason, SupportsDenial, SupportsSubprotocols
from ...errors import WebSocketClosedError, WebSocketStateError
from .._context import CheckContext
from .._ends import HandlerEnd
from ..backend import SupportsInject
from ._check import check
from ._unread import TURNS, cancel, paused
from .handshake import expect_answer, expect_refused


def expect_reason(ws: HandlerEnd, expected: str | None) -> None:
    """Compare the close reason."""
    ws.context.expect("handler: reason", expected, ws.offering(SupportsCloseReason).reason)


@check("WS-CAPABILITY-01")
async def the_offered_subprotocols(context: CheckContext) -> None:
    def expect_offered(ws: HandlerEnd) -> None:
        context.expect("handler: subprotocols", offered, ws.offering(SupportsSubprotocols).subprotocols)

    async def handler(ws: HandlerEnd) -> None:
        expect_offered(ws)
        await ws.accept()
        expect_offered(ws)
        await ws.close()
        expect_offered(ws)

    offered: tuple[str, ...]
    for offered in (("b", "a", "c"), ()):
        async with context.connect(handler, subprotocols=offered) as client:
            await client.accepted()
            await client.expect(None)


@check("WS-CAPABILITY-02", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CLOSE-01", "WS-CLOSE-03", "WS-CLOSE-06"))
async def the_reason_arrives(context: CheckContext) -> None:
    longest = "é" * 61 + "!"

    async def refuses_as_close_does(ws: HandlerEnd) -> None:
        ws.offering(SupportsCloseReason)
        for code in (999, 1005, 5000):
            await ws.refused_unchanged(ValueError, "close_with_reason", code, "because")
        for no_int in (True, None, "1000"):
            await ws.refused_unchanged(TypeError, "close_with_reason", no_int, "because")

    async def does_nothing(ws: HandlerEnd) -> None:
        code = ws.web_socket.code
        for arguments in ((4001, "again"), (1005, "x" * 124), (None, None)):
            await ws.do("close_with_reason", *arguments)
            ws.expect_code(code)

    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await refuses_as_close_does(ws)
        await ws.do("close_with_reason", 4000, reason)
        ws.expect_code(4000)
        await does_nothing(ws)

    async def refuses(ws: HandlerEnd) -> None:
        await refuses_as_close_does(ws)
        await ws.do("close_with_reason", 4000, "because")
        ws.expect_code(4000)
        await does_nothing(ws)

    async def comes_late(ws: HandlerEnd) -> None:
        ws.offering(SupportsCloseReason)
        await ws.accept()
        await ws.expect_receive(None)
        await does_nothing(ws)

    async def finds_the_client_gone(ws: HandlerEnd) -> None:
        ws.offering(SupportsCloseReason)
        await ws.accept()
        await gone.wait()
        await ws.do("close_with_reason", 4000, "because")

    for reason in ("because", longest, ""):
        async with context.connect(closes) as client:
            await client.expect_close(4000)
            context.expect("client: close reason", reason, client.peer.reason)
    await expect_refused(context, refuses, 403)
    gone = anyio.Event()
    for handler in (comes_late, finds_the_client_gone):
        async with context.connect(handler) as client:
            await client.accepted()
            await client.close(1001)
            gone.set()


@check("WS-CAPABILITY-03")
async def a_reason_that_does_not_fit_is_refused(context: CheckContext) -> None:
    async def refuses_reasons(ws: HandlerEnd) -> None:
        for reason in ("x" * 124, "é" * 62, "\ud800"):
            await ws.refused_unchanged(ValueError, "close_with_reason", 4000, reason)
        for no_str in (None, b"because", 1):
            await ws.refused_unchanged(TypeError, "close_with_reason", 4000, no_str)

    async def handler(ws: HandlerEnd) -> None:
        ws.offering(SupportsCloseReason)
        await refuses_reasons(ws)
        await ws.accept()
        await refuses_reasons(ws)
        await ws.send("open")

    async with context.connect(handler) as client:
        await client.expect("open")


@check("WS-CAPABILITY-04", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CAPABILITY-02"))
async def the_reason_of_the_first_close(context: CheckContext) -> None:
    async def reads_the_clients(ws: HandlerEnd) -> None:
        expect_reason(ws, None)
        await ws.accept()
        expect_reason(ws, None)
        await ws.expect_receive(None)
        event = client.peer.reported if isinstance(client.peer, SupportsInject) else None
        if event is not None:
            expect_reason(ws, event.get("reason") or None)
        elif ws.offering(SupportsCloseReason).reason is not None:
            expect_reason(ws, given or None)

    async def reads_its_own(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.do("close_with_reason", 4000, given)
        expect_reason(ws, given or None)
        await ws.do("close_with_reason", 4001, "again")
        await ws.close()
        expect_reason(ws, given or None)

    async def reads_its_refusals(ws: HandlerEnd) -> None:
        await ws.do("close_with_reason", 4000, given)
        expect_reason(ws, given or None)

    async def gave_none(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(4000)
        await ws.do("close_with_reason", 4001, "again")
        expect_reason(ws, None)

    for given in ("because", ""):
        async with context.connect(reads_the_clients) as client:
            await client.accepted()
            await client.close(4001, given)
        async with context.connect(reads_its_own) as client:
            await client.accepted()
        await expect_refused(context, reads_its_refusals, 403)
    async with context.connect(gave_none) as client:
        await client.accepted()


@check("WS-CAPABILITY-05", needs=("WS-HANDSHAKE-11", "WS-RECEIVE-07", "WS-SEND-06", "WS-CLOSE-03", "WS-CLOSE-04"))
async def a_denial_is_answered_as_given(context: CheckContext) -> None:
    headers = [(b"WWW-Authenticate", b"Basic"), (b"X-One", b"1"), (b"WWW-Authenticate", b"Digest"), (b"x-one", b"")]

    async def refuses(ws: HandlerEnd) -> None:
        await ws.close()

    async def denies(ws: HandlerEnd) -> None:
        ws.offering(SupportsDenial)
        await ws.do("deny", *answer)
        ws.expect_code(1005)
        await ws.refused(WebSocketStateError, "accept")
        await ws.expect_receive(None)
        await ws.refused(WebSocketClosedError, "send", "late")
        await ws.close(4000)

    async def finds_the_client_gone(ws: HandlerEnd) -> None:
        ws.offering(SupportsDenial)
        await gone.wait()
        await ws.do("deny", 401)
        ws.expect_code(1005)

    servers = {name.lower() for name, _ in (await expect_refused(context, refuses, 403)).headers}
    answer: tuple[Any, ...]
    for answer in ((HTTPStatus.UNAUTHORIZED, headers, b"who?"), (300,), (511, [(b"Content-Length", b"2")], b"\0\xff")):
        actual = await expect_refused(context, denies, int(answer[0]))
        expect_answer(context, actual, servers, *answer[1:])
    gone = anyio.Event()
    async with context.connect(finds_the_client_gone) as client:
        await client.drop()
        gone.set()


@check("WS-CAPABILITY-06", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CLOSE-01", "WS-CLOSE-03", "WS-CAPABILITY-05"))
async def a_denial_after_accept_is_refused(context: CheckContext) -> None:
    async def is_open(ws: HandlerEnd) -> None:
        ws.offering(SupportsDenial)
        await ws.accept()
        await ws.refused_unchanged(WebSocketStateError, "deny", 401)
        await ws.send("undisturbed")
        await ws.expect_receive("both ways")
        await ws.close(4000)
        await ws.refused_unchanged(WebSocketStateError, "deny", 401)

    async def is_closed_by_the_client(ws: HandlerEnd) -> None:
        ws.offering(SupportsDenial)
        await ws.accept()
        await ws.expect_receive(None)
        await ws.refused_unchanged(WebSocketStateError, "deny", 401)

    async def has_refused(ws: HandlerEnd) -> None:
        ws.offering(SupportsDenial)
        await ws.close(4000)
        await ws.refused_unchanged(WebSocketStateError, "deny", 401)

    async def has_denied(ws: HandlerEnd) -> None:
        await ws.do("deny", 404)
        await ws.refused_unchanged(WebSocketStateError, "deny", 401)

    async with context.connect(is_open) as client:
        await client.expect("undisturbed")
        await client.send("both ways")
        await client.expect_close(4000)
    async with context.connect(is_closed_by_the_client) as client:
        await client.accepted()
        await client.close(1001)
    await expect_refused(context, has_refused, 403)
    await expect_refused(context, has_denied, 404)


@check("WS-CAPABILITY-07", needs=("WS-HANDSHAKE-01", "WS-CAPABILITY-05"))
async def a_denial_that_http_does_not_allow_is_refused(context: CheckContext) -> None:
    x = (b"x-one", b"1")
    names = ((b"a b", b"1"), (b"", b"1"), (b"connection", b"close"), (b"upgrade", b"a"), (b"Transfer-Encoding", b"b"))
    values = ((b"x", b"1\r\n"), (b"x", b"1\n2"), (b"x", b"\0"), (b"x", b" 1"), (b"content-length", b"9"))
    twice = [(b"content-length", b"0"), (b"Content-Length", b"0")]
    no_headers = ({b"x": b"1"}, (x,), "x", [b"x1"], [("x", "1")], [(b"x",)], [(b"x", bytearray(b"1"))], [None])

    async def handler(ws: HandlerEnd) -> None:
        ws.offering(SupportsDenial)
        for status in (-1, 0, 101, 200, 299, 600):
            await ws.refused_unchanged(ValueError, "deny", status)
        for header in (*names, *values):
            await ws.refused_unchanged(ValueError, "deny", 401, [x, header])
        await ws.refused_unchanged(ValueError, "deny", 401, twice)
        for no_int in (None, True, "401", 401.0):
            await ws.refused_unchanged(TypeError, "deny", no_int)
        for headers in no_headers:
            await ws.refused_unchanged(TypeError, "deny", 401, headers)
        for no_bytes in ("body", None, bytearray(b"body"), [b"body"]):
            await ws.refused_unchanged(TypeError, "deny", 401, None, no_bytes)
        await ws.do("deny", 404)

    await expect_refused(context, handler, 404)


@check("WS-CAPABILITY-08", needs=("WS-HANDSHAKE-01", "WS-SEND-06", "WS-CAPABILITY-02"))
async def a_cancelled_close_with_reason_leaves_it_closed(context: CheckContext) -> None:
    async def body(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        ws.offering(SupportsCloseReason)
        await cancel(ws, turns, "close_with_reason", 4000, "because")
        resume()
        ws.expect_code(4000)
        expect_reason(ws, "because")
        await ws.refused(WebSocketClosedError, "send", "late")

    for turns in TURNS:
        async with paused(context, turns, body) as client:
            await client.expect(None)


@check("WS-CAPABILITY-09", needs=("WS-HANDSHAKE-11", "WS-CAPABILITY-05"))
async def a_cancelled_denial_leaves_it_closed(context: CheckContext) -> None:
    async def body(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        ws.offering(SupportsDenial)
        await cancel(ws, turns, "deny", 404)
        resume()
        ws.expect_code(1005)
        await ws.refused(WebSocketStateError, "accept")

    for turns in TURNS:
        async with paused(context, turns, body, accepted=False) as client:
            await client.refused()
