"""A client that reads nothing: what the handler sends waits, and can be cancelled while it does."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import anyio
import anyio.lowlevel

from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
from ..backend import SupportsPause

A_LOT = b"\0" * 2**20
BUFFERS = 64
"""How many of them are sent at most: a server may buffer without a limit."""


class Unread:
    """A client that reads nothing, for a handler that sends until its sends wait."""

    def __init__(self) -> None:
        """Begin with a client that reads."""
        self._begun = anyio.Event()
        self._patience = 0.01

    async def begin(self, client: ClientEnd) -> None:
        """Have the client read nothing any more, once it has read the handshake's answer."""
        await client.accepted()
        if isinstance(client.peer, SupportsPause):
            client.peer.pause()
        else:
            client.stall()
            self._patience = 0.5  # there are buffers of systems to fill
        self._begun.set()

    async def fill(self, ws: HandlerEnd) -> None:
        """Send until every buffer between the two ends is full."""
        await self._begun.wait()
        for _ in range(BUFFERS):
            with anyio.move_on_after(self._patience) as waiting:
                await ws.web_socket.send(A_LOT)
            if waiting.cancelled_caught:
                return


TURNS = range(6)
"""After how many turns of the event loop a call is cancelled: a call that waits more than once is met at each place."""

CancelledCall: TypeAlias = Callable[[HandlerEnd, int, Callable[[], None]], Awaitable[None]]
"""A handler's calls: with after how many turns to cancel one, and what has the client read again."""


async def cancel(ws: HandlerEnd, turns: int, method: str, *arguments: Any) -> list[Any]:
    """Call a method that waits, and cancel it; give what it returned, where it was faster."""
    calling = anyio.Event()
    returned: list[Any] = []

    async def call() -> None:
        calling.set()
        returned.append(await ws.do(method, *arguments))

    with ws.context.step(f"handler: {method}(), to be cancelled"):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(call)
            await calling.wait()
            for _ in range(turns):
                await anyio.lowlevel.checkpoint()
            tasks.cancel_scope.cancel()
    return returned


@asynccontextmanager
async def paused(
    context: CheckContext, turns: int, body: CancelledCall, *, accepted: bool = True
) -> AsyncGenerator[ClientEnd]:
    """Connect a client that reads nothing, and run the body, on an accepted WebSocket or one that is not."""
    begun, is_paused = anyio.Event(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        if accepted:
            await ws.accept()
        begun.set()
        await is_paused.wait()
        await body(ws, turns, client.offering(SupportsPause).resume)

    async with context.connect(handler) as client:
        with context.step("client: waiting for the handler"):
            await begun.wait()
        client.offering(SupportsPause).pause()
        is_paused.set()
        yield client
