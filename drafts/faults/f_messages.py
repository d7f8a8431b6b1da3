"""Sizes, numbers, text and order."""

import unicodedata
from typing import Any

import anyio
from base import Base, Pump, pumped, socket
from bareasgi_ws import WebSocketStateError
from bareasgi_ws._reference.tasks import Task
from bareasgi_ws._rules.states import CLOSED

KIB = 1024
MIB = 1024 * 1024


def sends(name: str, says: str) -> Any:
    """Change what is sent: a list of messages."""

    def register(change: Any) -> Any:
        class Sends(Base):
            async def send(self, content: Any) -> None:
                if not self._state.can_send or type(content) not in (str, bytes):
                    await super().send(content)
                for one in change(content):
                    await super().send(one)

        socket(name, says)(Sends)
        return change

    return register


def receives(name: str, says: str) -> Any:
    """Change what is received."""

    def register(change: Any) -> Any:
        class Receives(Base):
            async def receive(self) -> Any:
                content = await super().receive()
                return content if content is None else change(content)

        socket(name, says)(Receives)
        return change

    return register


@sends("send-cut-into-64k", "a message over 64 KiB goes out as several (WS-SEND-02; issue 15.3)")
def send_cut(content: Any) -> Any:
    step = 64 * KIB
    return [content[i : i + step] for i in range(0, len(content) or 1, step)]


@sends("length-in-16-bits", "a message of 65536 bytes or more arrives cut to its length modulo 65536 (WS-SEND-02; issue 15.3)")
def length_16(content: Any) -> Any:
    return [content if len(content) < 65536 else content[: len(content) % 65536]]


@sends("at-65536-one-is-missing", "of a message of exactly 65536 the last character is missing (WS-SEND-02; issue 15.3)")
def off_by_one(content: Any) -> Any:
    return [content[:-1] if len(content) == 65536 else content]


@sends("send-limit-1-mib", "a message of 1 MiB and more raises ValueError in send (WS-SEND-02; issue 15.3)")
def send_limit(content: Any) -> Any:
    if len(content) >= MIB:
        raise ValueError("too large")
    return [content]


@sends("large-text-as-binary", "text of 32 KiB and more goes out as binary (WS-SEND-02)")
def large_as_binary(content: Any) -> Any:
    return [content.encode() if isinstance(content, str) and len(content) >= 32 * KIB else content]


@sends("send-nfc", "text is normalised (NFC) on its way out (WS-SEND-02, 'goes out as it is'; issue 15.3)")
def send_nfc(content: Any) -> Any:
    return [unicodedata.normalize("NFC", content) if isinstance(content, str) else content]


@sends("send-without-bom", "a byte order mark at the beginning of text is left out (WS-SEND-02; issue 15.3)")
def send_bom(content: Any) -> Any:
    return [content.removeprefix("\ufeff") if isinstance(content, str) else content]


@sends("send-cut-at-nul", "text ends at its first NUL, as in C (WS-SEND-02)")
def send_nul(content: Any) -> Any:
    return [content.split("\0")[0] if isinstance(content, str) else content]


@sends("send-binary-without-nuls", "NUL bytes at the end of a binary message are stripped (WS-SEND-02)")
def send_nuls(content: Any) -> Any:
    return [content.rstrip(b"\0") if isinstance(content, bytes) and content.strip(b"\0") else content]


@sends("send-crlf", "a line feed goes out as CR LF (WS-SEND-02)")
def send_crlf(content: Any) -> Any:
    return [content.replace("\r\n", "\n").replace("\n", "\r\n") if isinstance(content, str) else content]


@sends("send-noncharacters-replaced", "U+FFFE and U+FFFF, which UTF-8 can encode, are replaced (WS-SEND-02)")
def send_nonchar(content: Any) -> Any:
    if isinstance(content, str):
        content = content.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return [content]


@sends("send-without-controls", "C1 control characters (U+0080 to U+009F) are left out of text (WS-SEND-02)")
def send_c1(content: Any) -> Any:
    return ["".join(c for c in content if not 0x80 <= ord(c) <= 0x9F) if isinstance(content, str) else content]


@socket("surrogate-pairs-joined", "two surrogates that make a pair are sent as one character, where UTF-8 can encode neither (WS-SEND-09)")
class SurrogatesJoined(Base):
    async def send(self, content: Any) -> None:
        if isinstance(content, str):
            content = content.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        await super().send(content)


