"""WS-HANDSHAKE: accepting."""

from typing import Any

import anyio

from ..._spec.errors import WebSocketClosedError, WebSocketStateError
from .._ends import Actor
from .._stage import Stage
from ..check import check

OWN = (
    b"sec-websocket-protocol",
    b"Sec-WebSocket-Accept",
    b"sec-websocket-extensions",
    b"connection",
    b"Upgrade",
    b"content-length",
    b"transfer-encoding",
)


async def refuse_then_accept(stage: Stage, error: type[Exception], *arguments: tuple[Any, Any]) -> None:
    """Show that accept refuses each of these and sends nothing: a correct one still completes the handshake."""

    async def handler(ws: Actor) -> None:
        for subprotocol, headers in arguments:
            await ws.refused(error, "accept", subprotocol, headers)
        await ws.accept("a")

    async with stage.connect(handler, subprotocols=("a",)) as client:
        handshake = await client.accepted()
        stage.expect("client: subprotocol", "a", handshake.subprotocol)


@check("WS-HANDSHAKE-01", needs=())
async def accept_completes_the_handshake(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()

    async with stage.connect(handler) as client:
        await client.accepted()


@check("WS-HANDSHAKE-02")
async def the_accepted_subprotocol_is_answered(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept("b")

    async with stage.connect(handler, subprotocols=("a", "b")) as client:
        handshake = await client.accepted()
        stage.expect("client: subprotocol", "b", handshake.subprotocol)


@check("WS-HANDSHAKE-03")
async def no_subprotocol_selects_none(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()

    async with stage.connect(handler, subprotocols=("a", "b")) as client:
        handshake = await client.accepted()
        stage.expect("client: subprotocol", None, handshake.subprotocol)


@check("WS-HANDSHAKE-04")
async def a_subprotocol_not_offered_is_refused(stage: Stage) -> None:
    await refuse_then_accept(stage, ValueError, ("c", None), ("A", None), ("", None))


@check("WS-HANDSHAKE-05")
async def accepted_headers_are_answered(stage: Stage) -> None:
    headers = [(b"X-One", b"1"), (b"x-two", b"2"), (b"X-ONE", b"3")]

    async def handler(ws: Actor) -> None:
        await ws.accept(None, headers)

    async with stage.connect(handler) as client:
        handshake = await client.accepted()
        came = [(name.lower(), value) for name, value in handshake.headers if name.lower() in (b"x-one", b"x-two")]
        stage.expect("client: headers", [(name.lower(), value) for name, value in headers], came)


@check("WS-HANDSHAKE-06")
async def a_header_name_that_is_no_token_is_refused(stage: Stage) -> None:
    names = (b"", b"a b", b"a:", b"a\r\nb", b"a\0", "ä".encode())
    await refuse_then_accept(stage, ValueError, *((None, [(name, b"1")]) for name in names))


@check("WS-HANDSHAKE-07")
async def a_header_value_with_a_line_break_is_refused(stage: Stage) -> None:
    values = (b"a\r\nset-cookie: b", b"a\n", b"\r", b"a\0b", b"\x01", b"a\x7f", b" a", b"a\t")
    await refuse_then_accept(stage, ValueError, *((None, [(b"x-one", value)]) for value in values))


@check("WS-HANDSHAKE-08")
async def a_header_of_the_protocols_own_is_refused(stage: Stage) -> None:
    await refuse_then_accept(stage, ValueError, *((None, [(name, b"1")]) for name in OWN))


@check("WS-HANDSHAKE-09")
async def arguments_of_other_types_are_refused(stage: Stage) -> None:
    headers = ([("x-one", "1")], [(b"x-one", "1")], [(b"x-one",)], [b"x1"], {b"x-one": b"1"}, ((b"x-one", b"1"),), b"x")
    await refuse_then_accept(stage, TypeError, (b"a", None), (1, None), *((None, given) for given in headers))


@check("WS-HANDSHAKE-10")
async def a_second_accept_is_refused(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.refused(WebSocketStateError, "accept")
        await ws.send("undisturbed")

    async with stage.connect(handler) as client:
        await client.expect("undisturbed")


@check("WS-HANDSHAKE-11")
async def accept_after_close_is_refused(stage: Stage) -> None:
    async def closes(ws: Actor) -> None:
        await ws.accept()
        await ws.close(4000)
        await ws.refused(WebSocketStateError, "accept")

    async def refuses(ws: Actor) -> None:
        await ws.close()
        await ws.refused(WebSocketStateError, "accept")

    async def is_closed(ws: Actor) -> None:
        await ws.accept()
        await ws.receive()
        await ws.refused(WebSocketStateError, "accept")

    for handler in (closes, refuses):
        async with stage.connect(handler) as client:
            await client.handshake()
    async with stage.connect(is_closed) as client:
        await client.accepted()
        await client.close(1000)


@check("WS-HANDSHAKE-12", needs=("WS-HANDSHAKE-01", "WS-HANDSHAKE-02", "WS-HANDSHAKE-04"))
async def a_refused_accept_changes_nothing(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.refused(ValueError, "accept", "c")
        ws.expect_code(None)
        await ws.accept("a")
        await ws.send("open")

    async with stage.connect(handler, subprotocols=("a",)) as client:
        handshake = await client.accepted()
        stage.expect("client: subprotocol", "a", handshake.subprotocol)
        await client.expect("open")


@check("WS-HANDSHAKE-13")
async def accept_finds_the_client_gone(stage: Stage) -> None:
    gone = anyio.Event()

    async def handler(ws: Actor) -> None:
        await gone.wait()
        if await ws.attempt(WebSocketClosedError, "accept") is None:
            await ws.expect_receive(None)

    async with stage.connect(handler) as client:
        await client.drop()
        gone.set()
