"""WS-CLOSE: closing, and refusing the handshake."""

import anyio

from ..._spec.close_code import CloseCode
from ..._spec.errors import WebSocketClosedError
from .._ends import Actor
from .._stage import Stage
from ..backend import CanPause
from ..check import check


async def closes(stage: Stage, code: int, *arguments: object) -> None:
    """Show that the client sees this code."""

    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.close(*arguments)

    async with stage.connect(handler) as client:
        await client.expect_close(code)


async def refuses_to_close(stage: Stage, error: type[Exception], *codes: object) -> None:
    """Show that close refuses each of these, before accept and after, and sends nothing: a message still arrives."""

    async def handler(ws: Actor) -> None:
        for code in codes:
            await ws.refused(error, "close", code)
        await ws.accept()
        for code in codes:
            await ws.refused(error, "close", code)
        await ws.send("open")

    async with stage.connect(handler) as client:
        await client.expect("open")


@check("WS-CLOSE-01")
async def the_code_arrives(stage: Stage) -> None:
    await closes(stage, 1000)
    for code in (1000, 3000, 4000, 4999):
        await closes(stage, code, code)
    await closes(stage, 3003, CloseCode.FORBIDDEN)


@check("WS-CLOSE-02")
async def registered_codes_arrive(stage: Stage) -> None:
    for code in (1001, 1003, 1008, 1011):
        await closes(stage, code, code)


@check("WS-CLOSE-03")
async def close_before_accept_refuses_the_handshake(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.close()

    async with stage.connect(handler) as client:
        handshake = await client.handshake()
        stage.expect("client: status of the handshake", 403, handshake.status)


@check("WS-CLOSE-04", needs=("WS-HANDSHAKE-01", "WS-CLOSE-01"))
async def a_second_close_does_nothing(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        for code in (4000, 4001, 1000, 1005, 0, None):
            await ws.close(code)

    async with stage.connect(handler) as client:
        await client.expect_close(4000)


@check("WS-CLOSE-05", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05"))
async def close_after_the_clients_close_does_nothing(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        for code in (1000, 4000, 1005, None):
            await ws.close(code)

    async with stage.connect(handler) as client:
        await client.accepted()
        await client.close(1000)


@check("WS-CLOSE-06")
async def close_finds_the_client_gone(stage: Stage) -> None:
    gone = anyio.Event()

    async def handler(ws: Actor) -> None:
        await ws.accept()
        await gone.wait()
        await ws.close()

    async with stage.connect(handler) as client:
        await client.accepted()
        await client.drop()
        gone.set()


@check("WS-CLOSE-07")
async def codes_that_are_never_sent_are_refused(stage: Stage) -> None:
    await refuses_to_close(stage, ValueError, 1004, 1005, 1006, 1015, CloseCode.NO_STATUS_RCVD)


@check("WS-CLOSE-08")
async def codes_outside_the_ranges_are_refused(stage: Stage) -> None:
    await refuses_to_close(stage, ValueError, -1, 0, 999, 1016, 2000, 2999, 5000, 65536 + 1000)


@check("WS-CLOSE-09")
async def codes_that_are_no_int_are_refused(stage: Stage) -> None:
    await refuses_to_close(stage, TypeError, True, None, "1000", 1000.0, b"1000")


@check("WS-CLOSE-10", needs=("WS-HANDSHAKE-01", "WS-CLOSE-07"))
async def a_refused_close_changes_nothing(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.refused(ValueError, "close", 1005)
        ws.expect_code(None)
        await ws.accept()
        await ws.send("open")

    async with stage.connect(handler) as client:
        await client.accepted()
        await client.expect("open")


@check("WS-CLOSE-11")
async def closed_before_anything_is_awaited(stage: Stage) -> None:
    accepted, paused, closing = anyio.Event(), anyio.Event(), anyio.Event()

    async def close(ws: Actor) -> None:
        closing.set()
        await ws.close(4000)

    async def handler(ws: Actor) -> None:
        await ws.accept()
        accepted.set()
        await paused.wait()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(close, ws)
            await closing.wait()
            ws.expect_code(4000)
            await ws.refused(WebSocketClosedError, "send", "late")
            client.offering(CanPause).resume()

    async with stage.connect(handler) as client:
        await accepted.wait()
        client.offering(CanPause).pause()
        paused.set()
        await client.expect_close(4000)
