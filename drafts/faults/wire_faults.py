"""FAULTS of backends that are their own server: what is wrong on the wire."""

import asyncio
import struct
from typing import Any

from wire_server import BINARY, CLOSE, GUID, PING, PONG, TEXT, Connection, Failed, url_backend  # noqa: F401

FAULTS: dict[str, Any] = {}
SAYS: dict[str, str] = {}
CONTROLS: dict[str, Any] = {"control-wire": url_backend()}


def wire(name: str, says: str) -> Any:
    def register(kind: Any) -> Any:
        FAULTS["wire-" + name], SAYS["wire-" + name] = url_backend(kind), says
        return kind

    return register


# Messages of the client's


@wire("read-is-a-message", "each TCP read is taken for one message: what comes in two reads is two (WS-RECEIVE-02; issue 15.8)")
class ReadIsMessage(Connection):
    async def read_frame(self) -> None:
        first, second = await self.exactly(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", await self.exactly(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", await self.exactly(8))
        if not second & 0x80:
            self.no_mask()
        mask = await self.exactly(4)
        if first & 0x0F not in (TEXT, BINARY) or not first & 0x80:
            await self.take(first & 0x0F, bool(first & 0x80), self.unmask(await self.exactly(size), mask))
            return
        done = 0
        while True:
            part = await self.reader.read(size - done) if size else b""
            if size and not part:
                raise ConnectionError
            shift = done % 4
            plain = self.unmask(part, mask[shift:] + mask[:shift])
            done += len(part)
            self.message(first & 0x0F, plain)
            if done >= size:
                return

    def decode(self, payload: bytes) -> str:
        return payload.decode("utf-8", "replace")


@wire("fragments-apart", "each fragment is received as a message (WS-RECEIVE-02, RFC 6455 5.4; issue 15.8)")
class FragmentsApart(Connection):
    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        self.kind = kind or self.kind
        kind = self.kind
        self.kind = 0 if fin else kind
        self.message(kind, payload)

    def decode(self, payload: bytes) -> str:
        return payload.decode("utf-8", "replace")


@wire("last-fragment-alone", "of a fragmented message the last fragment is received (WS-RECEIVE-02; issue 15.8)")
class LastFragment(Connection):
    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        self.parts.clear()
        await super().take_data(kind, fin, payload)


@wire("empty-last-fragment-lost", "a message whose last fragment is empty is not received (WS-RECEIVE-02; issue 15.8)")
class EmptyLast(Connection):
    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        if fin and self.parts and not payload:
            self.parts, self.kind = [], 0
            return
        await super().take_data(kind, fin, payload)


@wire("fragments-decoded-apart", "each fragment of text is decoded by itself: a character on the edge is U+FFFD (WS-RECEIVE-02; issue 15.3)")
class DecodedApart(Connection):
    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        if (kind or self.kind) == TEXT and not (fin and kind):
            payload = payload.decode("utf-8", "replace").encode()
        await super().take_data(kind, fin, payload)


@wire("fragments-validated-apart", "a fragment of text that ends within a character fails the connection with 1007 (WS-RECEIVE-02; issue 15.3)")
class ValidatedApart(Connection):
    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        if (kind or self.kind) == TEXT:
            self.decode(payload)
        await super().take_data(kind, fin, payload)


@wire("ping-resets-a-message", "a ping between fragments throws away those before it (RFC 6455 5.4; issue 15.8)")
class PingResets(Connection):
    async def take_ping(self, payload: bytes) -> None:
        self.parts.clear()
        await super().take_ping(payload)


@wire("ping-in-a-message-joins-it", "what a ping between fragments carries becomes part of the message (RFC 6455 5.4; issue 15.8)")
class PingJoins(Connection):
    async def take_ping(self, payload: bytes) -> None:
        if self.kind:
            self.parts.append(payload)
        await super().take_ping(payload)


@wire("ping-in-a-message-fails", "a ping between fragments fails the connection with 1002 (RFC 6455 5.4)")
class PingFails(Connection):
    async def take_ping(self, payload: bytes) -> None:
        if self.kind:
            raise Failed(1002)
        await super().take_ping(payload)


@wire("mask-per-read", "the mask begins anew with each TCP read of 4 KiB that is no multiple of four: long messages are garbled (WS-RECEIVE-02; issue 15.3)")
class MaskPerRead(Connection):
    def unmask(self, payload: bytes, mask: bytes) -> bytes:
        step = 4097
        parts = [payload[i : i + step] for i in range(0, len(payload), step)]
        return b"".join(super(MaskPerRead, self).unmask(part, mask) for part in parts)

    def decode(self, payload: bytes) -> str:
        return payload.decode("utf-8", "replace")


