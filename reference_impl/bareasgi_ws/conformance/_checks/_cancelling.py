"""Cancelling a call that waits, since the client reads nothing."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import anyio
import anyio.lowlevel

from .._ends import Actor, Client
from .._stage import Stage
from ..backend import CanPause

TURNS = range(6)
"""After how many turns of the event loop a call is cancelled: a call that waits more than once is met at each place."""

Script: TypeAlias = Callable[[Actor, int, Callable[[], None]], Awaitable[None]]
"""A script for a client that reads nothing: told after how many turns to cancel, and what has the client read again."""


async def cancel(ws: Actor, turns: int, method: str, *arguments: Any) -> list[Any]:
    """Call a method that waits, and cancel it; give what it returned, where it was faster."""
    calling = anyio.Event()
    returned: list[Any] = []

    async def call() -> None:
        calling.set()
        returned.append(await ws.do(method, *arguments))

    with ws.stage.step(f"handler: {method}(), to be cancelled"):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(call)
            await calling.wait()
            for _ in range(turns):
                await anyio.lowlevel.checkpoint()
            tasks.cancel_scope.cancel()
    return returned


@asynccontextmanager
async def paused(stage: Stage, turns: int, script: Script, *, accepted: bool = True) -> AsyncGenerator[Client]:
    """Connect a client that reads nothing, and play the script, on an accepted WebSocket or one that is not."""
    begun, is_paused = anyio.Event(), anyio.Event()

    async def handler(ws: Actor) -> None:
        if accepted:
            await ws.accept()
        begun.set()
        await is_paused.wait()
        await script(ws, turns, client.offering(CanPause).resume)

    async with stage.connect(handler) as client:
        with stage.step("client: waiting for the handler"):
            await begun.wait()
        client.offering(CanPause).pause()
        is_paused.set()
        yield client