@socket("surrogate-in-long-text-replaced", "a lone surrogate is rejected in text up to 125 bytes; in longer text it goes out as '?' (WS-SEND-09)")
class LongSurrogate(Base):
    async def send(self, content: Any) -> None:
        if type(content) is str and len(content) > 125 and self._state.can_send:
            content = content.encode("utf-8", "replace").decode()
        await super().send(content)


@receives("receive-nfc", "text is normalised (NFC) on its way in (WS-RECEIVE-02, 'as it was sent'; issue 15.3)")
def receive_nfc(content: Any) -> Any:
    return unicodedata.normalize("NFC", content) if isinstance(content, str) else content


@receives("receive-utf-8-sig", "a byte order mark at the beginning of text is taken off (WS-RECEIVE-02; issue 15.3)")
def receive_bom(content: Any) -> Any:
    return content.encode().decode("utf-8-sig") if isinstance(content, str) else content


@receives("receive-ucs-2", "characters over U+FFFF are received as U+FFFD (WS-RECEIVE-02; issue 15.3)")
def receive_ucs2(content: Any) -> Any:
    return "".join(c if c <= "\uffff" else "\ufffd" for c in content) if isinstance(content, str) else content


@receives("receive-universal-newlines", "CR LF is received as LF (WS-RECEIVE-02)")
def receive_lf(content: Any) -> Any:
    return content.replace("\r\n", "\n") if isinstance(content, str) else content


@receives("receive-without-last-newline", "a line feed at the end of text is taken off (WS-RECEIVE-02)")
def receive_chomp(content: Any) -> Any:
    return content[:-1] if isinstance(content, str) and len(content) > 1 and content[-1] == "\n" else content


@receives("receive-mends-mojibake", "text that reads as UTF-8 in Latin-1 is 'mended' (WS-RECEIVE-02)")
def receive_mojibake(content: Any) -> Any:
    if isinstance(content, str) and not content.isascii():
        try:
            return content.encode("latin-1").decode()
        except UnicodeError:
            return content
    return content


@receives("receive-cut-at-64k", "what a client sends is cut after 64 KiB (WS-RECEIVE-02; issue 15.3)")
def receive_cut(content: Any) -> Any:
    return content[: 64 * KIB]


@receives("receive-large-as-bytearray", "binary of 4 KiB and more is received as a bytearray (WS-RECEIVE-02: plain bytes)")
def receive_bytearray(content: Any) -> Any:
    return bytearray(content) if isinstance(content, bytes) and len(content) >= 4 * KIB else content


@receives("receive-nul-as-space", "NUL in text is received as a space (WS-RECEIVE-02)")
def receive_nul(content: Any) -> Any:
    return content.replace("\0", " ") if isinstance(content, str) else content


@receives("receive-binary-text-decoded", "binary that begins with a UTF-8 byte order mark is received as text (WS-RECEIVE-02)")
def receive_sniffed(content: Any) -> Any:
    return content.decode("utf-8", "replace") if isinstance(content, bytes) and content[:3] == b"\xef\xbb\xbf" else content


@socket("receive-limit-1-mib", "a message of 1 MiB closes the connection with 1009, as a library's default limit does (WS-RECEIVE-02; issue 15.3)")
class ReceiveLimit(Base):
    async def receive(self) -> Any:
        content = await super().receive()
        if content is not None and len(content) >= MIB:
            await self.close(1009)
            return None
        return content


@socket("receive-in-chunks", "a message over 64 KiB is received as several (WS-RECEIVE-02, one message a call; issue 15.3)")
class ReceiveInChunks(Base):
    rest: Any = None

    async def receive(self) -> Any:
        if self.rest and self._state is not CLOSED:
            content, self.rest = self.rest, None
        else:
            content = await super().receive()
        if content and len(content) > 64 * KIB:
            content, self.rest = content[: 64 * KIB], content[64 * KIB :]
        return content


@socket("equal-neighbours-received-once", "a message that equals the one before is not received (WS-RECEIVE-02; issue 15.3)")
class ReceivedOnce(Base):
    last: Any = None

    async def receive(self) -> Any:
        content = await super().receive()
        while content is not None and content == self.last and len(content) > 0:
            content = await super().receive()
        self.last = content
        return content


@socket("equal-neighbours-sent-once", "a message that equals the one sent before is not sent (WS-SEND-05; issue 15.3)")
class SentOnce(Base):
    last: Any = None

    async def send(self, content: Any) -> None:
        if self._state.can_send and type(content) in (str, bytes) and content == self.last:
            return
        await super().send(content)
        self.last = content


