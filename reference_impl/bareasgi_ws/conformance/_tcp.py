"""A client's connection to a server, over TCP: what crossed it, and how it ended."""

import socket
import ssl
import struct
import sys
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress

import anyio
import anyio.lowlevel
from anyio.abc import ByteStream, SocketAttribute
from anyio.streams.tls import TLSStream
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidURI
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.typing import Subprotocol
from websockets.uri import WebSocketURI, parse_uri

from ..scope import Header
from ..testing.client import Handshake
from ._wire import COMPRESSION

CONNECTION_LOST = (anyio.EndOfStream, anyio.BrokenResourceError, anyio.ClosedResourceError)
NO_LINGER = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)
PING = b"arrived"
PONG_TIMEOUT = 0.2
"""How long to wait for the pong that shows that all has arrived, in seconds: a server that has paused sends none."""


@asynccontextmanager
async def open_connection(
    url: str,
    path: str,
    subprotocols: Sequence[str],
    headers: Iterable[Header],
    ssl_context: ssl.SSLContext | None,
) -> AsyncGenerator["TCPConnection"]:
    """Connect, and send the handshake request; at the end the connection is gone, however far it was."""
    uri = parse_target(url, path)
    headers = list(headers)
    extensions = [ClientPerMessageDeflateFactory()] if COMPRESSION in headers else None
    offered = [Subprotocol(name) for name in subprotocols] or None
    protocol = ClientProtocol(uri, extensions=extensions, subprotocols=offered, max_size=None)
    request = protocol.connect()
    for name, value in headers:
        if (name, value) == COMPRESSION:
            continue  # the protocol has offered it
        request.headers[name.decode("latin-1")] = value.decode("latin-1")
    protocol.send_request(request)
    connection = TCPConnection(await _connect(uri, ssl_context), protocol)
    try:
        await connection.flush()
        yield connection
    finally:
        await connection.lose()


def parse_target(url: str, path: str) -> WebSocketURI:
    """Return the address of a path below the URL that a server listens on."""
    if not path.startswith("/"):
        raise ValueError(f"connect: expected a path that begins with '/', got {path!r}")
    try:
        uri = parse_uri(url)
    except (InvalidURI, ValueError, TypeError, AttributeError):
        uri = None
    if uri is None or uri.query:
        raise ValueError(f"connect: expected serve to give a URL such as 'ws://127.0.0.1:8000', got {url!r}")
    return parse_uri(url.rstrip("/") + path)


async def _connect(uri: WebSocketURI, ssl_context: ssl.SSLContext | None) -> ByteStream:
    """Connect to a server, by TLS where the URL says so."""
    if not uri.secure:
        return await anyio.connect_tcp(uri.host, uri.port)
    place = f"connect: wss://{uri.host}:{uri.port}"
    try:
        return await anyio.connect_tcp(
            uri.host, uri.port, tls=True, ssl_context=ssl_context, tls_standard_compatible=False
        )
    except ssl.SSLCertVerificationError as error:
        told = "the system" if ssl_context is None else "the ssl_context"
        raise ConnectionError(f"{place}: {told} does not trust its certificate: {error.verify_message}") from error
    except (ssl.SSLError, *CONNECTION_LOST) as error:
        raise ConnectionError(f"{place}: expected a server that speaks TLS: {error or type(error).__name__}") from error