@wire("fragments-of-all-connections", "the fragments wait in a list of the module: those of two clients mix (WS-RECEIVE-02; issue 15.1)")
class OneBuffer(Connection):
    shared: list[bytes] = []

    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        self.kind = kind or self.kind
        self.shared.append(payload)
        if fin:
            whole, kind, self.kind = b"".join(self.shared), self.kind, 0
            self.shared.clear()
            self.message(kind, whole)


@wire("limit-64-kib", "a message of over 64 KiB fails the connection with 1009: the limit of a StreamReader (WS-RECEIVE-02; issue 15.3)")
class Limit64(Connection):
    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        if sum(map(len, self.parts)) + len(payload) > 65536:
            raise Failed(1009)
        await super().take_data(kind, fin, payload)


@wire("many-fragments-fail", "a message of more than 64 fragments fails the connection with 1009 (WS-RECEIVE-02; issue 15.3: 1 MiB in fragments)")
class ManyFragments(Connection):
    async def take_data(self, kind: int, fin: bool, payload: bytes) -> None:
        if len(self.parts) > 64:
            raise Failed(1009)
        await super().take_data(kind, fin, payload)


@wire("length-127-signed", "the length of a message of 64 KiB and more is read from its last two bytes (WS-RECEIVE-02; issue 15.3)")
class Length16(Connection):
    async def exactly(self, size: int) -> bytes:
        data = await super().exactly(size)
        return b"\0" * 6 + data[6:] if size == 8 else data


@wire("queue-of-1000", "while nobody receives, messages beyond 1,000 are dropped (WS-RECEIVE-02; issue 15.3)")
class Queue1000(Connection):
    def put(self, event: Any) -> None:
        if len(self.events) < 1000 or event["type"] != "websocket.receive":
            super().put(event)


@wire("message-before-close-lost", "messages in the same TCP segment as a close frame are lost: the close empties the queue (WS-RECEIVE-05)")
class CloseEmpties(Connection):
    def report(self, code: Any, reason: str = "") -> None:
        if not self.lost and self.state == "open":
            self.events.clear()
        super().report(code, reason)


@wire("messages-before-a-loss-lost", "messages that nobody has received are lost with the connection (WS-RECEIVE-08, 05; WS-SERVER-14)")
class LossEmpties(Connection):
    def lost_code(self) -> int:
        self.events.clear()
        return 1006


@wire("text-replaced", "text that is not UTF-8 is received with U+FFFD (WS-SERVER-25, RFC 6455 8.1)")
class TextReplaced(Connection):
    def decode(self, payload: bytes) -> str:
        return payload.decode("utf-8", "replace")


@wire("text-surrogates", "text with surrogates in its UTF-8 is received as str with surrogates, which send rejects (WS-SERVER-25)")
class TextSurrogates(Connection):
    def decode(self, payload: bytes) -> str:
        try:
            return payload.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise Failed(1007) from None


@wire("unmasked-taken", "a frame without a mask is received (WS-SERVER-24)")
class UnmaskedTaken(Connection):
    def no_mask(self) -> None:
        pass


@wire("continuation-alone-taken", "a continuation frame that continues nothing is received as binary (RFC 6455 5.4)")
class ContinuationAlone(Connection):
    async def take(self, kind: int, fin: bool, payload: bytes) -> None:
        await super().take(BINARY if kind == 0 and not self.kind else kind, fin, payload)


@wire("new-message-in-a-message-taken", "a text frame within a fragmented message is joined to it, where the connection must fail (RFC 6455 5.4)")
class NewInMessage(Connection):
    async def take(self, kind: int, fin: bool, payload: bytes) -> None:
        await super().take(0 if kind in (1, 2) and self.kind else kind, fin, payload)


@wire("unknown-opcodes-skipped", "a frame with a reserved opcode is skipped, where the connection must fail (RFC 6455 5.2)")
class UnknownSkipped(Connection):
    async def take(self, kind: int, fin: bool, payload: bytes) -> None:
        if kind in (0, 1, 2, 8, 9, 10):
            await super().take(kind, fin, payload)


@wire("reserved-bits-ignored", "a frame with a reserved bit is received, where the connection must fail (RFC 6455 5.2)")
class ReservedBits(Connection):
    def reserved_bits(self) -> None:
        pass


