"""Handlers for clients that read nothing, or go without a word, and by HTTP how each ended."""

import json
from collections import defaultdict
from typing import Any

import anyio

from bareasgi_ws import Application, Outbox, WebSocket, messages, until_closed

CHUNK = b"\0" * 2**20
ENOUGH = 100
"""More chunks than the buffers of any two ends hold; daphne 4.2 holds all."""

PATIENCE = 0.3
"""A send that takes longer waits for the client, in seconds."""


class Ends:
    """What became of each handler, by its path."""

    def __init__(self) -> None:
        self.saw: defaultdict[str, list[Any]] = defaultdict(list)
        self._ended: defaultdict[str, anyio.Event] = defaultdict(anyio.Event)

    def end(self, path: str) -> None:
        self._ended[path].set()

    async def of(self, path: str) -> list[Any] | None:
        """Wait for an end, and tell what the handler saw; None where it does not end."""
        with anyio.move_on_after(15):
            await self._ended[path].wait()
            return self.saw[path]
        return None


ends: list[Ends] = []


async def fill(web_socket: WebSocket) -> None:
    """Send until a send waits for the client."""
    for _ in range(ENOUGH):
        with anyio.move_on_after(PATIENCE) as patience:
            await web_socket.send(CHUNK)
        if patience.cancelled_caught:
            return


async def returns(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    await fill(web_socket)


async def raises(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    await fill(web_socket)
    raise LookupError("of the handler")


async def closes(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Close from a task, beside the handler's own receive."""
    await web_socket.accept()
    await fill(web_socket)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(web_socket.close, 1013)
        ends[0].saw["/closes"] += [await web_socket.receive(), web_socket.code]


async def floods(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Put more into an outbox than the client takes."""
    await web_socket.accept()
    async with Outbox(web_socket, limit=8, code=1008) as outbox:
        for _ in range(ENOUGH):
            outbox.put(CHUNK)
            await anyio.sleep(0.001)  # as messages come, one after the other
        async for _ in messages(web_socket):
            pass
    ends[0].saw["/floods"].append(web_socket.code)


async def ticks(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Send, and never receive."""
    await web_socket.accept()
    async with until_closed(web_socket) as unread:
        while True:
            await web_socket.send("tick")
            await anyio.sleep(0.05)
    ends[0].saw["/ticks"] += unread


async def echo(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    async for message in messages(web_socket):
        await web_socket.send(message)


async def report(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await Application()(scope, receive, send)
        return
    body = json.dumps(await ends[0].of(scope["path"])).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


reference: Application[Any] = Application(http=report, close_timeout=0.5)
for handler in (returns, raises, closes, floods, ticks, echo):
    reference.ws_router.add(f"/{handler.__name__}", handler)


async def application(scope: Any, receive: Any, send: Any) -> None:
    if not ends:
        ends.append(Ends())  # in the event loop, which anyio's Event asks for
    try:
        await reference(scope, receive, send)
    finally:
        if scope["type"] == "websocket":
            ends[0].end(scope["path"])
