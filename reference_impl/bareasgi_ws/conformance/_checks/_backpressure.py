"""A client that reads nothing: what the handler sends waits, and can be cancelled while it does."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias

import anyio

from ..._rules.arguments import error_line
from ...errors import WebSocketClosedError
from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
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
            self._timeout = 0.15  # there are buffers of systems to fill
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


NO_PROGRESS = 0.04
"""Where no send ends for so long, the buffers of TCP are full, in seconds."""


class Filler:
    """Sends until a send waits, where the peer cannot have the first one wait: there are systems' buffers to fill."""

    def __init__(self, ws: HandlerEnd) -> None:
        """Begin with none sent."""
        self._ws = ws
        self._sent = 0
        self._scope = anyio.CancelScope()
        self._ended = anyio.Event()

    async def send(self) -> None:
        """Send, until the buffers are full."""
        with self._scope, suppress(WebSocketClosedError):
            while self._sent < MAX_MESSAGES and not self._scope.cancel_called:
                await self._ws.web_socket.send(MEBIBYTE)
                self._sent += 1
        self._ended.set()

    async def fill(self) -> None:
        """Wait until a send waits, beside this, and cancel it; where a server lets none be cancelled, go on."""
        sent = -1
        while sent != self._sent:
            sent = self._sent
            await anyio.sleep(NO_PROGRESS)
        self._scope.cancel()
        with anyio.move_on_after(NO_PROGRESS):
            await self._ended.wait()


async def receive_after_filling(client: ClientEnd) -> bytes | str | None:
    """Receive what comes after what filled the buffers."""
    while (actual := await client.receive()) == MEBIBYTE:
        pass
    return actual


TURNS = range(6)
"""After how many turns of the event loop a call is cancelled: a call that waits more than once is met at each place."""

TURNS_OVER_A_SOCKET = (3,)
"""The same where each time the buffers of systems have to be filled, which takes long."""

CancellingHandler: TypeAlias = Callable[[HandlerEnd, int, Callable[[], None]], Awaitable[None]]
"""A handler that cancels one of its calls after so many turns, and has the client read again by calling the third."""


async def cancel_call(ws: HandlerEnd, turns: int, method: str, *arguments: Any) -> list[Any]:
    """Call a method that waits, and cancel it; return what it returned, where it was faster."""
    attempt = await cancel(ws, ANYIO, turns, method, *arguments)
    if attempt.raised is not None:
        ws.context.fail(f"handler: {method}(), to be cancelled", "no exception", error_line(attempt.raised))
    return attempt.returned


def require_waited(clients: Sequence[ClientEnd], calls: list[list[Any]]) -> None:
    """Show nothing where every call to be cancelled was over before: a peer that can pause has one wait."""
    if calls and all(calls):
        clients[-1].require(SupportsPause)


def turns_for(clients: Sequence[ClientEnd], turns: Iterable[int] = TURNS) -> Iterator[int]:
    """Return after how many turns a call is cancelled, for one client after the other: those until now tell."""
    for number in turns:
        is_slow = bool(clients) and not isinstance(clients[-1].peer, SupportsPause)
        if not is_slow or number in TURNS_OVER_A_SOCKET:
            yield number


@asynccontextmanager
async def connect_paused(
    context: CheckContext, turns: int, handler: CancellingHandler, *, accepted: bool = True
) -> AsyncGenerator[ClientEnd]:
    """Connect a client that reads nothing to a handler, whose WebSocket is accepted or is not.

    Over a socket, that fills the buffers between the two, once there is a WebSocket.
    """
    called, paused = anyio.Event(), anyio.Event()

    async def paused_handler(ws: HandlerEnd) -> None:
        if accepted:
            await ws.accept()
        called.set()
        await paused.wait()
        async with anyio.create_task_group() as tasks:
            if accepted and not isinstance(client.peer, SupportsPause):
                filler = Filler(ws)
                tasks.start_soon(filler.send)
                await filler.fill()
            try:
                await handler(ws, turns, resume)
            finally:
                resume()  # also where it shows nothing, so that the client sees the end
                tasks.cancel_scope.cancel()

    async with context.connect(paused_handler) as client:
        with context.step("client: waiting for the handler"):
            await called.wait()
        resume = await _stop_reading(client) if accepted else pause_where_possible(client)
        paused.set()
        yield client


async def _stop_reading(client: ClientEnd) -> Callable[[], None]:
    """Have the client read nothing but the response to its handshake request; return what has it read again."""
    await client.expect_accepted()
    return client.stall()


def pause_where_possible(client: ClientEnd) -> Callable[[], None]:
    """Have the client read nothing, where its peer can do that at once; return what has it read again.

    The response to a handshake waits for no client on a socket: every buffer has place for it.
    """
    if not isinstance(client.peer, SupportsPause):
        return lambda: None
    client.peer.pause()
    return client.peer.resume
