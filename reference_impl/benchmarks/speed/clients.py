"""Clients that cost as little as they can: a protocol of asyncio's that sends one frame again and again."""

import asyncio
import time
from typing import NamedTuple

from .libraries import PATH

OPENING = (
    f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
).encode()
MESSAGE = b"hello"
FRAME = bytes([0x81, 0x80 | len(MESSAGE), 0, 0, 0, 0]) + MESSAGE
"""A text message, masked with zeros (RFC 6455 section 5.2)."""
ANSWER = bytes([0x81, len(MESSAGE)]) + MESSAGE


class Sample(NamedTuple):
    """What a turn took, in seconds."""

    whole: float
    latencies: list[float]


class Client(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        """Wait to be connected."""
        self._loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[None] = self._loop.create_future()
        self._done: asyncio.Future[None] = self._loop.create_future()
        self._latencies: list[float] = []
        self._came = bytearray()
        self._left = 0
        self._sent = 0.0

    async def echo(self, messages: int, latencies: list[float]) -> None:
        """Send so many messages, each when the response to the one before has come."""
        self._left, self._latencies, self._done = messages, latencies, self._loop.create_future()
        self._send()
        await self._done

    def close(self) -> None:
        """Drop the connection."""
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the opening handshake."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(OPENING)

    def data_received(self, data: bytes) -> None:
        """Take a part of what the server answers."""
        self._came += data
        if self.opened.done():
            if len(self._came) >= len(ANSWER):
                self._answered()
        elif self._came.endswith(b"\r\n\r\n"):
            if not self._came.startswith(b"HTTP/1.1 101 "):
                raise RuntimeError(f"expected an accepted handshake, got {bytes(self._came)!r}")
            self._came.clear()
            self.opened.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail whoever waits."""
        for future in (self.opened, self._done):
            if not future.done():
                future.set_exception(exc or ConnectionResetError("the server has closed the connection"))
                future.exception()

    def _send(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(FRAME)

    def _answered(self) -> None:
        self._latencies.append(time.perf_counter() - self._sent)
        if self._came != ANSWER:
            raise RuntimeError(f"expected {ANSWER!r}, got {bytes(self._came)!r}")
        self._came.clear()
        self._left -= 1
        if self._left:
            self._send()
        else:
            self._done.set_result(None)


class Clients:
    """All clients of one server."""

    def __init__(self, clients: list[Client]) -> None:
        """Have these, which are open."""
        self._clients = clients

    @classmethod
    async def connect(cls, port: int, number: int) -> "Clients":
        """Open so many connections, one after another."""
        clients: list[Client] = []
        for _ in range(number):
            _, client = await asyncio.get_running_loop().create_connection(Client, "127.0.0.1", port)
            await client.opened
            clients.append(client)
        return cls(clients)

    async def echo(self, messages: int) -> Sample:
        """Have so many messages echoed, all clients at once."""
        latencies: list[float] = []
        each = messages // len(self._clients)
        began = time.perf_counter()
        await asyncio.gather(*(client.echo(each, latencies) for client in self._clients))
        return Sample(time.perf_counter() - began, latencies)

    def close(self) -> None:
        """Drop all connections."""
        for client in self._clients:
            client.close()