@socket("second-empty-one-dropped", "of two empty messages after each other the second is not received (WS-RECEIVE-03, 04; issue 15.3)")
class SecondEmpty(Base):
    last: Any = None

    async def receive(self) -> Any:
        content = await super().receive()
        while content is not None and not content and self.last is not None and not self.last:
            content = await super().receive()
        self.last = content
        return content


@socket("empty-after-binary-is-binary", "an empty text right after a binary message is received as b'' (WS-RECEIVE-03)")
class EmptyAfterBinary(Base):
    last: Any = None

    async def receive(self) -> Any:
        content = await super().receive()
        if content == "" and isinstance(self.last, bytes):
            content = b""
        self.last = content
        return content


@pumped("queue-drops-the-newest", "while nobody receives, the 1001st message is dropped (WS-RECEIVE-02; issue 15.3)")
class DropsNewest(Pump):
    def put(self, event: Any) -> None:
        if len(self.events) < 1000 or event.get("type") != "websocket.receive":
            super().put(event)


@pumped("queue-drops-the-oldest", "while nobody receives, the 1001st message pushes out the first (WS-RECEIVE-02; issue 15.3)")
class DropsOldest(Pump):
    def put(self, event: Any) -> None:
        if len(self.events) >= 1000:
            self.events.popleft()
        super().put(event)


@pumped("queue-full-ends", "while nobody receives, the 1001st message ends the connection for the handler (WS-RECEIVE-05; issue 15.3)")
class FullEnds(Pump):
    def put(self, event: Any) -> None:
        if len(self.events) == 1000:
            super().put({"type": "websocket.disconnect", "code": 1008})
        elif len(self.events) < 1000:
            super().put(event)


@pumped("text-first", "of what waits, text is received before binary (WS-RECEIVE-02, in order)")
class TextFirst(Pump):
    async def get(self) -> Any:
        event = await super().get()
        if event.get("bytes") is not None:
            for other in self.events:
                if other.get("text") is not None:
                    self.events.remove(other)
                    self.events.appendleft(event)
                    return other
        return event


@pumped("large-last", "of what waits, a message over 16 KiB is received last (WS-RECEIVE-02, in order)")
class LargeLast(Pump):
    async def get(self) -> Any:
        event = await super().get()
        waiting = [other for other in self.events if other.get("type") == "websocket.receive"]
        if len(event.get("text") or event.get("bytes") or "") > 16 * KIB and waiting:
            self.events.remove(waiting[0])
            self.events.appendleft(event)
            return waiting[0]
        return event


@pumped("pongs-for-the-handler", "a binary message of one byte counts as a keepalive and is not received once 100 others were (WS-RECEIVE-02)")
class Keepalive(Pump):
    count = 0

    def put(self, event: Any) -> None:
        self.count += 1
        if self.count < 100 or len(event.get("bytes") or b"..") != 1:
            super().put(event)


@socket("rate-limit", "after 5,000 messages the connection is closed with 1008 (WS-RECEIVE-02; issue 15.3: 10,000 in a burst)")
class RateLimit(Base):
    count = 0

    async def receive(self) -> Any:
        self.count += 1
        if self.count > 5000 and self._state.can_receive:
            await self.close(1008)
        return await super().receive()


@socket("counter-wraps", "after 256 sends a message is skipped: a counter of one byte (WS-SEND-05)")
class CounterWraps(Base):
    count = 0

    async def send(self, content: Any) -> None:
        self.count = (self.count + 1) % 257
        if self.count == 256 and self._state.can_send and type(content) in (str, bytes):
            return
        await super().send(content)


@socket("fifty-sends-at-once", "of concurrent sends the 51st raises WebSocketStateError (WS-CONCURRENCY-03: all arrive; issue 15.3)")
class FiftySends(Base):
    sending = 0

    async def send(self, content: Any) -> None:
        if self.sending >= 50 and self._state.can_send:
            raise WebSocketStateError("send(): too many at once")
        self.sending += 1
        try:
            await super().send(content)
        finally:
            self.sending -= 1


@socket("send-queue-of-256-drops", "of concurrent sends those over 256 are dropped in silence (WS-CONCURRENCY-03; issue 15.3)")
class SendQueue(Base):
    sending = 0

    async def send(self, content: Any) -> None:
        if self.sending >= 256 and self._state.can_send:
            return
        self.sending += 1
        try:
            await super().send(content)
        finally:
            self.sending -= 1