class TCPConnection:
    """One connection.

    Attributes:
        handshake: The response to the handshake request, once it came.
        code: The close code that this end saw, once it did.
        hint: What the end may come of, where it came instead of any response.
        reason: The close reason that this end saw, once it did.
        responded: Set when the response came, or will not come.
    """

    def __init__(self, stream: ByteStream, protocol: ClientProtocol) -> None:
        """Begin with the handshake request, which waits in the protocol."""
        self.handshake: Handshake | None = None
        self.code: int | None = None
        self.reason: str | None = None
        self.responded = anyio.Event()
        self._messages = deque[bytes | str]()
        self._has_come = anyio.Event()
        self._stream = stream
        self._protocol = protocol
        self._writing = anyio.Lock()
        self._ponged = anyio.Event()
        self._pong: bytes | None = None
        self._reading = anyio.Event()
        self._reading.set()
        self._has_sent = False
        self.hint = ""
        self._is_text = False
        self._fragments: list[bytes] = []

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self._protocol.state is State.OPEN and self.code is None

    @property
    def fault(self) -> str:
        """What the server did against the protocol; empty where it did nothing."""
        error = self._protocol.parser_exc or self._protocol.handshake_exc
        if error is None or isinstance(error.__cause__ or error, EOFError):
            return ""
        return f"{error}: {error.__cause__}" if error.__cause__ else str(error)

    async def read(self) -> None:
        """Take what arrives until nothing more can, so that pings and closes are answered whatever the kit does."""
        try:
            while True:
                data = await self._stream.receive()
                await self._reading.wait()
                self._protocol.receive_data(data)
                self._take()
                await self.flush()
        except CONNECTION_LOST:
            if not (self.responded.is_set() or self.fault or isinstance(self._stream, TLSStream)):
                self.hint = ": where the server speaks TLS, its URL begins with wss://"
            self._protocol.receive_eof()
            self._take()
            await self.flush()

    async def send(self, content: bytes | str) -> None:
        """Send a message."""
        self._has_sent = True
        if isinstance(content, str):
            self._protocol.send_text(content.encode())
        else:
            self._protocol.send_binary(content)
        await self.flush()

    async def receive(self) -> bytes | str | None:
        """Wait for the server's next message; None once there is no other. Cancelled, it takes none."""
        await anyio.lowlevel.checkpoint()
        while not self._messages and self.code is None:
            if self._has_come.is_set():
                self._has_come = anyio.Event()
            await self._has_come.wait()
        return self._messages.popleft() if self._messages else None

    async def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._has_sent = True
        async with self._writing:
            with suppress(*CONNECTION_LOST, OSError):
                await self._stream.send(data)

    async def ping(self, payload: bytes) -> bytes | None:
        """Send a ping, and wait for the next pong; return what that carries, or None where the connection ends."""
        self._ponged, self._pong = anyio.Event(), None
        self._protocol.send_ping(payload)
        await self.flush()
        await self._ponged.wait()
        return self._pong

    def stall(self) -> Callable[[], None]:
        """Take nothing more that arrives; return what ends that."""
        self._reading = anyio.Event()
        return self._reading.set

    async def close(self, code: int | None, reason: str) -> None:
        """Begin to close, or abandon the handshake."""
        if not self.responded.is_set():
            await self.drop()
        elif self.is_open:
            self._protocol.send_close(code, reason)
            await self.flush()

    async def drop(self) -> None:
        """Lose the connection, but nothing that was sent: it is reset unless the server may still have to read."""
        if await self._has_arrived():
            with suppress(OSError):  # it is closed already
                raw = self._stream.extra(SocketAttribute.raw_socket)
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        await self.lose()

    async def lose(self) -> None:
        """Close the TCP connection."""
        self._reading.set()
        await self._stream.aclose()
        self._end(CloseCode.ABNORMAL_CLOSURE, "")

    async def flush(self) -> None:
        """Write what the protocol has to send; where the connection is lost, ``read`` finds out."""
        async with self._writing:
            with suppress(*CONNECTION_LOST, OSError):  # trio lets the OSError of a half-close through
                for data in self._protocol.data_to_send():
                    await (self._stream.send(data) if data else self._end_sending())

    async def _end_sending(self) -> None:
        if isinstance(self._stream, TLSStream):  # it has no half of its own to end
            await self._stream.aclose()
        else:
            await self._stream.send_eof()

    async def _has_arrived(self) -> bool:
        """Tell whether the server has read what was sent: then it answers a ping."""
        if not (self.is_open and self._has_sent):
            return True
        with anyio.move_on_after(PONG_TIMEOUT):
            return await self.ping(PING) == PING
        return False

    def _take(self) -> None:
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                self._take_response(event)
            elif isinstance(event, Frame):
                self._take_frame(event)
        if self._protocol.parser_exc or self._protocol.handshake_exc:
            self._end(CloseCode.ABNORMAL_CLOSURE, "")  # RFC 6455 section 7.1.5: there was no close frame

    def _take_response(self, response: Response) -> None:
        if response.status_code == 101 and self._protocol.handshake_exc is not None:
            return
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.raw_items()]
        self.handshake = Handshake(
            response.status_code, headers, self._protocol.subprotocol, bytes(response.body or b"")
        )
        self.responded.set()

    def _take_frame(self, frame: Frame) -> None:
        match frame.opcode:
            case Opcode.PONG:
                self._pong = bytes(frame.data)
                self._ponged.set()
            case Opcode.CLOSE:
                assert self._protocol.close_rcvd is not None
                self._end(self._protocol.close_rcvd.code, self._protocol.close_rcvd.reason)
            case Opcode.TEXT | Opcode.BINARY | Opcode.CONT:
                self._take_fragment(frame)
            case _:
                pass

    def _take_fragment(self, frame: Frame) -> None:
        if frame.opcode is not Opcode.CONT:
            self._is_text = frame.opcode is Opcode.TEXT
        self._fragments.append(bytes(frame.data))
        if not frame.fin:
            return
        content, self._fragments = b"".join(self._fragments), []
        try:
            message = content.decode() if self._is_text else content
        except UnicodeDecodeError as error:
            self._protocol.parser_exc = error
            self._protocol.fail(CloseCode.INVALID_DATA, "a text that is not UTF-8")
            return
        if self.code is None:
            self._messages.append(message)
            self._has_come.set()

    def _end(self, code: int, reason: str) -> None:
        if self.code is None:
            self.code, self.reason = int(code), reason
        self.responded.set()
        self._has_come.set()
        self._ponged.set()
