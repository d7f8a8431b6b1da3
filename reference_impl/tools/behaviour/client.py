"""The client of each row: a raw socket, so that it sees each frame, and can send what no client may."""

import asyncio
import json
import struct
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from urllib.parse import quote

from bareasgi_ws._command.servers.process import ServerProcess

from .rows import Row

TIMEOUT = 9.0
"""How long a server may be silent before it is said to stay so, in seconds; longer than the application's."""

NO_MASK = b"\0\0\0\0"
CLOSE = 8
FRAMES = {
    "close 1001": b"\x88\x85" + NO_MASK + b"\x03\xe9why",
    "close": b"\x88\x80" + NO_MASK,
    "invalid": b"\x81\x81" + NO_MASK + b"\xff",
    "unmasked": b"\x81\x01x",
    "large": b"\x81\xff" + struct.pack("!Q", 20 << 20) + NO_MASK + b"x" * (20 << 20),
    "send, drop": b"\x81\x86" + NO_MASK + b"queued",
    "empty messages": b"\x81\x80" + NO_MASK + b"\x82\x80" + NO_MASK,
}
"""What a client sends for a row's ``end``, in frames."""


class Outcome(NamedTuple):
    """What came of a row.

    Attributes:
        client: What the client saw.
        handler: What the application noted.
    """

    client: str
    handler: str


async def run_row(row: Row, address: str, name: str) -> Outcome:
    """Try a row."""
    unique = quote(name)
    async with _connect(address) as (reader, writer):
        target = f"/reference?name={unique}&do={quote(row.steps)}"
        writer.write(_request(target, "Connection: Upgrade\r\nUpgrade: websocket\r\n"))
        try:
            async with asyncio.timeout(TIMEOUT):
                seen = ", ".join([part async for part in _client_log(row, reader, writer, address, unique)])
        except TimeoutError:
            seen = "no response"
        handler_notes = await _request_json(address, f"/said?name={unique}")
    return Outcome(seen, ", ".join(handler_notes))


async def run_until_stopped(server: ServerProcess) -> str:
    """Have a handler wait in receive, ask the server to stop, and tell what the client saw."""
    async with _connect(server.address) as (reader, writer):
        target = f"/reference?name=stop&do={quote('accept receive')}"
        writer.write(_request(target, "Connection: Upgrade\r\nUpgrade: websocket\r\n"))
        await _read_response(reader)
        server.ask_to_stop()
        try:
            async with asyncio.timeout(TIMEOUT):
                return ", ".join([frame async for frame in _frames(reader)])
        except TimeoutError:
            return "no response"


async def _client_log(
    row: Row, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str, unique: str
) -> AsyncIterator[str]:
    if row.end == "abandon":
        await _request_json(address, f"/began?name={unique}")
        writer.transport.abort()
    else:
        try:
            status, headers, body = await _read_response(reader)
        except (EOFError, ConnectionError):
            yield "no HTTP response"
            return
        if status != 101:
            yield f"{status} {body.decode()!r}" if status == 401 else str(status)
            return
        for name in ("x-one", "sec-websocket-protocol"):
            if name in headers:
                yield f"{name}: {headers[name]}"
        if row.end == "stall":
            return
        writer.write(FRAMES.get(row.end, b""))
        if "drop" in row.end:
            await writer.drain()
            writer.transport.abort()
    if "gone" in row.steps:
        await _request_json(address, f"/go_on?name={unique}")
    elif not writer.transport.is_closing():
        async for frame in _frames(reader):
            yield frame
        if row.end != "mute":
            writer.write(FRAMES["close"])
            if row.end == "large":  # most of it has not gone out
                writer.transport.abort()
            writer.close()


async def _read_response(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    body = b"" if status.split()[1] == "101" else await _body(reader, headers)
    return int(status.split()[1]), headers, body


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    return body


async def _frames(reader: asyncio.StreamReader) -> AsyncIterator[str]:
    """Yield what arrives, until the first close frame or the end of the connection."""
    while True:
        try:
            first, length = await reader.readexactly(2)
            if length > 125:
                length = int.from_bytes(await reader.readexactly(2))
            payload = await reader.readexactly(length)
        except (EOFError, ConnectionError):
            yield "TCP dropped"
            return
        if first & 0x0F == CLOSE:
            yield _close(payload)
            return
        yield repr(payload) if first & 0x0F == 2 else repr(payload.decode())


def _close(payload: bytes) -> str:
    if not payload:
        return "close without a code"
    code, reason = int.from_bytes(payload[:2]), payload[2:].decode()
    shown = f" {reason!r}" if len(reason) < 20 else f" with {len(reason)} bytes of reason"
    return f"close {code}{shown if reason else ''}"


def _request(target: str, headers: str = "Connection: close\r\n") -> bytes:
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    return f"GET {target} HTTP/1.1\r\nHost: server\r\n{headers}{key if 'Upgrade' in headers else ''}\r\n".encode()


async def _request_json(address: str, target: str) -> list[str]:
    async with _connect(address) as (reader, writer):
        writer.write(_request(target))
        _, _, body = await _read_response(reader)
    notes: list[str] = json.loads(body)
    return notes


@asynccontextmanager
async def _connect(address: str) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
