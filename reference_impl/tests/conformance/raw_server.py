"""A server that does as it is told, byte by byte, for the client's end of a URLBackend."""

from base64 import b64encode
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from hashlib import sha1
from typing import Any

import anyio
from anyio.abc import SocketAttribute, SocketStream

from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.conformance.url import URLBackend, URLPeer


class Wire:
    """The server's end of a TCP connection."""

    def __init__(self, stream: SocketStream) -> None:
        self.stream = stream
        self.request = b""
        self._unread = b""

    async def read_request(self) -> None:
        while not self.request.endswith(b"\r\n\r\n"):
            self.request += await self.stream.receive()

    async def accept(self, *headers: bytes) -> None:
        """Answer the handshake request as RFC 6455 section 4.2.2 says, with these header lines beside its own."""
        await self.read_request()
        key = self.header(b"sec-websocket-key") + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = b"Sec-WebSocket-Accept: " + b64encode(sha1(key).digest())
        lines = (b"HTTP/1.1 101 OK", b"Connection: Upgrade", b"Upgrade: websocket", accept, *headers)
        await self.stream.send(b"\r\n".join([*lines, b"", b""]))

    def header(self, name: bytes) -> bytes:
        lines = [line.partition(b":") for line in self.request.split(b"\r\n")]
        return b", ".join(value.strip() for found, _, value in lines if found.lower() == name)

    async def frame(self) -> bytes:
        """Read a short frame of the client's, and give it without its mask."""
        first, second = await self._exactly(2)
        assert second & 0x80, "a client masks its frames: RFC 6455 section 5.3"
        mask = await self._exactly(4)
        data = await self._exactly(second & 0x7F)
        return bytes([first, second & 0x7F, *(byte ^ mask[index % 4] for index, byte in enumerate(data))])

    async def ended(self) -> bool:
        """Wait for the client's end to be closed, with nothing before; tell whether it was reset."""
        try:
            raise AssertionError(f"came {await self.stream.receive()!r}")
        except anyio.EndOfStream:
            return False
        except anyio.BrokenResourceError:
            return True

    async def _exactly(self, size: int) -> bytes:
        while len(self._unread) < size:
            self._unread += await self.stream.receive()
        taken, self._unread = self._unread[:size], self._unread[size:]
        return taken


@asynccontextmanager
async def listening(play: Callable[[Wire], Any]) -> AsyncGenerator[str]:
    """A server that plays the script on each connection, and that waits for the script's end when it is stopped."""

    async def serve(stream: SocketStream) -> None:
        async with stream:
            await play(Wire(stream))

    async with anyio.create_task_group() as plays:
        listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
        async with listener, anyio.create_task_group() as tasks:
            tasks.start_soon(listener.serve, serve, plays)
            yield f"ws://127.0.0.1:{listener.extra(SocketAttribute.local_port)}"
            tasks.cancel_scope.cancel()


async def unserved(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """A handler that no server here calls."""


@asynccontextmanager
async def raw(script: Callable[[Wire], Any], *, prefix: str = "", **how: Any) -> AsyncGenerator[URLPeer]:
    """Connect to a server that plays the script, wait for the script's end, and hold the whole to a deadline."""
    played = anyio.Event()

    async def play(wire: Wire) -> None:
        await script(wire)
        played.set()

    @asynccontextmanager
    async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
        async with listening(play) as url:
            yield f"{url}{prefix}"

    with anyio.fail_after(10):
        async with URLBackend(serve, ReferenceWebSocket).connect(unserved, **how) as peer:
            yield peer
            await played.wait()
