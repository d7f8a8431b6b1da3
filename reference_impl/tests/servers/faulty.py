"""A small server in the process of the test, that does one thing wrong."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from .load_application import RunningHandlers

PATIENCE = 0.3
LAST = 9
"""How many messages a client sends that sends all of them."""


class FaultyServer:
    """What the load takes for a server that runs."""

    def __init__(self, fault: str) -> None:
        self.pid = os.getpid()
        self.address = ""
        self.handlers = RunningHandlers()
        self.over = asyncio.Event()
        self._fault = fault
        self._came = 0
        self._objects = 10_000
        self._kept: list[socket.socket] = []
        self._stop: Callable[[], None]

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[None]:
        async with serve(
            self._handle,
            "127.0.0.1",
            0,
            process_request=self._answer,
            compression=None,
            max_size=None,
            close_timeout=PATIENCE,
        ) as server:
            host, port = server.sockets[0].getsockname()
            self.address, self._stop = f"{host}:{port}", server.close
            try:
                yield
            finally:
                self.over.set()
                for kept in self._kept:
                    kept.close()

    def ask_to_stop(self) -> None:
        if self._fault != "does not stop":
            self._stop()

    async def _handle(self, connection: ServerConnection) -> None:
        with self.handlers.counted():
            with suppress(ConnectionClosed):
                await ECHOES.get(self._fault, _echo)(connection)
            if self._fault == "a handler stays":
                await self.over.wait()

    async def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        if request.path == "/idle":
            self._objects += 1000 if self._fault == "keeps objects" else 0
            left = {"running": await self.handlers.idle(PATIENCE), "objects": self._objects}
            return connection.respond(200, json.dumps(left))
        self._came += 1
        if self._fault == "keeps files open":
            self._kept.append(socket.socket())
        is_rejected = self._fault == "rejects one" and self._came == 7
        return connection.respond(503, "full") if is_rejected else None


async def _echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


async def _drop_one(connection: ServerConnection) -> None:
    await connection.recv()
    await _echo(connection)


async def _double_one(connection: ServerConnection) -> None:
    await connection.send(message := await connection.recv())
    await connection.send(message)
    await _echo(connection)


async def _double_the_last(connection: ServerConnection) -> None:
    for _ in range(LAST - 1):
        await connection.send(await connection.recv())
    await _double_one(connection)


async def _swap_two(connection: ServerConnection) -> None:
    first = await connection.recv()
    await connection.send(await connection.recv())
    await connection.send(first)
    await _echo(connection)


async def _change_a_byte(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(b"\0" + message[1:] if isinstance(message, bytes) else message)


async def _change_the_kind(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message, text=False)


async def _never_answer(connection: ServerConnection) -> None:
    await connection.wait_closed()


async def _end_early(connection: ServerConnection) -> None:
    await connection.send(await connection.recv())


ECHOES: dict[str, Callable[[ServerConnection], Awaitable[None]]] = {
    "drops one": _drop_one,
    "sends one twice": _double_one,
    "sends the last twice": _double_the_last,
    "swaps two": _swap_two,
    "changes a byte": _change_a_byte,
    "changes the kind": _change_the_kind,
    "ends early": _end_early,
    "never answers": _never_answer,
}
