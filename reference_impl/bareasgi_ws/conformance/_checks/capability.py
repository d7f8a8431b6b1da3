"""WS-CAPABILITY: what a backend may offer beyond the five members."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import anyio

from ...capabilities import SupportsCloseReason, SupportsDenial, SupportsSubprotocols
from ...errors import WebSocketClosedError, WebSocketStateError
from .._ends import Actor
from .._stage import Stage
from ..backend import CanInject
from ..check import check
from ._answers import expect_answer, expect_refused
from ._cancelling import TURNS, cancel, paused
from ._shared import undisturbed


def expect_reason(ws: Actor, expected: str | None) -> None:
    """Compare the close reason."""
    ws.stage.expect("handler: reason", expected, ws.offering(SupportsCloseReason).reason)


@check("WS-CAPABILITY-01")
async def the_offered_subprotocols(stage: Stage) -> None:
    def expect_offered(ws: Actor) -> None:
        stage.expect("handler: subprotocols", offered, ws.offering(SupportsSubprotocols).subprotocols)

    async def handler(ws: Actor) -> None:
        expect_offered(ws)
        await ws.accept()
        expect_offered(ws)
        await ws.close()
        expect_offered(ws)

    offered: tuple[str, ...]
    for offered in (("b", "a", "c"), ()):
        async with stage.connect(handler, subprotocols=offered) as client:
            await client.accepted()
            await client.expect(None)


@check("WS-CAPABILITY-02", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CLOSE-01", "WS-CLOSE-03", "WS-CLOSE-06"))
async def the_reason_arrives(stage: Stage) -> None:
    longest = "é" * 61 + "!"

    async def refuses_as_close_does(ws: Actor) -> None:
        ws.offering(SupportsCloseReason)
        for code in (999, 1005, 5000):
            await undisturbed(ws, ValueError, "close_with_reason", code, "because")
        for no_int in (True, None, "1000"):
            await undisturbed(ws, TypeError, "close_with_reason", no_int, "because")

    async def does_nothing(ws: Actor) -> None:
        code = ws.web_socket.code
        for arguments in ((4001, "again"), (1005, "x" * 124), (None, None)):
            await ws.do("close_with_reason", *arguments)
            ws.expect_code(code)

    async def closes(ws: Actor) -> None:
        await ws.accept()
        await refuses_as_close_does(ws)
        await ws.do("close_with_reason", 4000, reason)
        ws.expect_code(4000)
        await does_nothing(ws)

    async def refuses(ws: Actor) -> None:
        await refuses_as_close_does(ws)
        await ws.do("close_with_reason", 4000, "because")
        ws.expect_code(4000)
        await does_nothing(ws)

    async def comes_late(ws: Actor) -> None:
        ws.offering(SupportsCloseReason)
        await ws.accept()
        await ws.expect_receive(None)
        await does_nothing(ws)

    async def finds_the_client_gone(ws: Actor) -> None:
        ws.offering(SupportsCloseReason)
        await ws.accept()
        await gone.wait()
        await ws.do("close_with_reason", 4000, "because")

    for reason in ("because", longest, ""):
        async with stage.connect(closes) as client:
            await client.expect_close(4000)
            stage.expect("client: close reason", reason, client.peer.reason)
    await expect_refused(stage, refuses, 403)
    gone = anyio.Event()
    for handler in (comes_late, finds_the_client_gone):
        async with stage.connect(handler) as client:
            await client.accepted()
            await client.close(1001)
            gone.set()


@check("WS-CAPABILITY-03")
async def a_reason_that_does_not_fit_is_refused(stage: Stage) -> None:
    async def refuses_reasons(ws: Actor) -> None:
        for reason in ("x" * 124, "é" * 62, "\ud800"):
            await undisturbed(ws, ValueError, "close_with_reason", 4000, reason)
        for no_str in (None, b"because", 1):
            await undisturbed(ws, TypeError, "close_with_reason", 4000, no_str)

    async def handler(ws: Actor) -> None:
        ws.offering(SupportsCloseReason)
        await refuses_reasons(ws)
        await ws.accept()
        await refuses_reasons(ws)
        await ws.send("open")

    async with stage.connect(handler) as client:
        await client.expect("open")


@check("WS-CAPABILITY-04", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CAPABILITY-02"))
async def the_reason_of_the_first_close(stage: Stage) -> None:
    async def reads_the_clients(ws: Actor) -> None:
        expect_reason(ws, None)
        await ws.accept()
        expect_reason(ws, None)
        await ws.expect_receive(None)
        event = client.peer.reported if isinstance(client.peer, CanInject) else None
        if event is not None:
            expect_reason(ws, event.get("reason") or None)
        elif ws.offering(SupportsCloseReason).reason is not None:
            expect_reason(ws, given or None)

    async def reads_its_own(ws: Actor) -> None:
        await ws.accept()
        await ws.do("close_with_reason", 4000, given)
        expect_reason(ws, given or None)
        await ws.do("close_with_reason", 4001, "again")
        await ws.close()
        expect_reason(ws, given or None)

    async def reads_its_refusals(ws: Actor) -> None:
        await ws.do("close_with_reason", 4000, given)
        expect_reason(ws, given or None)

    async def gave_none(ws: Actor) -> None:
        await ws.accept()
        await ws.close(4000)
        await ws.do("close_with_reason", 4001, "again")
        expect_reason(ws, None)

    for given in ("because", ""):
        async with stage.connect(reads_the_clients) as client:
            await client.accepted()
            await client.close(4001, given)
        async with stage.connect(reads_its_own) as client:
            await client.accepted()
        await expect_refused(stage, reads_its_refusals, 403)
    async with stage.connect(gave_none) as client:
        await client.accepted()


@check("WS-CAPABILITY-05", needs=("WS-HANDSHAKE-11", "WS-RECEIVE-07", "WS-SEND-06", "WS-CLOSE-03", "WS-CLOSE-04"))
async def a_denial_is_answered_as_given(stage: Stage) -> None:
    headers = [(b"WWW-Authenticate", b"Basic"), (b"X-One", b"1"), (b"WWW-Authenticate", b"Digest"), (b"x-one", b"")]

    async def refuses(ws: Actor) -> None:
        await ws.close()

    async def denies(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        await ws.do("deny", *answer)
        ws.expect_code(1005)
        await ws.refused(WebSocketStateError, "accept")
        await ws.expect_receive(None)
        await ws.refused(WebSocketClosedError, "send", "late")
        await ws.close(4000)

    async def finds_the_client_gone(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        await gone.wait()
        await ws.do("deny", 401)
        ws.expect_code(1005)

    servers = {name.lower() for name, _ in (await expect_refused(stage, refuses, 403)).headers}
    answer: tuple[Any, ...]
    for answer in ((HTTPStatus.UNAUTHORIZED, headers, b"who?"), (300,), (511, [(b"Content-Length", b"2")], b"\0\xff")):
        came = await expect_refused(stage, denies, int(answer[0]))
        expect_answer(stage, came, servers, *answer[1:])
    gone = anyio.Event()
    async with stage.connect(finds_the_client_gone) as client:
        await client.drop()
        gone.set()


@check("WS-CAPABILITY-06", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CLOSE-01", "WS-CLOSE-03", "WS-CAPABILITY-05"))
async def a_denial_after_accept_is_refused(stage: Stage) -> None:
    async def is_open(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        await ws.accept()
        await undisturbed(ws, WebSocketStateError, "deny", 401)
        await ws.send("undisturbed")
        await ws.expect_receive("both ways")
        await ws.close(4000)
        await undisturbed(ws, WebSocketStateError, "deny", 401)

    async def is_closed_by_the_client(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        await ws.accept()
        await ws.expect_receive(None)
        await undisturbed(ws, WebSocketStateError, "deny", 401)

    async def has_refused(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        await ws.close(4000)
        await undisturbed(ws, WebSocketStateError, "deny", 401)

    async def has_denied(ws: Actor) -> None:
        await ws.do("deny", 404)
        await undisturbed(ws, WebSocketStateError, "deny", 401)

    async with stage.connect(is_open) as client:
        await client.expect("undisturbed")
        await client.send("both ways")
        await client.expect_close(4000)
    async with stage.connect(is_closed_by_the_client) as client:
        await client.accepted()
        await client.close(1001)
    await expect_refused(stage, has_refused, 403)
    await expect_refused(stage, has_denied, 404)


@check("WS-CAPABILITY-07", needs=("WS-HANDSHAKE-01", "WS-CAPABILITY-05"))
async def a_denial_that_http_does_not_allow_is_refused(stage: Stage) -> None:
    x = (b"x-one", b"1")
    names = ((b"a b", b"1"), (b"", b"1"), (b"connection", b"close"), (b"upgrade", b"a"), (b"Transfer-Encoding", b"b"))
    values = ((b"x", b"1\r\n"), (b"x", b"1\n2"), (b"x", b"\0"), (b"x", b" 1"), (b"content-length", b"9"))
    twice = [(b"content-length", b"0"), (b"Content-Length", b"0")]
    no_headers = ({b"x": b"1"}, (x,), "x", [b"x1"], [("x", "1")], [(b"x",)], [(b"x", bytearray(b"1"))], [None])

    async def handler(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        for status in (-1, 0, 101, 200, 299, 600):
            await undisturbed(ws, ValueError, "deny", status)
        for header in (*names, *values):
            await undisturbed(ws, ValueError, "deny", 401, [x, header])
        await undisturbed(ws, ValueError, "deny", 401, twice)
        for no_int in (None, True, "401", 401.0):
            await undisturbed(ws, TypeError, "deny", no_int)
        for headers in no_headers:
            await undisturbed(ws, TypeError, "deny", 401, headers)
        for no_bytes in ("body", None, bytearray(b"body"), [b"body"]):
            await undisturbed(ws, TypeError, "deny", 401, None, no_bytes)
        await ws.do("deny", 404)

    await expect_refused(stage, handler, 404)


@check("WS-CAPABILITY-08", needs=("WS-HANDSHAKE-01", "WS-SEND-06", "WS-CAPABILITY-02"))
async def a_cancelled_close_with_reason_leaves_it_closed(stage: Stage) -> None:
    async def script(ws: Actor, turns: int, resume: Callable[[], None]) -> None:
        ws.offering(SupportsCloseReason)
        await cancel(ws, turns, "close_with_reason", 4000, "because")
        resume()
        ws.expect_code(4000)
        expect_reason(ws, "because")
        await ws.refused(WebSocketClosedError, "send", "late")

    for turns in TURNS:
        async with paused(stage, turns, script) as client:
            await client.expect(None)


@check("WS-CAPABILITY-09", needs=("WS-HANDSHAKE-11", "WS-CAPABILITY-05"))
async def a_cancelled_denial_leaves_it_closed(stage: Stage) -> None:
    async def script(ws: Actor, turns: int, resume: Callable[[], None]) -> None:
        ws.offering(SupportsDenial)
        await cancel(ws, turns, "deny", 404)
        resume()
        ws.expect_code(1005)
        await ws.refused(WebSocketStateError, "accept")

    for turns in TURNS:
        async with paused(stage, turns, script, accepted=False) as client:
            await client.refused()
