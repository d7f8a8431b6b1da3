"""Messages and connections on asyncio, where each message wakes the event loop up, and what an idle connection holds.

quart can be measured so alone: it receives in a task of its own.
"""

import asyncio
import tracemalloc
from typing import Any

from .in_memory import Event, collected, fresh_scope, now
from .libraries import Application

MESSAGES = 500
CONNECTIONS = 100
IDLE = 2_000


class Client:
    """A server's end on asyncio: the client sends its next message when it has the response to the one before."""

    def __init__(self, messages: int) -> None:
        """Send so many messages, and leave; with none below zero, stay without a word."""
        self.scope = fresh_scope()
        self.content: Event = {"text": "hello"}
        self._left = messages
        self._loop = asyncio.get_running_loop()
        self._events: list[Event] = [{"type": "websocket.connect"}]
        self._waiting: asyncio.Future[None] | None = None
        self.began = self.ended = 0.0

    async def receive(self) -> Event:
        """Return the next event."""
        if not self._events:
            self._waiting = self._loop.create_future()
            await self._waiting
        return self._events.pop()

    async def send(self, event: Event) -> None:
        """Have the client say what it has to say next, when the loop comes to it."""
        kind = event["type"]
        if kind == "websocket.accept":
            self.began = now()
        if kind == "websocket.close" or not self._left:
            self.ended = now()
            self._loop.call_soon(self.leave)
        elif self._left > 0:
            self._left -= 1
            self._loop.call_soon(self._say, {"type": "websocket.receive", **self.content})

    def leave(self) -> None:
        """Have the client close."""
        self._say({"type": "websocket.disconnect", "code": 1000})

    def _say(self, event: Event) -> None:
        self._events.append(event)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


async def seconds_a_message(application: Application) -> float:
    """Time an echo."""
    client = Client(MESSAGES)
    with collected():
        await application(client.scope, client.receive, client.send)
    return (client.ended - client.began) / MESSAGES


async def seconds_a_connection(application: Application) -> float:
    """Time a connection without a message, which its client closes, in a task of its own."""
    clients = [Client(0) for _ in range(CONNECTIONS)]
    with collected():
        began = now()
        for client in clients:
            await asyncio.create_task(_serve(application, client))
        return (now() - began) / CONNECTIONS


async def idle_bytes(application: Application) -> float:
    """Measure what a connection holds whose handler waits for the client's first message."""
    await _held(application, IDLE // 10)
    return await _held(application, IDLE)


async def _held(application: Application, number: int) -> float:
    clients = [Client(-1) for _ in range(number)]
    with collected():
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        tasks = [asyncio.create_task(_serve(application, client)) for client in clients]
        for _ in range(10):
            await asyncio.sleep(0)
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    if any(task.done() for task in tasks):
        raise RuntimeError("an application did not wait for its client")
    for client in clients:
        client.leave()
    await asyncio.wait(tasks)
    return (after - before) / number


async def _serve(application: Application, client: Any) -> None:
    await application(client.scope, client.receive, client.send)
