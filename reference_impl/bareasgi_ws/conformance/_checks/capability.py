"""WS-CAPABILITY: what a backend may offer beyond the five members."""

from ..._spec.capabilities import SupportsCloseReason, SupportsDenial, SupportsSubprotocols
from ..._spec.errors import WebSocketStateError
from .._ends import Actor
from .._stage import Stage
from ..backend import CanInject
from ..check import check

HOP = ((b"upgrade", b"websocket"), (b"Transfer-Encoding", b"chunked"))


@check("WS-CAPABILITY-01")
async def the_offered_subprotocols(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        stage.expect("handler: subprotocols", offered, ws.offering(SupportsSubprotocols).subprotocols)
        await ws.accept()

    offered: tuple[str, ...]
    for offered in (("b", "a"), ()):
        async with stage.connect(handler, subprotocols=offered) as client:
            await client.accepted()


@check("WS-CAPABILITY-02", needs=("WS-HANDSHAKE-01", "WS-CLOSE-01"))
async def the_reason_arrives(stage: Stage) -> None:
    longest = "é" * 61 + "!"

    async def handler(ws: Actor) -> None:
        ws.offering(SupportsCloseReason)
        await ws.accept()
        await ws.do("close_with_reason", 4000, reason)
        ws.expect_code(4000)

    for reason in ("because", longest):
        async with stage.connect(handler) as client:
            await client.expect_close(4000)
            stage.expect("client: close reason", reason, client.peer.reason)


@check("WS-CAPABILITY-03")
async def a_reason_that_does_not_fit_is_refused(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        ws.offering(SupportsCloseReason)
        await ws.accept()
        for reason in ("x" * 124, "é" * 62, "\ud800"):
            await ws.refused(ValueError, "close_with_reason", 4000, reason)
        await ws.send("open")

    async with stage.connect(handler) as client:
        await client.expect("open")


@check("WS-CAPABILITY-04", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CAPABILITY-02"))
async def the_reason_of_the_first_close(stage: Stage) -> None:
    async def reads_the_clients(ws: Actor) -> None:
        socket = ws.offering(SupportsCloseReason)
        await ws.accept()
        stage.expect("handler: reason", None, socket.reason)
        await ws.expect_receive(None)
        event = client.peer.reported if isinstance(client.peer, CanInject) else None
        if event is not None:
            stage.expect("handler: reason", event.get("reason") or None, socket.reason)
        elif socket.reason is not None:
            stage.expect("handler: reason", "bye", socket.reason)

    async def reads_its_own(ws: Actor) -> None:
        socket = ws.offering(SupportsCloseReason)
        await ws.accept()
        await ws.do("close_with_reason", 4000, "because")
        await ws.do("close_with_reason", 4001, "again")
        stage.expect("handler: reason", "because", socket.reason)

    async with stage.connect(reads_the_clients) as client:
        await client.accepted()
        await client.close(4001, "bye")
    async with stage.connect(reads_its_own) as client:
        await client.accepted()


@check("WS-CAPABILITY-05")
async def a_denial_is_answered_as_given(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        await ws.do("deny", 401, [(b"WWW-Authenticate", b"Basic")], b"who are you?")
        await ws.refused(WebSocketStateError, "accept")
        await ws.expect_receive(None)

    async with stage.connect(handler) as client:
        handshake = await client.handshake()
        stage.expect("client: status of the handshake", 401, handshake.status)
        stage.expect("client: body of the answer", b"who are you?", handshake.body)
        came = [value for name, value in handshake.headers if name.lower() == b"www-authenticate"]
        stage.expect("client: www-authenticate", [b"Basic"], came)


@check("WS-CAPABILITY-06")
async def a_denial_after_accept_is_refused(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        await ws.accept()
        await ws.refused(WebSocketStateError, "deny", 401)
        await ws.send("undisturbed")
        await ws.close()
        await ws.refused(WebSocketStateError, "deny", 401)

    async with stage.connect(handler) as client:
        await client.expect("undisturbed")


@check("WS-CAPABILITY-07", needs=("WS-HANDSHAKE-01", "WS-CAPABILITY-05"))
async def a_denial_that_http_does_not_allow_is_refused(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        ws.offering(SupportsDenial)
        for status in (0, 101, 200, 299, 600):
            await ws.refused(ValueError, "deny", status)
        for header in ((b"a b", b"1"), (b"x", b"1\r\n"), (b"connection", b"close"), *HOP, (b"content-length", b"9")):
            await ws.refused(ValueError, "deny", 404, [header])
        await ws.do("deny", 404)

    async with stage.connect(handler) as client:
        handshake = await client.handshake()
        stage.expect("client: status of the handshake", 404, handshake.status)