@wire("long-pings-answered", "a ping of over 125 bytes is answered, where the connection must fail (RFC 6455 5.5)")
class LongPings(Connection):
    async def take(self, kind: int, fin: bool, payload: bytes) -> None:
        if kind == PING and fin:
            await self.take_ping(payload)
        else:
            await super().take(kind, fin, payload)


# Pings


@wire("no-pong", "a ping is not answered (RFC 6455 5.5.2; issue 15.8)")
class NoPong(Connection):
    async def take_ping(self, payload: bytes) -> None:
        pass


@wire("empty-pong", "a ping is answered without what it carried (RFC 6455 5.5.3; issue 15.8)")
class EmptyPong(Connection):
    async def take_ping(self, payload: bytes) -> None:
        await super().take_ping(b"")


@wire("pong-as-text", "what a ping carries comes back decoded and encoded: bytes that are not UTF-8 are '?' (RFC 6455 5.5.3)")
class PongText(Connection):
    async def take_ping(self, payload: bytes) -> None:
        await super().take_ping(payload.decode("ascii", "replace").encode("ascii", "replace"))


@wire("pong-cut", "a pong carries 64 bytes at most (RFC 6455 5.5.3)")
class PongCut(Connection):
    async def take_ping(self, payload: bytes) -> None:
        await super().take_ping(payload[:64])


@wire("empty-ping-not-answered", "a ping that carries nothing is not answered (RFC 6455 5.5.2)")
class EmptyPing(Connection):
    async def take_ping(self, payload: bytes) -> None:
        if payload:
            await super().take_ping(payload)


@wire("pong-when-received", "a ping is answered once the handler calls receive: one that only sends is taken for dead (RFC 6455 5.5.2; issue 15.8)")
class PongLater(Connection):
    pings: Any = ()

    async def take_ping(self, payload: bytes) -> None:
        self.pings = (*self.pings, payload)
        if not self.arrived.is_set() and self.waiting:
            self._answer()

    waiting = False

    def _answer(self) -> None:
        for payload in self.pings:
            self.writer.write(self.frame(PONG, payload))
        self.pings = ()

    async def receive(self) -> Any:
        self._answer()
        self.waiting = True
        try:
            return await super().receive()
        finally:
            self.waiting = False


@wire("pong-is-a-message", "a pong that the client sends unasked is received as binary (RFC 6455 5.5.3)")
class PongMessage(Connection):
    async def take_control(self, kind: int, payload: bytes) -> None:
        if kind == PONG:
            self.message(BINARY, payload)
        await super().take_control(kind, payload)


@wire("pong-within-a-message", "a pong goes out within the frame of a long message, where that waits (RFC 6455 5.5: between fragments only)")
class PongWithin(Connection):
    async def send_message(self, kind: int, payload: bytes) -> None:
        data = self.frame(kind, payload)
        for i in range(0, len(data), 32768):
            await self.write(data[i : i + 32768])
            await asyncio.sleep(0)


# The close


@wire("close-not-answered", "the client's close frame is not answered (WS-SERVER-18, RFC 6455 5.5.1; issue 15.8)")
class CloseNotAnswered(Connection):
    async def answer_close(self, payload: bytes) -> None:
        self.sent_close = True


@wire("close-without-code-not-answered", "a close frame without a code is not answered (WS-SERVER-18)")
class CloseEmptyNotAnswered(Connection):
    async def answer_close(self, payload: bytes) -> None:
        if payload:
            await super().answer_close(payload)
        self.sent_close = True


@wire("close-answered-by-the-handler", "the client's close is answered when the handler has ended, which may be long after (RFC 6455 5.5.1, as soon as practical)")
class CloseLater(Connection):
    async def answer_close(self, payload: bytes) -> None:
        self.later = payload[:2]

    later: Any = None

    async def finish(self, reading: Any) -> None:
        if self.later is not None and not self.sent_close:
            self.sent_close = True
            self.writer.write(self.frame(CLOSE, self.later))
        await super().finish(reading)


@wire("code-always-1000", "code is 1000, whatever the client's close said (WS-CODE-05, 09; issue 15.8)")
class Code1000(Connection):
    def reported(self, code: int) -> Any:
        return 1000


@wire("own-codes-as-1005", "a client's close with 4000 to 4999 is reported as 1005 (WS-CODE-09; issue 15.8)")
class Code4000(Connection):
    def reported(self, code: int) -> Any:
        return 1005 if code >= 4000 else code


@wire("no-code-as-1000", "a close frame without a code is reported as 1000 (WS-CODE-06; issue 15.8)")
class NoCode(Connection):
    def reported(self, code: int) -> Any:
        return 1000 if code == 1005 else code


