"""What it costs that a handler which only sends learns of its client's end: by reading ahead in every connection, or by
``until_closed`` where a handler wants it.

Run ``python reference_impl/benchmarks/client_gone.py``. It prints ratios to the reference as it is, not times: the ways
take turns, round after round in one process, and each figure is the median of the rounds. Reading ahead is tried as a
task that puts what the client sends into a queue of four, from which ``receive`` takes it.
"""

import asyncio
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Any

from bareasgi_ws import until_closed
from bareasgi_ws.backends.asgi import serve

ROUNDS = 15
MESSAGES = 2_000
CONNECTIONS = 1_000
AHEAD = 4
SCOPE = {"type": "websocket", "path": "/", "headers": [], "subprotocols": [], "asgi": {"version": "3.0"}}

Handler = Callable[[Any, Any, Any, Any], Awaitable[None]]


class ReadsAhead:
    """A web_socket that reads ahead of its handler, from accept on."""

    def __init__(self, inner: Any) -> None:
        """Stand before a web_socket of the reference's."""
        self._inner = inner
        self._arrived: asyncio.Queue[Any] = asyncio.Queue(AHEAD)
        self.accept, self.send, self.close = inner.accept, inner.send, inner.close
        self.receive = self._arrived.get

    async def read(self) -> None:
        """Read until the end."""
        while (message := await self._inner.receive()) is not None:
            await self._arrived.put(message)
        await self._arrived.put(None)


def reading_ahead(handler: Handler) -> Handler:
    """Give a handler a web_socket that reads ahead, and end the handler with its client."""

    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        ahead = ReadsAhead(web_socket)
        await web_socket.accept()
        reading = asyncio.create_task(ahead.read())
        try:
            await handler(scope, info, matches, ahead)
        finally:
            reading.cancel()

    return handled


def in_a_block(handler: Handler) -> Handler:
    """Run a handler in ``until_closed``."""

    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        async with until_closed(web_socket):
            await handler(scope, info, matches, web_socket)

    return handled


def accepting(handler: Handler) -> Handler:
    """Run a handler as it is."""

    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        await handler(scope, info, matches, web_socket)

    return handled


async def echo(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Receive and send."""
    while (message := await web_socket.receive()) is not None:
        await web_socket.send(message)


async def tick(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Send, and never receive."""
    for _ in range(MESSAGES):
        await web_socket.send("tick")


async def idle(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Wait for the client."""
    await web_socket.receive()


async def idle_without(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Wait for something else than the client."""
    await asyncio.Event().wait()


class Connection:
    """An ASGI server's end: a message comes when the one before was answered."""

    def __init__(self, messages: int) -> None:
        """Begin with the handshake request; with no messages the client says nothing, and stays."""
        self._events: asyncio.Queue[Any] = asyncio.Queue()
        self._events.put_nowait({"type": "websocket.connect"})
        self._messages, self._stays = messages, not messages
        self.receive = self._events.get

    async def send(self, event: Any) -> None:
        """Let the client say the next message."""
        await asyncio.sleep(0)
        if self._messages and event["type"] in ("websocket.accept", "websocket.send"):
            self._messages -= 1
            self._events.put_nowait({"type": "websocket.receive", "text": "hello"})
        elif event["type"] == "websocket.send" and not self._stays:
            self._events.put_nowait({"type": "websocket.disconnect", "code": 1000})


async def seconds(handler: Handler, messages: int) -> float:
    """Time a connection."""
    connection = Connection(messages)
    began = time.perf_counter()
    await serve(handler, dict(SCOPE), connection.receive, connection.send)
    return time.perf_counter() - began


async def memory(handler: Handler) -> float:
    """Measure what an idle connection holds, in bytes."""
    tracemalloc.start()
    connections = [Connection(0) for _ in range(CONNECTIONS)]
    before, _ = tracemalloc.get_traced_memory()
    tasks = [asyncio.create_task(serve(handler, dict(SCOPE), one.receive, one.send)) for one in connections]
    for _ in range(10):
        await asyncio.sleep(0)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return (after - before) / CONNECTIONS


async def ratio(way: Handler, plain: Handler, messages: int) -> float:
    """Return the median ratio of a way's time to the plain handler's, over interleaved rounds."""
    rounds = [(await seconds(way, messages), await seconds(plain, messages)) for _ in range(ROUNDS)]
    return median(one / other for one, other in rounds)


async def main() -> None:
    """Print the table."""
    print(f"{'':<16}{'echo':>8}{'ticker':>8}{'idle, receiving':>18}{'idle, not receiving':>22}")
    ways = {"as it is": accepting, "reading ahead": reading_ahead, "until_closed": in_a_block}
    for name, way in ways.items():
        block = way is in_a_block
        echoes = "" if block else f"{await ratio(way(echo), accepting(echo), MESSAGES):.2f}"
        ticks = f"{await ratio(way(tick), accepting(tick), 0):.2f}"
        receiving = "" if block else f"{await memory(way(idle)):,.0f} bytes"
        print(f"{name:<16}{echoes:>8}{ticks:>8}{receiving:>18}{await memory(way(idle_without)):>16,.0f} bytes")


if __name__ == "__main__":
    asyncio.run(main())
