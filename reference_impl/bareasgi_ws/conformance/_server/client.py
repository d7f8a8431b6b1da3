"""The client's end: a socket, and every byte that crossed it."""

import select
import socket
import ssl
import struct
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from typing import Any, TypeAlias

from .._wire import BINARY, CLOSE, PING, PONG, TEXT, Frame, Response, frame, read_frame, read_response, server_frame
from .failure import NotMetError, NotSeenError, shortened

NO_LINGER = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)
CHUNK = 1 << 16
POLL = 0.01
"""How long is read before it is tried again whether more can be sent, in seconds."""

Pump: TypeAlias = Callable[[float], None]
"""Reads what arrives at any client, for at most so many seconds."""


class Client:
    """One connection.

    Attributes:
        sent: What was sent, with the time of each.
        received: What was received, likewise.
        frames: The frames that were read.
        ended: How the connection ended: empty while it has not.
        reads: Whether what arrives is read.
        replies: Whether a ping is answered with a pong, and a close frame with another.
    """

    def __init__(self, opened: socket.socket, deadline: float, pump: Pump) -> None:
        """Begin with an open socket."""
        self.socket = opened
        self.sent: list[tuple[float, bytes]] = []
        self.received: list[tuple[float, bytes]] = []
        self.frames: list[Frame] = []
        self.ended = ""
        self.reads = self.replies = True
        self._deadline = deadline
        self._pump = pump
        self._data = bytearray()
        self._parsed = -1
        self._taken = 0
        self._response: Response | None = None
        self._has_closed = False
        self._inflater: Any = None

    def write(self, data: bytes) -> None:
        """Send bytes as they are, and read meanwhile; where the server has gone or reads no more, as many as can be."""
        if data[:1] and data[0] == 0x80 | CLOSE:
            self._has_closed = True
        self.sent.append((time.time(), data))
        rest, end = memoryview(data), time.monotonic() + self._deadline
        with suppress(OSError, ValueError):  # a socket that was closed is not one for select
            while rest and time.monotonic() < end:
                if select.select([], [self.socket], [], 0)[1]:
                    rest = rest[self.socket.send(rest[:CHUNK]) :]
                else:
                    self._pump(POLL)

    def read(self) -> None:
        """Read what has arrived; there is something."""
        try:
            data = self.socket.recv(CHUNK)
            while isinstance(self.socket, ssl.SSLSocket) and self.socket.pending():
                data += self.socket.recv(CHUNK)
        except OSError as error:
            self.ended = "reset" if isinstance(error, ConnectionError) else type(error).__name__
            return
        if not data:
            self.ended = "closed"
            if self.replies:
                self.socket.close()
            return
        self.received.append((time.time(), data))
        self._data += data
        self._parse()

    def _parse(self) -> None:
        if self._response is None:
            return
        while found := read_frame(self._data, self._parsed):
            one, self._parsed = found
            self.frames.append(one)
            if one.opcode == PING and self.replies:
                self.write(frame(PONG, one.payload))
            elif one.opcode == CLOSE and self.replies and not self._has_closed:
                self.write(frame(CLOSE, one.payload[:2]))

    def wait(self, holds: Callable[[], bool], seconds: float | None = None) -> bool:
        """Read until something holds, the connection has ended, or the deadline is over; tell whether it holds."""
        end = time.monotonic() + (self._deadline if seconds is None else seconds)
        while not holds():
            left = end - time.monotonic()
            if left <= 0 or self.ended:
                return holds()
            self._pump(left)
        return True

    def has_come(self) -> bool:
        """Tell whether a response, a frame or the end has come."""
        return bool(self.ended or self.frames or (self.received and self._response is None))

    def try_response(self) -> Response | None:
        """Wait for the response to the handshake; None where there is none."""

        def came() -> bool:
            if self._response is None:
                with suppress(HTTPException):
                    self._response = read_response(bytes(self._data), ended=bool(self.ended))
                if self._response is not None and self._response.status == 101:
                    self._parsed = self._response.end
                    self._begin_compression(self._response)
                    self._parse()
            return self._response is not None

        if self._response is None:
            self.wait(came)
            came()
        return self._response

    def response(self) -> Response:
        """Wait for the response to the handshake."""
        found = self.try_response()
        if found is None:
            raise NotMetError("client: response to the handshake", "a response", self.said(), "wire[:5] == b'HTTP/'")
        return found

    def said(self) -> str:
        """Say how it stands where what was waited for did not come."""
        rest = bytes(self._data[max(self._parsed, 0) :])
        told = f"the connection {self.ended}" if self.ended else f"nothing within {self._deadline:g} s"
        return f"{told}, after {shortened(rest)}" if rest and self._taken == len(self.frames) else told

    def expect_status(self, status: int) -> Response:
        """Expect a response with a status."""
        shows = f"wire[9:12] == b'{status}'"
        response = self.response()
        if response.status != status:
            raise NotMetError("client: status of the response", str(status), str(response.status), shows)
        return response

    def next_frame(self, what: str = "a frame", seconds: float | None = None, shows: str = "") -> Frame | None:
        """Wait for the next frame; None where the connection ends before."""
        if not self.wait(lambda: len(self.frames) > self._taken, seconds):
            if self.ended:
                return None
            raise NotMetError("client: what comes next", what, self.said(), shows)
        self._taken += 1
        return self.frames[self._taken - 1]

    def next_message(self, what: str = "a message", shows: str = "") -> bytes | str | Frame | None:
        """Wait for the next message, or for what ends them: a close frame, or None where the connection ends."""
        parts: list[bytes] = []
        first: Frame | None = None
        while True:
            one = self.next_frame(what, shows=shows)
            if one is None or one.opcode == CLOSE:
                return one
            if one.opcode in (PING, PONG):
                continue
            first = first or one
            parts.append(one.payload)
            if one.fin:
                return self._content(first, b"".join(parts))

    def _content(self, first: Frame, content: bytes) -> bytes | str:
        if first.reserved:
            if self._inflater is None:
                raise NotMetError("client: reserved bits of a frame", "none", bin(first.reserved))
            try:
                content = self._inflater.decompress(content + b"\0\0\xff\xff")
            except zlib.error as error:
                raise NotMetError("client: what a message is compressed to", "what can be read", str(error)) from error
        try:
            return content.decode() if first.opcode == TEXT else content
        except UnicodeDecodeError as error:
            raise NotMetError("client: a text message", "UTF-8", str(error)) from error

    def _begin_compression(self, response: Response) -> None:
        if any(value.startswith(b"permessage-deflate") for value in response.values(b"sec-websocket-extensions")):
            self._inflater = zlib.decompressobj(wbits=-15)

    @property
    def is_compressed(self) -> bool:
        """Whether messages may be compressed."""
        return self._inflater is not None

    def expect_message(self, content: bytes | str) -> None:
        """Expect a message as the next one."""
        what, opcode = shortened(content), TEXT if isinstance(content, str) else BINARY
        payload = content.encode() if isinstance(content, str) else content
        shows = f"{server_frame(opcode, payload)!r} in wire" if len(payload) < 200 else ""
        actual = self.next_message(what, shows)
        if type(actual) is not type(content) or actual != content:
            told = self.said() if actual is None else shortened(actual)
            raise NotMetError("client: what comes next", what, told, shows)

    def next_close(self, what: str, shows: str) -> Frame | None:
        """Wait for the next close frame, whatever messages come before; None where the connection ends without."""
        while True:
            found = self.next_message(what, shows)
            if found is None or isinstance(found, Frame):
                return found

    def expect_close(self, *codes: int | None, step: str = "client: close frame") -> Frame:
        """Expect the next close frame to have one of these codes."""
        what = " or ".join(map(str, codes)) or "a close frame"
        shows = f"close_code(wire) in {codes!r}" if codes else "close_code(wire) != 'none'"
        actual = self.next_close(what, shows)
        if actual is None or (codes and actual.code not in codes):
            raise NotMetError(step, what, self.said() if actual is None else str(actual), shows)
        return actual

    def expect_failed(self, code: int, what: str) -> None:
        """Expect the server to fail the connection: with a close frame of a code, or without one."""
        shows = f"close_code(wire) in ({code}, 0, 'none')"
        actual = self.next_close(f"{code}, or an end", shows)
        if actual is not None and actual.code not in (code, None):
            raise NotMetError(f"client: close frame after {what}", f"{code}, or none", str(actual), shows)

    def expect_end(self, seconds: float | None = None) -> None:
        """Expect the server to close the connection."""
        if not self.wait(lambda: bool(self.ended), seconds):
            raise NotMetError("client: the TCP connection", "its end", self.said(), "is_closed")

    def require_compression(self) -> None:
        """Go on only where the server compresses messages."""
        if not self.is_compressed:
            raise NotSeenError("the server does not negotiate permessage-deflate")

    def drop(self) -> None:
        """Lose the connection: it is reset, so that nothing is sent any more."""
        self.sent.append((time.time(), b""))
        with suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        self.lose()

    def lose(self) -> None:
        """Close the socket."""
        self.ended = self.ended or "closed by the client"
        self.socket.close()
