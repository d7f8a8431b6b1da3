"""WS-LIFETIME: how a handler is called, and what happens when it ends."""

import anyio

from ..._memory.loop import library
from .._ends import Actor, Client
from .._failures import Boom
from .._stage import Stage
from ..backend import CanCancel, ReportsErrors
from ..check import check


async def expect_no_error(client: Client) -> None:
    """Show that nothing reached the server's log, where the peer can tell."""
    if isinstance(client.peer, ReportsErrors):
        await client.close()
        error = await client.stage.call("client: server_error()", client.peer.server_error())
        client.stage.expect("client: server_error()", None, error)


async def expect_boom(client: Client) -> None:
    """Show that the handler's exception reached the server."""
    error = await client.stage.call("client: server_error()", client.offering(ReportsErrors).server_error())
    if "boom" not in (error or ""):
        client.stage.fail("client: server_error()", "the handler's own error, 'boom'", repr(error))


@check("WS-LIFETIME-01")
async def the_handler_gets_its_four_arguments(stage: Stage) -> None:
    info = {"key": object()}

    async def handler(ws: Actor) -> None:
        scope, given, matches = ws.called
        stage.expect("handler: scope['type']", "websocket", scope["type"])
        stage.expect("handler: scope['path']", "/room/attic", scope["path"])
        stage.expect("handler: info is the application's own", True, given is info)
        stage.expect("handler: matches", {"name": "attic"}, dict(matches))
        await ws.accept()

    async with stage.connect(handler, route="/room/{name}", path="/room/attic", info=info) as client:
        await client.accepted()


@check("WS-LIFETIME-02", needs=("WS-CLOSE-03",))
async def returning_without_accepting_refuses(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        ws.expect_code(None)

    async with stage.connect(handler) as client:
        handshake = await client.handshake()
        stage.expect("client: status of the handshake", 403, handshake.status)
        await expect_no_error(client)


@check("WS-LIFETIME-03")
async def returning_while_open_closes(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()

    async with stage.connect(handler) as client:
        await client.expect_close(1000)


@check("WS-LIFETIME-04", needs=())
async def raising_before_accept_answers_500(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        raise Boom("boom")

    async with stage.connect(handler) as client:
        handshake = await client.handshake()
        stage.expect("client: status of the handshake", 500, handshake.status)


@check("WS-LIFETIME-05")
async def raising_while_open_closes_with_1011(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        raise Boom("boom")

    async with stage.connect(handler) as client:
        await client.expect_close(1011)


@check("WS-LIFETIME-06")
async def the_exception_goes_on(stage: Stage) -> None:
    async def raises_before_accept(ws: Actor) -> None:
        raise Boom("boom")

    async def raises_while_open(ws: Actor) -> None:
        await ws.accept()
        raise Boom("boom")

    async def raises_when_closed(ws: Actor) -> None:
        await ws.accept()
        await ws.close()
        raise Boom("boom")

    for handler in (raises_before_accept, raises_while_open, raises_when_closed):
        async with stage.connect(handler) as client:
            await expect_boom(client)


@check("WS-LIFETIME-07")
async def a_cancelled_handler_goes_away(stage: Stage) -> None:
    accepted, cancelled = anyio.Event(), anyio.Event()

    async def handler(ws: Actor) -> None:
        await ws.accept()
        accepted.set()
        try:
            await ws.web_socket.receive()
        except anyio.get_cancelled_exc_class():
            cancelled.set()
            raise

    async with stage.connect(handler) as client:
        await client.accepted()
        await accepted.wait()
        client.offering(CanCancel).cancel()
        await client.receive()
        with stage.step("handler: its cancellation"):
            await cancelled.wait()
        if library() != "trio":  # there nothing can be sent without shielding
            stage.expect("client: close code", 1001, client.peer.code)


@check("WS-LIFETIME-08", needs=())
async def no_route(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()

    async with stage.connect(handler, route="/somewhere", path="/elsewhere") as client:
        handshake = await client.handshake()
        if handshake.status not in (404, 403):
            stage.fail("client: status of the handshake", "404, or 403", str(handshake.status))
        await expect_no_error(client)


@check("WS-LIFETIME-09", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CLOSE-05"))
async def the_tutorials_close_ends_well(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        while (text := await ws.receive()) is not None:
            await ws.send(f"You said: {text}")
        await ws.close()

    async with stage.connect(handler) as client:
        await client.send("hello")
        await client.expect("You said: hello")
        await client.close(1001)
        await expect_no_error(client)
