"""One client: a socket of its own, and the protocol of the library websockets without its input and output."""

import asyncio
import socket
import struct
from collections.abc import Sequence

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri

Message = bytes | str

NO_LINGER = struct.pack("ii", 1, 0)
HALF_A_FRAME = b"\x82\xfd"
"""The beginning of a binary frame."""


class WrongError(Exception):
    """What came is not what is to come."""


class EndedError(WrongError):
    """The connection has ended."""


class Client(asyncio.Protocol):
    """One client.

    Attributes:
        ended: Set once the TCP connection has ended.
        closed: Whether a close frame of the server's came.
    """

    transport: asyncio.Transport

    def __init__(self, address: str) -> None:
        """Begin; the handshake request waits until ``open``."""
        self.ended = asyncio.Event()
        self.closed = False
        self._protocol = ClientProtocol(parse_uri(f"ws://{address}/echo"), max_size=None)
        self._protocol.send_request(self._protocol.connect())
        self._arrived: asyncio.Queue[Message | None] = asyncio.Queue()
        self._opened = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()
        self._fragments: list[Frame] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                self._opened.set()
            elif isinstance(event, Frame):
                self._take(event)
        self._flush()

    def pause_writing(self) -> None:
        """Have sends wait."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Let sends go on."""
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._writable.set()
        self._opened.set()
        self._arrived.put_nowait(None)
        self.ended.set()

    async def open(self) -> None:
        """Complete the handshake."""
        self._flush()
        await self._opened.wait()
        if self._protocol.state is not State.OPEN:
            raise WrongError(f"the handshake was not completed: {self._protocol.handshake_exc}")

    def begin_to_open(self) -> None:
        """Send the beginning of the handshake request, and no more."""
        self.transport.write(self._protocol.data_to_send()[0][:40])

    async def send(self, message: Message) -> None:
        """Send a message."""
        self.write([message])
        await self._writable.wait()

    def write(self, messages: Sequence[Message]) -> None:
        """Send messages, and do not wait."""
        if self._protocol.state is not State.OPEN or self.ended.is_set():
            raise EndedError("the connection has ended")
        for message in messages:
            if isinstance(message, str):
                self._protocol.send_text(message.encode())
            else:
                self._protocol.send_binary(message)
        self._flush()

    async def echo(self, messages: Sequence[Message]) -> None:
        """Send messages at once, and have them come back."""
        for message in messages:
            await self.send(message)
        for message in messages:
            actual = await self._arrived.get()
            if actual is None:
                raise EndedError("the connection has ended, and an echo is missing")
            if actual != message:  # text is never equal to bytes
                raise WrongError(f"expected {_shown(message)}, got {_shown(actual)}")

    async def close(self, code: int) -> None:
        """Close with a code, and wait for the end; nothing comes before that."""
        self._protocol.send_close(code)
        self._flush()
        actual = await self._arrived.get()
        if actual is not None or not self.closed:
            raise WrongError(f"expected a close frame, got {_shown(actual)}")

    def send_half_a_frame(self) -> None:
        """Begin a frame that never ends."""
        self.transport.write(HALF_A_FRAME)

    def drop(self) -> None:
        """Reset the TCP connection."""
        raw = self.transport.get_extra_info("socket")
        if raw is not None and raw.fileno() >= 0:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        self.transport.abort()

    def _take(self, frame: Frame) -> None:
        if frame.opcode is Opcode.CLOSE:
            self.closed = True
            self._arrived.put_nowait(None)
        elif frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            self._fragments.append(frame)
            if frame.fin:
                data = b"".join(bytes(part.data) for part in self._fragments)
                is_text = self._fragments[0].opcode is Opcode.TEXT
                self._fragments.clear()
                self._arrived.put_nowait(data.decode() if is_text else data)

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data and not self.transport.is_closing():
                self.transport.write(data)


async def connected(address: str) -> Client:
    """Connect by TCP, and no more."""
    host, _, port = address.partition(":")
    _, client = await asyncio.get_running_loop().create_connection(lambda: Client(address), host, int(port))
    return client


def _shown(message: Message | None) -> str:
    if message is None:
        return "an end"
    return f"{message[:20]!r} of the length {len(message)}, as {type(message).__name__}"