@wire("lost-as-1000", "a lost connection is reported as 1000 (WS-CODE-10; issue 15.8)")
class Lost1000(Connection):
    def lost_code(self) -> int:
        return 1000


@wire("lost-as-1011", "a lost connection is reported as 1011 (WS-CODE-10; issue 15.8)")
class Lost1011(Connection):
    def lost_code(self) -> int:
        return 1011


@wire("reset-not-noticed", "a connection that is reset, not ended, is not reported: receive waits for ever (WS-RECEIVE-08; issue 15.8)")
class ResetUnnoticed(Connection):
    async def exactly(self, size: int) -> bytes:
        try:
            return await super().exactly(size)
        except ConnectionError:
            await asyncio.Event().wait()
            raise


@wire("close-code-little-endian-over-4096", "close codes of 4096 and more go out with their bytes swapped (WS-CLOSE-01)")
class CodeSwapped(Connection):
    def close_payload(self, code: int, reason: str) -> bytes:
        return code.to_bytes(2, "little" if code >= 4096 else "big") + reason.encode()


@wire("close-reason-not-sent", "the reason of a close is not sent (WS-CAPABILITY-02)")
class NoReason(Connection):
    def close_payload(self, code: int, reason: str) -> bytes:
        return super().close_payload(code, "")


@wire("close-waits-for-ever", "a close waits for the client's close frame without a timeout (WS-CLOSE-12, WS-LIFETIME-12)")
class CloseWaits(Connection):
    async def send_close(self, code: int, reason: str) -> None:
        await super().send_close(code, reason)
        await asyncio.shield(self.closed.wait())

    async def finish(self, reading: Any) -> None:
        if self.sent_close:
            await self.closed.wait()
        await super().finish(reading)


@wire("abort-after-close", "the connection is reset right after the close frame: where the client had sent something, it never sees the code (RFC 6455 7.1.1; WS-CLOSE-01)")
class AbortAfterClose(Connection):
    async def finish(self, reading: Any) -> None:
        reading.cancel()
        await asyncio.sleep(0.01)
        self.writer.transport.abort()


@wire("last-message-lost-with-close", "a large message right before the close is cut: the connection is reset before it is written (WS-SEND-05, WS-CLOSE-01)")
class LastLost(Connection):
    async def write(self, data: bytes) -> None:
        self.writer.write(data)

    async def finish(self, reading: Any) -> None:
        reading.cancel()
        if self.writer.transport.get_write_buffer_size():
            self.writer.transport.abort()
        self.writer.close()


@wire("data-after-close-sent", "a send that waits beside a close goes out behind the close frame (WS-CLOSE-11, RFC 6455 5.5.1)")
class DataAfterClose(Connection):
    async def send_message(self, kind: int, payload: bytes) -> None:
        if len(payload) > 1024:
            await asyncio.sleep(0.005)
        await super().send_message(kind, payload)


# What goes out


@wire("fragments-interleave", "long messages go out in fragments of 16 KiB, and those of two concurrent sends interleave (WS-CONCURRENCY-03, RFC 6455 5.4; issue 15.3)")
class Interleave(Connection):
    async def send_message(self, kind: int, payload: bytes) -> None:
        step = 16384
        for i in range(0, len(payload) or 1, step):
            await self.write(self.frame(0 if i else kind, payload[i : i + step], i + step >= len(payload)))
            await asyncio.sleep(0)


@wire("fragments-repeat-the-opcode", "the later fragments of a long message have its opcode, not 0 (RFC 6455 5.4; issue 15.3)")
class RepeatOpcode(Connection):
    async def send_message(self, kind: int, payload: bytes) -> None:
        step = 65536
        for i in range(0, len(payload) or 1, step):
            self.writer.write(self.frame(kind, payload[i : i + step], i + step >= len(payload)))
        await self.writer.drain()


@wire("length-65536-in-16-bits", "a message of exactly 65536 bytes cannot be sent: the server takes 16 bits for its length (WS-SEND-02; issue 15.3)")
class Exactly65536(Connection):
    def length(self, size: int) -> bytes:
        return bytes([126]) + struct.pack(">H", size) if 126 <= size <= 65536 else super().length(size)


@wire("length-126-short", "a message of 126 bytes exactly is garbled: its length is written into one byte (WS-SEND-02)")
class Exactly126(Connection):
    def length(self, size: int) -> bytes:
        return bytes([size]) if size <= 126 else super().length(size)


