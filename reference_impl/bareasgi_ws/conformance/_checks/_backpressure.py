"""A client that reads nothing: what the handler sends waits, and can be cancelled while it does."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias

import anyio

from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
from .._steps import error_line
from ..backend import SupportsPause
from ._cancelling import ANYIO, cancel

MEBIBYTE = b"\0" * 2**20
MAX_MESSAGES = 64
"""How many of them are sent at most: a server may buffer without a limit."""


class StalledClient:
    """A client that reads nothing, for a handler that sends until its sends wait."""

    def __init__(self) -> None:
        """Begin with a client that reads."""
        self._stalled, self._sent = anyio.Event(), anyio.Event()
        self._timeout = 0.01

    async def stall(self, client: ClientEnd) -> None:
        """Have the client read nothing any more, once it has read the response to its handshake request."""
        await client.expect_accepted()
        if isinstance(client.peer, SupportsPause):
            client.peer.pause()
        else:
            client.stall()
            self._timeout = 0.5  # there are buffers of systems to fill
        self._stalled.set()

    async def fill_buffers(self, ws: HandlerEnd) -> None:
        """Send until every buffer between the two ends is full."""
        await self._stalled.wait()
        for _ in range(MAX_MESSAGES):
            with anyio.move_on_after(self._timeout) as scope:
                await ws.web_socket.send(MEBIBYTE)
            if scope.cancelled_caught:
                return

    async def send_until_lost(self, ws: HandlerEnd) -> None:
        """Send until the client has gone, however that is told.

        No send is cancelled, for hypercorn 0.18 on trio lets none be that waits for its client.
        """
        await self._stalled.wait()
        with suppress(Exception):
            for _ in range(MAX_MESSAGES):
                await ws.web_socket.send(MEBIBYTE)
                self._sent.set()

    async def until_a_send_waits(self) -> None:
        """Wait until no further send has returned for a while."""
        has_waited = False
        while not has_waited:
            self._sent = anyio.Event()
            with anyio.move_on_after(self._timeout) as scope:
                await self._sent.wait()
            has_waited = scope.cancelled_caught


TURNS = range(6)
"""After how many turns of the event loop a call is cancelled: a call that waits more than once is met at each place."""

CancellingHandler: TypeAlias = Callable[[HandlerEnd, int, Callable[[], None]], Awaitable[None]]
"""A handler that cancels one of its calls after so many turns, and has the client read again by calling the third."""


async def cancel_call(ws: HandlerEnd, turns: int, method: str, *arguments: Any) -> list[Any]:
    """Call a method that waits, and cancel it; return what it returned, where it was faster."""
    attempt = await cancel(ws, ANYIO, turns, method, *arguments)
    if attempt.raised is not None:
        ws.context.fail(f"handler: {method}(), to be cancelled", "no exception", error_line(attempt.raised))
    return attempt.returned


@asynccontextmanager
async def connect_paused(
    context: CheckContext, turns: int, handler: CancellingHandler, *, accepted: bool = True
) -> AsyncGenerator[ClientEnd]:
    """Connect a client that reads nothing to a handler, whose WebSocket is accepted or is not."""
    called, paused = anyio.Event(), anyio.Event()

    async def paused_handler(ws: HandlerEnd) -> None:
        if accepted:
            await ws.accept()
        called.set()
        await paused.wait()
        await handler(ws, turns, client.require(SupportsPause).resume)

    async with context.connect(paused_handler) as client:
        with context.step("client: waiting for the handler"):
            await called.wait()
        client.require(SupportsPause).pause()
        paused.set()
        yield client
