"""WS-CANCELLATION: what a cancelled call leaves behind."""

from collections.abc import Callable

import anyio

from ...errors import WebSocketClosedError, WebSocketStateError
from .._ends import Actor
from .._stage import Stage
from ..check import check
from ._cancelling import TURNS, cancel, paused


@check("WS-CANCELLATION-01")
async def a_cancelled_receive_loses_nothing(stage: Stage) -> None:
    rounds = list(enumerate(8 * list(TURNS)))  # several, for trio runs the tasks that are ready in any order
    sent = [anyio.Event() for _ in rounds]

    async def handler(ws: Actor) -> None:
        await ws.accept()
        for number, turns in rounds:
            came = await cancel(ws, turns, "receive")
            stage.expect("handler: what came before anything was sent", [], came)
            await ws.send("cancelled")
            await sent[number].wait()
            for message in (f"first {number}", f"second {number}"):
                came = await cancel(ws, turns, "receive") or [await ws.receive()]
                stage.expect("handler: what came to the cancelled receive(), or to the next", [message], came)

    async with stage.connect(handler) as client:
        for number, _ in rounds:
            await client.expect("cancelled")
            await client.send(f"first {number}")
            await client.send(f"second {number}")
            sent[number].set()


@check("WS-CANCELLATION-02")
async def a_cancelled_send_leaves_it_open(stage: Stage) -> None:
    async def script(ws: Actor, turns: int, resume: Callable[[], None]) -> None:
        await cancel(ws, turns, "send", "cancelled")
        resume()
        ws.expect_code(None)
        await ws.send("after")
        await ws.expect_receive("both ways")

    for turns in TURNS:
        async with paused(stage, turns, script) as client:
            came = await client.receive()
            stage.expect("client: receive()", "after", await client.receive() if came == "cancelled" else came)
            await client.send("both ways")


@check("WS-CANCELLATION-03", needs=("WS-HANDSHAKE-01", "WS-SEND-06", "WS-CODE-03", "WS-CODE-04"))
async def a_cancelled_close_leaves_it_closed(stage: Stage) -> None:
    async def closes(ws: Actor, turns: int, resume: Callable[[], None]) -> None:
        await cancel(ws, turns, "close", 4000)
        resume()
        ws.expect_code(4000)
        await ws.refused(WebSocketClosedError, "send", "late")

    async def refuses(ws: Actor, turns: int, resume: Callable[[], None]) -> None:
        await cancel(ws, turns, "close", 4000)
        resume()
        ws.expect_code(4000)
        await ws.refused(WebSocketStateError, "accept")

    for turns in TURNS:
        async with paused(stage, turns, closes) as client:
            await client.expect(None)
        async with paused(stage, turns, refuses, accepted=False) as client:
            await client.refused()


@check("WS-CANCELLATION-04", needs=("WS-HANDSHAKE-01", "WS-HANDSHAKE-10"))
async def a_cancelled_accept_leaves_it_open(stage: Stage) -> None:
    async def script(ws: Actor, turns: int, resume: Callable[[], None]) -> None:
        await cancel(ws, turns, "accept")
        resume()
        await ws.refused(WebSocketStateError, "accept")
        ws.expect_code(None)
        await ws.close(4000)
        ws.expect_code(4000)

    for turns in TURNS:
        async with paused(stage, turns, script, accepted=False) as client:
            await client.handshake()
