"""Frames and handshakes as they are on the wire. Pure: no I/O."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha1
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from typing import Any, NamedTuple

from ..scope import Header

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FIN, MASK, COMPRESSED = 0x80, 0x80, 0x40

COMPRESSION: Header = (b"sec-websocket-extensions", b"permessage-deflate")
"""The header of a handshake that asks for it (RFC 7692 section 7)."""

MASKING_KEY = b"\x5a\xc3\x0f\x96"
"""Any: every byte of it changes what it masks."""

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
ACCEPTED_KEY = b64encode(sha1(KEY + GUID).digest())
"""What the key is answered with (RFC 6455 section 4.2.2)."""


def masked(payload: bytes) -> bytes:
    """Mask a payload, or take the mask off (RFC 6455 section 5.3)."""
    size = len(payload)
    key = int.from_bytes((MASKING_KEY * (size // 4 + 1))[:size])
    return (int.from_bytes(payload) ^ key).to_bytes(size)


def head(opcode: int, length: int, *, fin: bool = True, reserved: int = 0, mask: int = 0) -> bytes:
    """Write what a frame begins with, in the shortest form (RFC 6455 section 5.2)."""
    first = (FIN if fin else 0) | reserved | opcode
    if length <= 125:
        return bytes([first, mask | length])
    if length <= 0xFFFF:
        return bytes([first, mask | 126]) + length.to_bytes(2)
    return bytes([first, mask | 127]) + length.to_bytes(8)


def frame(opcode: int, payload: bytes, *, fin: bool = True, reserved: int = 0) -> bytes:
    """Write a client's frame."""
    return head(opcode, len(payload), fin=fin, reserved=reserved, mask=MASK) + MASKING_KEY + masked(payload)


def server_frame(opcode: int, payload: bytes) -> bytes:
    """Write a server's frame, as a server that does not split it has to."""
    return head(opcode, len(payload)) + payload


def message(content: bytes | str) -> bytes:
    """Write a client's message in one frame."""
    return frame(TEXT, content.encode()) if isinstance(content, str) else frame(BINARY, content)


def close_frame(code: int | None = 1000, reason: str = "") -> bytes:
    """Write a client's close frame."""
    return frame(CLOSE, b"" if code is None else code.to_bytes(2) + reason.encode())


def fragments(opcode: int, *payloads: bytes) -> list[bytes]:
    """Write a message as a frame for each of these (RFC 6455 section 5.4)."""
    last = len(payloads) - 1
    return [
        frame(CONTINUATION if place else opcode, payload, fin=place == last) for place, payload in enumerate(payloads)
    ]


def split_text(text: str) -> list[bytes]:
    """Return the bytes of a text one by one, so that each of its characters is split."""
    return [bytes([byte]) for byte in text.encode()]


def handshake(path: str, host: str, headers: Sequence[Header] = (), **own: bytes | None) -> bytes:
    """Write a handshake request.

    Args:
        path: Its target.
        host: The host.
        headers: The headers that it has beside its own.
        own: Its own headers, where they are others, by name with _ for -; None leaves one out.
    """
    required: dict[str, bytes | None] = {
        "host": host.encode(),
        "upgrade": b"websocket",
        "connection": b"Upgrade",
        "sec_websocket_key": KEY,
        "sec_websocket_version": b"13",
    }
    lines = [
        (name.title().replace("_", "-").encode(), value)
        for name, value in (required | own).items()
        if value is not None
    ]
    return b"".join(
        [b"GET %s HTTP/1.1\r\n" % path.encode(), *(b"%s: %s\r\n" % line for line in [*lines, *headers]), b"\r\n"]
    )


class Frame(NamedTuple):
    """A frame of the server's.

    Attributes:
        opcode: Its opcode.
        payload: What it carries.
        fin: Whether it is the last of its message.
        reserved: Its reserved bits.
        is_masked: Whether it is masked.
        is_shortest: Whether its length is written in the shortest form.
    """

    opcode: int
    payload: bytes
    fin: bool
    reserved: int
    is_masked: bool
    is_shortest: bool

    @property
    def code(self) -> int | None:
        """The code of a close frame; None where it has none."""
        return int.from_bytes(self.payload[:2]) if self.payload else None

    @property
    def reason(self) -> bytes:
        """The reason of a close frame."""
        return self.payload[2:]

    def __str__(self) -> str:
        """Say what it is."""
        names = {
            CONTINUATION: "continuation",
            TEXT: "text",
            BINARY: "binary",
            CLOSE: "close",
            PING: "ping",
            PONG: "pong",
        }
        name = names.get(self.opcode, f"opcode {self.opcode}")
        if self.opcode == CLOSE:
            return f"a close frame with {self.code or 'no code'}" + (f" and {self.reason!r}" if self.reason else "")
        payload = repr(self.payload) if len(self.payload) <= 60 else f"{len(self.payload)} bytes"
        return f"a {name} frame of {payload}"


def read_frame(data: bytes | bytearray, start: int) -> tuple[Frame, int] | None:
    """Read a frame of the server's, and where it ends; None where it is not whole."""
    if len(data) < start + 2:
        return None
    first, second = data[start], data[start + 1]
    extended = {126: 2, 127: 8}.get(second & 0x7F, 0)
    begins = start + 2 + extended
    length = int.from_bytes(data[start + 2 : begins]) if extended else second & 0x7F
    is_masked = bool(second & MASK)
    begins += 4 * is_masked
    if len(data) < begins + length:
        return None
    shortest = len(head(0, length)) == 2 + extended
    payload = bytes(data[begins : begins + length])
    return Frame(first & 0x0F, payload, bool(first & FIN), first & 0x70, is_masked, shortest), begins + length


class Response(NamedTuple):
    """The response to a handshake request.

    Attributes:
        status: Its status.
        headers: Its headers, the names in lower case.
        body: Its body.
        end: Where it ends in what was received.
    """

    status: int
    headers: list[Header]
    body: bytes
    end: int

    def values(self, name: bytes) -> list[bytes]:
        """Return the values of a header."""
        return [value for one, value in self.headers if one == name]


class _Received:
    """What http.client reads from."""

    def __init__(self, data: bytes) -> None:
        """Hold what was received."""
        self.file = BytesIO(data)

    def makefile(self, mode: str) -> BytesIO:
        """Return it as a file."""
        return self.file


def read_response(data: bytes, *, ended: bool) -> Response | None:
    """Read a response; None where it is not whole.

    Raises:
        HTTPException: What was received is no response.
    """
    if b"\r\n\r\n" not in data:
        if ended and data:
            raise HTTPException("a response that is not whole")
        return None
    received: Any = _Received(data)
    response = HTTPResponse(received, method="GET")
    response.begin()
    raw = data[: data.index(b"\r\n\r\n")].split(b"\r\n")[1:]
    headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(b":") for line in raw)]
    lengths = [value for name, value in headers if name in (b"content-length", b"transfer-encoding")]
    if response.status == 101:
        return Response(101, headers, b"", data.index(b"\r\n\r\n") + 4)
    if not (lengths or ended):
        return None  # its body ends with the connection
    try:
        body = response.read()
    except HTTPException:
        if ended:
            raise
        return None
    return Response(response.status, headers, body, len(data))
