"""Backends that the tests of the command write into files: the reference, and what is wrong with it."""

REFERENCE = """\
from bareasgi_ws.backends.asgi import backend as reference

backend = reference
"""

# Around the reference's web_socket is one whose `receive` can be anything.
AROUND = """\
import os
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import Peer


class Socket:
    def __init__(self, inner: WebSocket) -> None:
        self.inner = inner

    async def accept(self, subprotocol: str | None = None, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        await self.inner.accept(subprotocol, headers)

    async def send(self, content: bytes | str) -> None:
        await self.inner.send(content)

    async def close(self, code: int = 1000) -> None:
        await self.inner.close(code)

    @property
    def code(self) -> int | None:
        return self.inner.code

    async def receive(self) -> bytes | str | None:
        content = await self.inner.receive()
        {fault}
        return content


class Around:
    socket_type = Socket

    @asynccontextmanager
    async def connect(self, handler: Any, **how: Any) -> AsyncGenerator[Peer]:
        async def around(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
            await handler(scope, info, matches, Socket(web_socket))

        async with reference.connect(around, **how) as peer:
            yield peer


backend = Around()
"""


def around(fault: str) -> str:
    return AROUND.replace("{fault}", fault)


EMPTY_IS_THE_END = around("content = content or None")
BLOCKS = around('time.sleep(3600 if content == b"" else 0)')
ENDS_THE_PROCESS = around('content == b"" and os._exit(7)')
PRINTS = "print('imported')\n" + around("print('received')")
