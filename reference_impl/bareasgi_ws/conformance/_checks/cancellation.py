"""WS-CANCELLATION: what a cancelled call leaves behind."""

from collections.abc import Callable
from typing import Any

import anyio

from ...errors import WebSocketClosedError, WebSocketStateError
from .._context import CheckContext
from .._ends import HandlerEnd
from ._backpressure import TURNS, cancel_call, connect_paused, receive_after_filling, require_waited
from ._check import check

CANCELLED = "cancelled " * 2**17
"""So long that its send waits, also where a short one is buffered once more."""


@check("WS-CANCELLATION-01")
async def a_cancelled_receive_loses_nothing(context: CheckContext) -> None:
    rounds = list(enumerate(8 * list(TURNS)))  # several, for trio runs the tasks that are ready in any order
    sent = [anyio.Event() for _ in rounds]

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for number, turns in rounds:
            actual = await cancel_call(ws, turns, "receive")
            context.expect("handler: what came before anything was sent", [], actual)
            await ws.send("cancelled")
            await sent[number].wait()
            for message in (f"first {number}", f"second {number}"):
                actual = await cancel_call(ws, turns, "receive") or [await ws.receive()]
                context.expect("handler: what came to the cancelled receive(), or to the next", [message], actual)

    async with context.connect(handler) as client:
        for number, _ in rounds:
            await client.expect("cancelled")
            await client.send(f"first {number}")
            await client.send(f"second {number}")
            sent[number].set()


@check("WS-CANCELLATION-02")
async def a_cancelled_send_leaves_it_open(context: CheckContext) -> None:
    calls: list[list[Any]] = []

    async def handler(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        calls.append(await cancel_call(ws, turns, "send", CANCELLED))
        resume()
        ws.expect_code(None)
        await ws.send("after")
        await ws.expect_receive("both ways")

    for turns in TURNS:
        async with connect_paused(context, turns, handler) as client:
            actual = await receive_after_filling(client)
            context.expect(
                "client: receive()", "after", await receive_after_filling(client) if actual == CANCELLED else actual
            )
            await client.send("both ways")
    require_waited(client, calls)


@check("WS-CANCELLATION-03", needs=("WS-HANDSHAKE-01", "WS-SEND-06", "WS-CODE-03", "WS-CODE-04"))
async def a_cancelled_close_leaves_it_closed(context: CheckContext) -> None:
    calls: list[list[Any]] = []

    async def closes(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        calls.append(await cancel_call(ws, turns, "close", 4000))
        resume()
        ws.expect_code(4000)
        await ws.raises(WebSocketClosedError, "send", "late")

    async def rejects(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        await cancel_call(ws, turns, "close", 4000)
        resume()
        ws.expect_code(4000)
        await ws.raises(WebSocketStateError, "accept")

    for turns in TURNS:
        async with connect_paused(context, turns, closes) as client:
            context.expect("client: receive()", None, await receive_after_filling(client))
        async with connect_paused(context, turns, rejects, accepted=False) as client:
            await client.expect_rejected()
    require_waited(client, calls)


@check("WS-CANCELLATION-04", needs=("WS-HANDSHAKE-01", "WS-HANDSHAKE-10"))
async def a_cancelled_accept_leaves_it_open(context: CheckContext) -> None:
    calls: list[list[Any]] = []

    async def handler(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        calls.append(await cancel_call(ws, turns, "accept"))
        resume()
        await ws.raises(WebSocketStateError, "accept")
        ws.expect_code(None)
        await ws.close(4000)
        ws.expect_code(4000)

    for turns in TURNS:
        async with connect_paused(context, turns, handler, accepted=False) as client:
            if (await client.handshake()).status == 101:
                await client.receive()  # so that both do not close at once, for which there is WS-SERVER-30
    require_waited(client, calls)
