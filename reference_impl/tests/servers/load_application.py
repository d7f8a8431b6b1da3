"""What a server is given to serve under load: an echo on the reference, and by HTTP what is left of it."""

import gc
import json
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

import anyio

from bareasgi_ws import Application, WebSocketClosedError, messages
from bareasgi_ws.backends.asgi import serve

IDLE_TIMEOUT = 20.0
"""How long ``/idle`` waits for the last handler's end, in seconds."""


class RunningHandlers:
    """Counts the handlers that run."""

    def __init__(self) -> None:
        self.running = 0
        self.ended = anyio.Event()

    @contextmanager
    def counted(self) -> Generator[None]:
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
            self.ended.set()
            self.ended = anyio.Event()

    async def echo(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        with self.counted(), suppress(WebSocketClosedError):  # it may go in the middle
            await web_socket.accept()
            async for message in messages(web_socket):
                await web_socket.send(message)

    async def idle(self, timeout: float = IDLE_TIMEOUT) -> int:
        """Wait until none runs; give how many still do."""
        with anyio.move_on_after(timeout):
            while self.running:
                await self.ended.wait()
        return self.running


running_handlers: list[RunningHandlers] = []


async def application(scope: Any, receive: Any, send: Any) -> None:
    if not running_handlers:
        running_handlers.append(RunningHandlers())  # in the event loop, which anyio's Event asks for
    if scope["type"] == "lifespan":
        await Application()(scope, receive, send)
    elif scope["type"] == "http":
        running = await running_handlers[0].idle()
        gc.collect()
        body = json.dumps({"running": running, "objects": len(gc.get_objects())}).encode()
        length = (b"content-length", b"%d" % len(body))
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": body})
    else:
        await serve(running_handlers[0].echo, scope, receive, send)
