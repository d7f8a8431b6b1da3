"""A small WebSocket server of its own on asyncio, frames and all, below the reference's application.

Each step is a method of Connection, so that a fault is a subclass with one method.
"""

import asyncio
import base64
import hashlib
import inspect
import struct
from collections import deque
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote

from bareasgi_ws import Application
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws.conformance import URLBackend

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CLOSE_TIMEOUT = 0.2
LOGGER = "wire"


class Failed(Exception):
    """The client broke the protocol."""


class Connection:
    """One connection of a client's."""

    def __init__(self, app: Any, reader: Any, writer: Any) -> None:
        self.app, self.reader, self.writer = app, reader, writer
        self.events: deque[Any] = deque([{"type": "websocket.connect"}])
        self.arrived = asyncio.Event()
        self.state = "connecting"
        self.parts: list[bytes] = []
        self.kind = 0
        self.sent_close = self.lost = False
        self.closed = asyncio.Event()
        self.data = b""

    # The handshake

    async def read_head(self) -> bytes:
        return await self.reader.readuntil(b"\r\n\r\n")

    def scope(self, head: bytes) -> dict[str, Any]:
        first, *lines = head[:-4].split(b"\r\n")
        target = first.split(b" ")[1]
        raw, _, query = target.partition(b"?")
        headers = [(n.strip().lower(), v.strip()) for n, _, v in (line.partition(b":") for line in lines)]
        return {
            "type": "websocket", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1",
            "scheme": "ws", "path": unquote(raw.decode("latin-1")), "raw_path": raw, "query_string": query,
            "root_path": "", "headers": headers, "client": tuple(self.writer.get_extra_info("peername")[:2]),
            "server": tuple(self.writer.get_extra_info("sockname")[:2]), "subprotocols": self.offered(headers),
            "extensions": {"websocket.http.response": {}},
        }  # fmt: skip

    def offered(self, headers: Any) -> list[str]:
        values = [v.decode("latin-1") for n, v in headers if n == b"sec-websocket-protocol"]
        return [one.strip() for value in values for one in value.split(",") if one.strip()]

    async def run(self) -> None:
        try:
            scope = self.scope(await self.read_head())
        except (asyncio.IncompleteReadError, ConnectionError, IndexError, ValueError):
            self.writer.close()
            return
        self.key = dict(scope["headers"]).get(b"sec-websocket-key", b"")
        reading = asyncio.ensure_future(self.read())
        try:
            await self.app(scope, self.receive, self.send)
        except Exception:
            import logging

            logging.getLogger(LOGGER).exception("handler")
            if self.state == "connecting":
                await self.respond(500, [], b"Internal Server Error")
        finally:
            await self.finish(reading)

    async def finish(self, reading: Any) -> None:
        if self.sent_close and not self.lost:
            try:
                await asyncio.wait_for(self.closed.wait(), CLOSE_TIMEOUT)
            except asyncio.TimeoutError:
                pass
        reading.cancel()
        if self.sent_close and not self.closed.is_set():
            self.writer.transport.abort()
        self.writer.close()

    async def respond(self, status: int, headers: Any, body: bytes = b"", length: bool = True) -> None:
        self.state = "rejected"
        names = [n for n, _ in headers]
        headers = [*headers, *([] if b"content-length" in names else [(b"content-length", b"%d" % len(body))]), (b"connection", b"close")]
        await self.write(b"HTTP/1.1 %d Rejected\r\n" % status + b"".join(b"%s: %s\r\n" % h for h in headers) + b"\r\n" + body)
        self.report(1006)

    async def accept(self, event: Any) -> None:
        self.state = "open"
        accept = base64.b64encode(hashlib.sha1(self.key + GUID).digest())
        headers = [(b"upgrade", b"websocket"), (b"connection", b"Upgrade"), (b"sec-websocket-accept", accept)]
        if event.get("subprotocol"):
            headers.append((b"sec-websocket-protocol", event["subprotocol"].encode()))
        headers += event.get("headers") or []
        await self.write(b"HTTP/1.1 101 Switching Protocols\r\n" + b"".join(b"%s: %s\r\n" % h for h in headers) + b"\r\n")

    # What the application calls

    async def receive(self) -> Any:
        while not self.events:
            self.arrived.clear()
            await self.arrived.wait()
        return self.events.popleft()

    async def send(self, event: Any) -> None:
        kind = event["type"]
        if self.lost or self.state in ("closed", "rejected"):
            raise ConnectionResetError("the client has gone")
        if kind == "websocket.accept":
            await self.accept(event)
        elif kind == "websocket.close" and self.state == "connecting":
            await self.respond(403, [])
        elif kind == "websocket.http.response.start":
            self.start = event
        elif kind == "websocket.http.response.body":
            await self.respond(self.start["status"], self.start["headers"], event.get("body", b""))
        elif kind == "websocket.send":
            text = event.get("text")
            await self.send_message(TEXT if text is not None else BINARY, event["bytes"] if text is None else text.encode())
        else:
            self.state = "closed"
            await self.send_close(event.get("code", 1000), event.get("reason") or "")

    async def send_message(self, kind: int, payload: bytes) -> None:
        await self.write(self.frame(kind, payload))

    async def send_close(self, code: int, reason: str) -> None:
        self.sent_close = True
        await self.write(self.frame(CLOSE, self.close_payload(code, reason)))

    def close_payload(self, code: int, reason: str) -> bytes:
        return code.to_bytes(2, "big") + reason.encode()

    def frame(self, kind: int, payload: bytes, fin: bool = True) -> bytes:
        head = bytes([(0x80 if fin else 0) | kind])
        return head + self.length(len(payload)) + payload

    def length(self, size: int) -> bytes:
        if size < 126:
            return bytes([size])
        return bytes([126]) + struct.pack(">H", size) if size < 65536 else bytes([127]) + struct.pack(">Q", size)

    async def write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    # What the client sends

    def put(self, event: Any) -> None:
        self.events.append(event)
        self.arrived.set()

    def report(self, code: Any, reason: str = "") -> None:
        if not self.lost:
            self.lost = True
            self.put({"type": "websocket.disconnect", "code": code, "reason": reason})
            self.closed.set()

    async def read(self) -> None:
        try:
            while not self.closed.is_set():
                await self.read_frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            self.report(self.lost_code())
        except Failed as error:
            await self.fail(error.args[0])

    async def fail(self, code: int) -> None:
        if not self.sent_close:
            self.sent_close = True
            self.writer.write(self.frame(CLOSE, self.close_payload(code, "")))
        self.report(code)

    def lost_code(self) -> int:
        return 1006

    async def exactly(self, size: int) -> bytes:
        return await self.reader.readexactly(size) if size else b""

    async def read_frame(self) -> None:
        first, second = await self.exactly(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", await self.exactly(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", await self.exactly(8))
        if not second & 0x80:
            self.no_mask()
        mask = await self.exactly(4) if second & 0x80 else b"\0" * 4
        if size > 16 * 1024 * 1024:
            raise Failed(1009)
        payload = self.unmask(await self.exactly(size), mask)
        if first & 0x70:
            self.reserved_bits()
        await self.take(first & 0x0F, bool(first & 0x80), payload)

    def reserved_bits(self) -> None:
        raise Failed(1002)

    def no_mask(self) -> None:
        raise Failed(1002)

    def unmask(self, payload: bytes, mask: bytes) -> bytes:
        size = len(payload)
        key = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        return (int.from_bytes(payload, "big") ^ key).to_bytes(size, "big")

    async def take(self, kind: int, fin: bool, payload: bytes) -> None:
        if kind >= 8:
            if not fin or len(payload) > 125 or kind > PONG:
                raise Failed(1002)
            await self.take_control(kind, payload)
            return
        if (kind == 0) != bool(self.kind):
            raise Failed(1002)
        if kind not in (0, TEXT, BINARY):
            raise Failed(1002)
        await self.take_data(kind, fin, payload)

    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        self.kind = kind or self.kind
        self.parts.append(payload)
        if fin:
            whole, kind, self.parts, self.kind = b"".join(self.parts), self.kind, [], 0
            self.message(kind, whole)

    def message(self, kind: int, payload: bytes) -> None:
        if self.sent_close:
            return
        if kind == TEXT:
            self.put({"type": "websocket.receive", "text": self.decode(payload)})
        else:
            self.put({"type": "websocket.receive", "bytes": payload})

    def decode(self, payload: bytes) -> str:
        try:
            return payload.decode()
        except UnicodeDecodeError:
            raise Failed(1007) from None

    async def take_control(self, kind: int, payload: bytes) -> None:
        if kind == PING:
            await self.take_ping(payload)
        elif kind == CLOSE:
            await self.take_close(payload)

    async def take_ping(self, payload: bytes) -> None:
        self.writer.write(self.frame(PONG, payload))

    async def take_close(self, payload: bytes) -> None:
        code, reason = (int.from_bytes(payload[:2], "big"), payload[2:].decode()) if payload else (1005, "")
        await self.answer_close(payload)
        self.report(self.reported(code), reason)

    async def answer_close(self, payload: bytes) -> None:
        if not self.sent_close:
            self.sent_close = True
            self.writer.write(self.frame(CLOSE, payload[:2]))

    def reported(self, code: int) -> Any:
        return code


def url_backend(kind: type[Connection] = Connection) -> URLBackend:
    @asynccontextmanager
    async def serve(handler: Any, /, *, route: str, content: Any, info: Any) -> Any:
        app = Application[Any](info=info, close_timeout=CLOSE_TIMEOUT)
        app.ws_router.add(route, handler, content=content)
        running: set[Any] = set()

        async def connected(reader: Any, writer: Any) -> None:
            task = asyncio.current_task()
            running.add(task)
            try:
                await kind(app, reader, writer).run()
            except (ConnectionError, asyncio.CancelledError):
                pass  # a CancelledError that nobody asked for is the handler's; it is logged by the application
            finally:
                running.discard(task)
                writer.close()

        server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=2**16)
        try:
            yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            if running:
                await asyncio.wait(list(running), timeout=3)
        finally:
            server.close()
            for task in list(running):
                task.cancel()

    more = {"own_server": True} if "own_server" in inspect.signature(URLBackend.__init__).parameters else {}
    return URLBackend(serve, DenyingWebSocket, logger=LOGGER, close_timeout=0.5, **more)