@socket("equal-concurrent-sends-merged", "of two equal messages that are sent at the same time, one arrives (WS-CONCURRENCY-03; issue 15.3)")
class Merged(Base):
    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        self.under_way: set[Any] = set()

    async def send(self, content: Any) -> None:
        if type(content) not in (str, bytes):
            await super().send(content)
        if content in self.under_way and self._state.can_send:
            return
        self.under_way.add(content)
        try:
            await super().send(content)
        finally:
            self.under_way.discard(content)


@socket("large-sent-in-the-background", "a message over 64 KiB is sent by a task of its own, and those after it overtake it (WS-SEND-05)")
class Background(Base):
    async def send(self, content: Any) -> None:
        if type(content) in (str, bytes) and len(content) > 64 * KIB and self._state.can_send:

            async def later() -> None:
                for _ in range(5):
                    await anyio.lowlevel.checkpoint()
                if self._state.can_send:
                    await Base.send(self, content)

            Task(later)
        else:
            await super().send(content)


@socket("large-sent-in-the-background-in-order", "a message over 64 KiB is sent by a task, and a close right after it loses it (WS-SEND-05, WS-CLOSE-01)")
class BackgroundOrdered(Base):
    pending: Any = None

    async def send(self, content: Any) -> None:
        if self.pending is not None and self._state.can_send:
            await self.pending.wait()
        if type(content) in (str, bytes) and len(content) > 64 * KIB and self._state.can_send:

            async def later() -> None:
                await anyio.lowlevel.checkpoint()
                if self._state.can_send:
                    await Base.send(self, content)

            self.pending = Task(later)
        else:
            await super().send(content)


@socket("small-sends-wait-for-the-next-call", "a message of under 16 characters goes out with the handler's next call: a ticker that sleeps sends late (WS-SEND-02, docs/many-clients)")
class NextCall(Base):
    held: Any = ()

    async def _flush(self) -> None:
        held, self.held = self.held, ()
        for one in held:
            await Base.send(self, one)

    async def send(self, content: Any) -> None:
        if self._state.can_send and type(content) in (str, bytes) and len(content) < 16:
            if type(content) is str:
                content.encode()
            await self._flush()
            self.held = (content,)
            return
        if self._state.can_send:
            await self._flush()
        await super().send(content)

    async def receive(self) -> Any:
        if self._state.can_send and self._waiting is None:
            await self._flush()
        return await super().receive()

    async def close(self, code: int = 1000) -> None:
        if self._state.can_send and 1000 <= code:
            await self._flush()
        await super().close(code)

    async def fail(self) -> None:
        if self._state.can_send:
            await self._flush()
        await super().fail()


@socket("a-list-is-sent-as-json", "a dict or list is sent as JSON text (WS-SEND-08: anything but bytes or str raises TypeError)")
class SendsJson(Base):
    async def send(self, content: Any) -> None:
        import json

        await super().send(json.dumps(content) if type(content) in (dict, list) else content)


@socket("memoryview-is-sent", "a memoryview is sent as binary (WS-SEND-08)")
class SendsViews(Base):
    async def send(self, content: Any) -> None:
        await super().send(bytes(content) if isinstance(content, memoryview) else content)


@socket("str-subclass-by-format", "a str of a subclass is formatted: a str Enum goes out as 'Colour.RED' (WS-SEND-02; issue 15.6)")
class Formats(Base):
    async def send(self, content: Any) -> None:
        if isinstance(content, str) and type(content) is not str:
            content = str(content) if type(content).__str__ is not str.__str__ else str.__str__(content)
            content = str(content)
        await super().send(content)


@socket("content-str-empty-binary-is-text", "with content=str an empty binary message is received as '' (WS-CONTENT-03)")
class EmptyBinaryIsText(Base):
    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, *how: Any) -> None:
        async def falsy() -> Any:
            event = await receive()
            if event.get("bytes") == b"" and self._content is str:
                return {"type": "websocket.receive", "text": ""}
            return event

        super().__init__(scope, first, falsy, send, *how)


@socket("content-bytes-empty-text-is-binary", "with content=bytes an empty text message is received as b'' (WS-CONTENT-05)")
class EmptyTextIsBinary(Base):
    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, *how: Any) -> None:
        async def falsy() -> Any:
            event = await receive()
            if event.get("text") == "" and self._content is bytes:
                return {"type": "websocket.receive", "bytes": b""}
            return event

        super().__init__(scope, first, falsy, send, *how)


@socket("content-checked-once", "with content=str only the first message is looked at: later a binary one is received (WS-CONTENT-03)")
class CheckedOnce(Base):
    async def receive(self) -> Any:
        content = await super().receive()
        if content is not None:
            self._content = None
        return content
