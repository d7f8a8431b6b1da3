"""WS-SERVER-33, 34 and 36: a client that does not read, and a send that was cancelled."""

from collections.abc import Callable
from contextlib import suppress
from random import Random

import anyio

from ....errors import WebSocketClosedError
from ....scope import Header
from ..._context import CheckContext
from ..._ends import ClientEnd, HandlerEnd
from ..._wire import COMPRESSION
from .._backpressure import TURNS, cancel_call
from .._check import check

CHUNK = Random(0).randbytes(1 << 16)
"""What no compressor makes smaller."""


CHUNKS_OVER_BUFFERS = 256
"""So many are more than the buffers of TCP hold."""

BLOCKED_AFTER = 0.2
"""A send that is not done by then waits for the client, in seconds."""

TEXT = "the same text again and again, " * 8
"""What a compressor remembers."""


class ChunkSender:
    """Sends chunks, one after the other."""

    def __init__(self, ws: HandlerEnd, chunks: int) -> None:
        """Begin with none sent."""
        self._ws, self._chunks = ws, chunks
        self._sent = 0
        self._ended = anyio.Event()

    async def send(self) -> None:
        """Send them all, or as many as the client can be sent."""
        with suppress(WebSocketClosedError):
            for _ in range(self._chunks):
                await self._ws.web_socket.send(CHUNK)
                self._sent += 1
        self._ended.set()

    async def until_blocked(self) -> bool:
        """Wait until a send waits for the client, or all is sent; tell which."""
        sent = -1
        while sent != self._sent and not self._ended.is_set():
            sent = self._sent
            with anyio.move_on_after(BLOCKED_AFTER):
                await self._ended.wait()
        return not self._ended.is_set()


@check("WS-SERVER-34")
async def a_cancelled_send_leaves_whole_messages(context: CheckContext) -> None:
    for headers in (list[Header](), list[Header]([COMPRESSION])):
        async with context.connect(cancel_sends, headers=headers) as client:
            await client.expect_accepted()
            await expect_whole_messages(client, [f"after {turns} {TEXT}" for turns in TURNS])
        await expect_cancelled_behind_another(context, headers)


async def cancel_sends(ws: HandlerEnd) -> None:
    """Cancel sends, each some turns after it began, or before, and send after each."""
    await ws.accept()
    for turns in TURNS:
        with ws.context.step("handler: send(), cancelled before"), anyio.CancelScope() as scope:
            scope.cancel()
            await ws.web_socket.send(f"cancelled before {TEXT}")
        await cancel_call(ws, turns, "send", f"cancelled {turns} {TEXT}")
        await ws.send(f"after {turns} {TEXT}")


async def expect_cancelled_behind_another(context: CheckContext, headers: list[Header]) -> None:
    """Cancel a send that waits behind one which waits for the client."""
    stalled = anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await stalled.wait()
        sender = ChunkSender(ws, CHUNKS_OVER_BUFFERS)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(sender.send)
            await sender.until_blocked()
            with (
                ws.context.step("handler: send(), to be cancelled"),
                anyio.move_on_after(BLOCKED_AFTER),
                suppress(Exception),
            ):
                await ws.web_socket.send(f"cancelled {TEXT}")  # uvicorn 0.54 may raise AssertionError, and send it
            resume()
            tasks.cancel_scope.cancel()
        await ws.send(f"after {TEXT}")

    async with context.connect(handler, headers=headers) as client:
        await client.expect_accepted()
        resume: Callable[[], None] = client.stall()
        stalled.set()
        await expect_whole_messages(client, [f"after {TEXT}"])


async def expect_whole_messages(client: ClientEnd, expected: list[str]) -> None:
    """Receive these, and between them only whole messages; an end of the connection will do."""
    for message in expected:
        while (actual := await client.receive()) != message:
            if actual is None:
                return
            if actual != CHUNK and not str(actual).startswith("cancelled"):
                client.context.expect("client: receive()", message, actual)