@wire("small-messages-joined", "two small messages of one kind that are sent within 5 ms go out as one (WS-SEND-02, 05)")
class SmallJoined(Connection):
    held: Any = None

    async def send_message(self, kind: int, payload: bytes) -> None:
        if self.held is not None and self.held[0] == kind and len(payload) < 64:
            self.held = (kind, self.held[1] + payload)
            return
        self._flush()
        if len(payload) >= 64:
            await super().send_message(kind, payload)
            return
        self.held = (kind, payload)
        asyncio.get_running_loop().call_later(0.005, self._flush)

    def _flush(self) -> None:
        if self.held is not None:
            (kind, payload), self.held = self.held, None
            self.writer.write(self.frame(kind, payload))

    async def send_close(self, code: int, reason: str) -> None:
        self._flush()
        await super().send_close(code, reason)


@wire("never-waits", "send never waits for a client that does not read: memory grows (WS-SERVER-33)")
class NeverWaits(Connection):
    async def write(self, data: bytes) -> None:
        self.writer.write(data)


@wire("one-drain-for-all", "sends of all connections wait for one lock while they drain: a client that does not read stops all (issue 15.1)")
class OneDrain(Connection):
    lock: Any = None

    async def write(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        if OneDrain.lock is None or OneDrain.lock[0] is not loop:
            OneDrain.lock = (loop, asyncio.Lock())
        async with OneDrain.lock[1]:
            await super().write(data)


@wire("writes-to-the-newest", "messages go to the connection that was accepted last (issue 15.1)")
class WritesToNewest(Connection):
    newest: Any = None

    async def accept(self, event: Any) -> None:
        await super().accept(event)
        WritesToNewest.newest = self

    async def send_message(self, kind: int, payload: bytes) -> None:
        newest = WritesToNewest.newest
        if newest is not None and newest.state == "open" and not newest.lost:
            await Connection.send_message(newest, kind, payload)
        else:
            await super().send_message(kind, payload)


# The handshake


@wire("request-in-one-read", "a handshake request that comes in two TCP segments is rejected (RFC 9112 2.2)")
class OneRead(Connection):
    async def read_head(self) -> bytes:
        head = await self.reader.read(65536)
        if not head.endswith(b"\r\n\r\n"):
            raise ValueError
        return head


@wire("last-line-of-subprotocols", "of subprotocols on several header lines those of the last are known (WS-SERVER-32, WS-CAPABILITY-01)")
class LastLine(Connection):
    def scope(self, head: bytes) -> dict[str, Any]:
        scope = super().scope(head)
        lines = [h for h in scope["headers"] if h[0] == b"sec-websocket-protocol"]
        headers = [h for h in scope["headers"] if h not in lines[:-1]]
        return {**scope, "headers": headers, "subprotocols": self.offered(headers)}


@wire("header-values-merged", "of request headers of one name the last is in the scope (WS-LIFETIME-01)")
class HeadersMerged(Connection):
    def scope(self, head: bytes) -> dict[str, Any]:
        scope = super().scope(head)
        return {**scope, "headers": list(dict(scope["headers"]).items())}


@wire("path-not-decoded", "the path of the scope is not percent-decoded (WS-LIFETIME-01, Scope.path)")
class PathEncoded(Connection):
    def scope(self, head: bytes) -> dict[str, Any]:
        scope = super().scope(head)
        return {**scope, "path": scope["raw_path"].decode()}


@wire("path-decoded-twice", "the path of the scope is percent-decoded twice (Scope.path; issue 15.5: %2525)")
class PathTwice(Connection):
    def scope(self, head: bytes) -> dict[str, Any]:
        from urllib.parse import unquote

        scope = super().scope(head)
        return {**scope, "path": unquote(scope["path"])}


@wire("500-for-a-rejection", "a handshake that the handler rejects is answered with 500 where it had received nothing: close() before accept (WS-CLOSE-03)")
class Rejects500(Connection):
    async def respond(self, status: int, headers: Any, body: bytes = b"", length: bool = True) -> None:
        await super().respond(500 if status == 403 and not headers and not body else status, headers, body)


@wire("denial-body-without-length", "a denial's content-length is 0 where its body is over 4 KiB: the body is lost (WS-CAPABILITY-05)")
class DenialLength(Connection):
    async def respond(self, status: int, headers: Any, body: bytes = b"", length: bool = True) -> None:
        if len(body) > 4096:
            headers = [(n, b"0" if n == b"content-length" else v) for n, v in headers]
            body = b""
        await super().respond(status, headers, body)
