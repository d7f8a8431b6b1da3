"""WS-CANCELLATION: what a cancelled call leaves behind."""

from typing import Any

import anyio

from ..._spec.errors import WebSocketClosedError, WebSocketStateError
from .._ends import Actor
from .._stage import Stage
from ..backend import CanPause
from ..check import check


async def cancel(ws: Actor, method: str, *arguments: Any) -> list[Any]:
    """Call a method that waits, and cancel it; give what it returned, where it was faster."""
    calling = anyio.Event()
    returned: list[Any] = []

    async def call() -> None:
        calling.set()
        returned.append(await getattr(ws.web_socket, method)(*arguments))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(call)
        await calling.wait()
        tasks.cancel_scope.cancel()
    return returned


@check("WS-CANCELLATION-01")
async def a_cancelled_receive_loses_nothing(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        for number in range(3):
            await cancel(ws, "receive")
            await ws.send("cancelled")
            await ws.expect_receive(f"first {number}")
            came = await cancel(ws, "receive") or [await ws.receive()]
            stage.expect("handler: the message after the cancelled one", [f"second {number}"], came)

    async with stage.connect(handler) as client:
        for number in range(3):
            await client.expect("cancelled")
            await client.send(f"first {number}")
            await client.send(f"second {number}")


@check("WS-CANCELLATION-02")
async def a_cancelled_send_leaves_it_open(stage: Stage) -> None:
    accepted, paused = anyio.Event(), anyio.Event()

    async def handler(ws: Actor) -> None:
        await ws.accept()
        accepted.set()
        await paused.wait()
        await cancel(ws, "send", "cancelled")
        client.offering(CanPause).resume()
        ws.expect_code(None)
        await ws.send("after")

    async with stage.connect(handler) as client:
        await accepted.wait()
        client.offering(CanPause).pause()
        paused.set()
        if await client.receive() != "after":
            await client.expect("after")


@check("WS-CANCELLATION-03", needs=("WS-HANDSHAKE-01", "WS-CODE-03"))
async def a_cancelled_close_leaves_it_closed(stage: Stage) -> None:
    accepted, paused = anyio.Event(), anyio.Event()

    async def handler(ws: Actor) -> None:
        await ws.accept()
        accepted.set()
        await paused.wait()
        await cancel(ws, "close", 4000)
        client.offering(CanPause).resume()
        ws.expect_code(4000)
        await ws.refused(WebSocketClosedError, "send", "late")

    async with stage.connect(handler) as client:
        await accepted.wait()
        client.offering(CanPause).pause()
        paused.set()


@check("WS-CANCELLATION-04", needs=("WS-HANDSHAKE-01", "WS-HANDSHAKE-10"))
async def a_cancelled_accept_leaves_it_open(stage: Stage) -> None:
    paused = anyio.Event()

    async def handler(ws: Actor) -> None:
        await paused.wait()
        await cancel(ws, "accept")
        client.offering(CanPause).resume()
        await ws.refused(WebSocketStateError, "accept")
        ws.expect_code(None)

    async with stage.connect(handler) as client:
        client.offering(CanPause).pause()
        paused.set()
