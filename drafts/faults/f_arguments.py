"""Arguments, states, capabilities."""

import http
from typing import Any

import anyio
from base import Base, Pump, _register, backend, pump_wrap, pumped, socket
from bareasgi_ws import WebSocketClosedError, WebSocketStateError
from bareasgi_ws._rules import arguments
from bareasgi_ws._rules.states import BEFORE, CLOSED, GONE, OPEN


def accepts(name: str, says: str) -> Any:
    """Change accept's headers before they are looked at, in the state where that matters."""

    def register(change: Any) -> Any:
        class Accepts(Base):
            async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
                if self._state is BEFORE and type(headers) is list:
                    headers = change(headers)
                await super().accept(subprotocol, headers)

        socket(name, says)(Accepts)
        return change

    return register


KEYWORD = "(the signature of the stubs; issue 15.6)"


@socket("close-positional-only", f"close(code=4000) raises TypeError {KEYWORD}")
class ClosePositional(Base):
    async def close(self, code: int = 1000, /) -> None:
        await super().close(code)


@socket("accept-positional-only", f"accept(headers=...) and accept(subprotocol=...) raise TypeError {KEYWORD}")
class AcceptPositional(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None, /) -> None:
        await super().accept(subprotocol, headers)


@socket("send-calls-it-data", f"send(content=...) raises TypeError {KEYWORD}")
class SendData(Base):
    async def send(self, data: Any) -> None:
        await super().send(data)


@socket("accept-keyword-only-headers", f"accept('chat', headers) raises TypeError {KEYWORD}")
class KeywordOnly(Base):
    async def accept(self, subprotocol: Any = None, *, headers: Any = None) -> None:
        await super().accept(subprotocol, headers)


@socket("reason-keyword-missing", f"close_with_reason(code=..., reason=...) raises TypeError {KEYWORD}")
class ReasonPositional(Base):
    async def close_with_reason(self, code: int, reason: str, /) -> None:
        await super().close_with_reason(code, reason)


@socket("deny-keyword-missing", f"deny(403, body=...) raises TypeError: it calls it content {KEYWORD}")
class DenyContent(Base):
    async def deny(self, status: int, headers: Any = None, content: bytes = b"") -> None:
        await super().deny(status, headers, content)


@socket("str-subclass-rejected", "send of a str of a subclass raises TypeError (WS-SEND-02; issue 15.6)")
class StrSubclass(Base):
    async def send(self, content: Any) -> None:
        if isinstance(content, str) and type(content) is not str and self._state.can_send:
            raise TypeError("str")
        await super().send(content)


@socket("bytes-subclass-rejected", "send of bytes of a subclass raises TypeError (WS-SEND-02; issue 15.6)")
class BytesSubclass(Base):
    async def send(self, content: Any) -> None:
        if isinstance(content, bytes) and type(content) is not bytes and self._state.can_send:
            raise TypeError("bytes")
        await super().send(content)


@socket("bytes-subclass-as-text", "bytes of a subclass go out as text (WS-SEND-02; issue 15.6)")
class BytesAsText(Base):
    async def send(self, content: Any) -> None:
        if isinstance(content, bytes) and type(content) is not bytes and self._state.can_send:
            content = content.decode("latin-1")
        await super().send(content)


@socket("int-enum-rejected", "close(CloseCode.GOING_AWAY) raises TypeError (CloseCode: close takes a member as it takes a number)")
class IntEnumRejected(Base):
    async def close(self, code: Any = 1000) -> None:
        if self._state is not CLOSED and isinstance(code, int) and type(code) is not int and not isinstance(code, bool):
            raise TypeError("code")
        await super().close(code)


@socket("own-int-enum-rejected", "close with a member of the application's own IntEnum raises ValueError: only CloseCode is known (WS-CLOSE-01)")
class OwnEnum(Base):
    async def close(self, code: Any = 1000) -> None:
        from bareasgi_ws import CloseCode

        if self._state is not CLOSED and type(code) not in (int, bool, CloseCode) and isinstance(code, int):
            raise ValueError("code")
        await super().close(code)


@socket("int-enum-kept", "after close(CloseCode.GOING_AWAY) code is the member (WS-CODE-08)")
class EnumKept(Base):
    async def close(self, code: Any = 1000) -> None:
        was = self._state
        await super().close(code)
        if was is not CLOSED:
            self._code = code


@socket("float-code", "close(1000.0) is taken (WS-CLOSE-09)")
class FloatCode(Base):
    async def close(self, code: Any = 1000) -> None:
        await super().close(int(code) if isinstance(code, float) and code == int(code) else code)


@socket("index-code", "an object with __index__, such as numpy's, is taken as a code where it is not an int (WS-CLOSE-09)")
class IndexCode(Base):
    async def close(self, code: Any = 1000) -> None:
        if not isinstance(code, int) and hasattr(code, "__index__"):
            code = code.__index__()
        await super().close(code)


@socket("digits-code", "close('1000') is taken (WS-CLOSE-09)")
class DigitsCode(Base):
    async def close(self, code: Any = 1000) -> None:
        await super().close(int(code) if isinstance(code, str) and code.isdigit() else code)


@socket("none-code", "close(None) closes with 1000 (WS-CLOSE-09: TypeError)")
class NoneCode(Base):
    async def close(self, code: Any = 1000) -> None:
        await super().close(1000 if code is None else code)


@socket("zero-code", "close(0) closes with 1000, for it is falsy (WS-CLOSE-08: ValueError)")
class ZeroCode(Base):
    async def close(self, code: Any = 1000) -> None:
        await super().close(code if code or isinstance(code, bool) or not isinstance(code, int) else 1000)


@socket("code-4999-rejected", "close(4999) raises ValueError: range(3000, 4999) (WS-CLOSE-01)")
class Code4999(Base):
    async def close(self, code: Any = 1000) -> None:
        if self._state is not CLOSED and code == 4999:
            raise ValueError("code")
        await super().close(code)


@socket("library-codes-rejected", "close with 3000 to 3999 raises ValueError but for the registered ones (WS-CLOSE-01)")
class LibraryCodes(Base):
    async def close(self, code: Any = 1000) -> None:
        if self._state is not CLOSED and type(code) is int and 3000 <= code < 4000 and code not in (3000, 3003, 3008):
            raise ValueError("code")
        await super().close(code)


@socket("codes-1012-to-1014-rejected", "close with 1012 to 1014, registered after RFC 6455, raises ValueError (WS-CLOSE-02)")
class LateCodes(Base):
    async def close(self, code: Any = 1000) -> None:
        if self._state is not CLOSED and code in (1012, 1013, 1014):
            raise ValueError("code")
        await super().close(code)


@socket("code-1010-as-1000", "close(1010), which clients send, goes out as 1000 (WS-CLOSE-02)")
class Code1010(Base):
    async def close(self, code: Any = 1000) -> None:
        await super().close(1000 if code == 1010 and self._state is OPEN else code)


@accepts("headers-changed-in-place", "the caller's list of headers is put into lower case in place (issue 15.6: it is not changed)")
def lowered(headers: Any) -> Any:
    for i, header in enumerate(headers):
        if isinstance(header, tuple) and len(header) == 2 and isinstance(header[0], bytes):
            headers[i] = (header[0].lower(), header[1])
    return headers


@socket("header-added-to-the-list", "accept appends a header of its own to the caller's list: used again, it has it twice (issue 15.6)")
class HeaderAdded(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        was = self._state
        await super().accept(subprotocol, headers)
        if was is BEFORE and headers is not None:
            headers.append((b"server", b"x"))


@socket("headers-popped", "accept takes the headers out of the caller's list: a second connection with the same list has none (issue 15.6)")
class HeadersPopped(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        was = self._state
        await super().accept(subprotocol, headers)
        if was is BEFORE and headers is not None:
            headers.clear()


@socket("deny-list-added-to", "deny adds its content-length to the caller's list: used again with another body, it raises (issue 15.6)")
class DenyListAdded(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body)
        if headers is not None and not [1 for name, _ in headers if name.lower() == b"content-length"]:
            headers.append((b"content-length", str(len(body)).encode()))


_DEFAULT: list[Any] = []


@socket("deny-default-shared", "deny's default list is one for all calls, and its content-length stays in it: a second denial with another body raises ValueError (WS-CAPABILITY-05; issue 15.6)")
class DenyDefault(Base):
    async def deny(self, status: Any, headers: Any = _DEFAULT, body: Any = b"") -> None:
        await super().deny(status, headers, body)
        if headers is _DEFAULT and not _DEFAULT:
            _DEFAULT.append((b"content-length", str(len(body)).encode()))


@accepts("underscore-names-dropped", "a header name with an underscore is left out, as nginx does (WS-HANDSHAKE-05; issue 15.6: x_one)")
def no_underscore(headers: Any) -> Any:
    return [one for one in headers if not (isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], bytes) and b"_" in one[0])]


def _pairs(headers: Any) -> bool:
    return all(isinstance(one, tuple) and len(one) == 2 and all(isinstance(x, bytes) for x in one) for one in headers)


@accepts("underscore-names-rejected", "a header name with an underscore raises ValueError (WS-HANDSHAKE-05, 06; issue 15.6)")
def underscore(headers: Any) -> Any:
    if _pairs(headers) and any(b"_" in name for name, _ in headers):
        raise ValueError("underscore")
    return headers


@accepts("high-values-rejected", "a header value with a byte over 0x7f raises ValueError (WS-HANDSHAKE-05, 07; issue 15.6)")
def high(headers: Any) -> Any:
    if _pairs(headers) and not all(value.isascii() for _, value in headers):
        raise ValueError("not ASCII")
    return headers


@accepts("high-values-as-utf-8", "a header value with bytes over 0x7f goes out as if it were Latin-1, in UTF-8 (WS-HANDSHAKE-05, values as given; issue 15.6)")
def high_utf8(headers: Any) -> Any:
    return [(n, v.decode("latin-1").encode()) for n, v in headers] if _pairs(headers) else headers


@accepts("empty-values-dropped", "a header with an empty value is left out (WS-HANDSHAKE-05)")
def empty_values(headers: Any) -> Any:
    return [one for one in headers if one[1]] if _pairs(headers) else headers


@accepts("tabs-rejected", "a tab within a header value raises ValueError, where HTTP allows it (WS-HANDSHAKE-05, 07)")
def tabs(headers: Any) -> Any:
    if _pairs(headers) and any(b"\t" in value.strip() for _, value in headers):
        raise ValueError("tab")
    return headers


@accepts("all-but-cookies-joined", "headers of one name go out in one line, but for set-cookie (WS-HANDSHAKE-05, duplicates included)")
def joined(headers: Any) -> Any:
    if not _pairs(headers):
        return headers
    found: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        found.setdefault(name.lower(), []).append(value)
    cookies = [(n, v) for n, v in headers if n.lower() == b"set-cookie"]
    return [(n, b", ".join(v)) for n, v in found.items() if n != b"set-cookie"] + cookies if len(found) < len(headers) - len(cookies) + bool(cookies) else headers


@accepts("cookies-last", "set-cookie headers go out behind all others (WS-HANDSHAKE-05, in their order)")
def cookies_last(headers: Any) -> Any:
    return sorted(headers, key=lambda one: one[0].lower() == b"set-cookie") if _pairs(headers) else headers


@accepts("equal-headers-once", "of two headers with the same name and value one goes out (WS-HANDSHAKE-05, duplicates included; issue 15.3 equal neighbours)")
def equal_once(headers: Any) -> Any:
    return list(dict.fromkeys(headers)) if _pairs(headers) else headers


@accepts("spaces-in-values-joined", "two spaces in a header value go out as one (WS-HANDSHAKE-05, values as given)")
def spaces(headers: Any) -> Any:
    if not _pairs(headers):
        return headers
    import re

    return [(n, re.sub(rb"(?<=[^ \t])  +(?=[^ \t])", b" ", v)) for n, v in headers]


@accepts("many-headers-cut", "of more than 32 headers the rest is left out (WS-HANDSHAKE-05)")
def many(headers: Any) -> Any:
    return headers[:32] if _pairs(headers) else headers


@accepts("header-bytearrays-taken", "a header value that is a bytearray is taken (WS-HANDSHAKE-09)")
def header_bytearrays(headers: Any) -> Any:
    return [(n, bytes(v)) if isinstance(v, bytearray) else (n, v) for n, v in headers] if all(isinstance(o, tuple) and len(o) == 2 for o in headers) else headers


@accepts("header-of-str-encoded", "a header of two str is encoded and taken (WS-HANDSHAKE-09)")
def header_str(headers: Any) -> Any:
    if all(isinstance(o, tuple) and len(o) == 2 for o in headers):
        return [(n.encode("latin-1"), v.encode("latin-1")) if isinstance(n, str) and isinstance(v, str) else (n, v) for n, v in headers]
    return headers


@socket("falsy-headers-taken", "accept(headers=()) and accept(headers={}) are taken (WS-HANDSHAKE-09: not a list, TypeError)")
class FalsyHeaders(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers or None)


@socket("tuple-of-headers-taken", "a tuple of pairs is taken for a list (WS-HANDSHAKE-09)")
class TupleHeaders(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, list(headers) if isinstance(headers, tuple) else headers)


@socket("list-subclass-rejected", "a list of a subclass raises TypeError (accept's docstring: headers is a list; issue 15.6)")
class ListSubclass(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self._state is BEFORE and isinstance(headers, list) and type(headers) is not list:
            raise TypeError("headers")
        await super().accept(subprotocol, headers)


@socket("header-subclass-rejected", "a header that is a NamedTuple, or bytes of a subclass, raises TypeError (issue 15.6)")
class HeaderSubclass(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self._state is BEFORE and isinstance(headers, list):
            for one in headers:
                if isinstance(one, tuple) and (type(one) is not tuple or any(isinstance(x, bytes) and type(x) is not bytes for x in one)):
                    raise TypeError("header")
        await super().accept(subprotocol, headers)


@socket("empty-subprotocol-is-none", "accept('') selects none, where the client did not offer '' (WS-HANDSHAKE-04: ValueError)")
class EmptySubprotocol(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(None if subprotocol == "" else subprotocol, headers)


@socket("subprotocol-lower-case", "the subprotocol is answered in lower case (WS-HANDSHAKE-02; issue 15.6: a subprotocol keeps its case)")
class SubprotocolLower(Base):
    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, *how: Any) -> None:
        async def lower(event: Any) -> None:
            if event["type"] == "websocket.accept" and event.get("subprotocol"):
                event = {**event, "subprotocol": event["subprotocol"].lower()}
            await send(event)

        super().__init__(scope, first, receive, lower, *how)


@socket("subprotocols-lower-case", "what the client offered is read in lower case (WS-CAPABILITY-01, WS-HANDSHAKE-02; issue 15.6)")
class OfferLower(Base):
    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        self.subprotocols = tuple(one.lower() for one in self.subprotocols)


@socket("subprotocols-sorted", "more than two offered subprotocols are sorted (WS-CAPABILITY-01, in its order)")
class OfferSorted(Base):
    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        if len(self.subprotocols) > 2:
            self.subprotocols = tuple(sorted(self.subprotocols))


@socket("subprotocol-subclass-rejected", "a subprotocol that is a str Enum member raises TypeError (issue 15.6)")
class SubprotocolSubclass(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self._state is BEFORE and isinstance(subprotocol, str) and type(subprotocol) is not str:
            raise TypeError("subprotocol")
        await super().accept(subprotocol, headers)


@socket("subprotocol-of-a-rejected-accept", "the subprotocol of an accept that was rejected for its headers is answered by the next accept() (WS-HANDSHAKE-12, 03)")
class SubprotocolKept(Base):
    kept: Any = None

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self._state is BEFORE:
            if isinstance(subprotocol, str) and subprotocol in self.subprotocols:
                self.kept = subprotocol
            elif subprotocol is None:
                subprotocol = self.kept
        await super().accept(subprotocol, headers)


@socket("some-own-headers-taken", "of sec-websocket-* only the four that RFC 6455 names are rejected (WS-HANDSHAKE-08)")
class SomeOwn(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        extra: Any = []
        known = (b"accept", b"extensions", b"protocol", b"version", b"key")
        if isinstance(headers, list) and _pairs(headers):
            extra = [o for o in headers if o[0].lower().startswith(b"sec-websocket-") and o[0].lower()[14:] not in known]
            headers = [o for o in headers if o not in extra]
        if extra:
            inner = self._server_send

            async def add(event: Any) -> None:
                await inner({**event, "headers": [*event["headers"], *extra]} if event["type"] == "websocket.accept" else event)

            self._server_send = add
        await super().accept(subprotocol, headers)


def _takes_header(name: str, says: str, own: Any) -> None:
    """Accept takes such headers."""

    class Takes(Base):
        async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
            extra: Any = []
            if isinstance(headers, list) and _pairs(headers):
                extra = [one for one in headers if own(*one)]
                headers = [one for one in headers if not own(*one)]
            if extra and self._state is BEFORE:
                inner = self._server_send

                async def add(event: Any) -> None:
                    await inner({**event, "headers": [*event["headers"], *extra]} if event["type"] == "websocket.accept" else event)

                self._server_send = add
            await super().accept(subprotocol, headers)

    socket(name, says)(Takes)


_takes_header("own-headers-in-capitals-taken", "SEC-WEBSOCKET-PROTOCOL in capitals is taken (WS-HANDSHAKE-08)", lambda n, v: n.isupper() and n.lower() in (b"connection", b"upgrade", b"sec-websocket-protocol", b"transfer-encoding", b"content-length"))
_takes_header("vertical-tab-taken", "control characters other than CR, LF and NUL are taken in a header value (WS-HANDSHAKE-07)", lambda n, v: any(c in v for c in b"\x01\x0b\x0c\x1b\x7f") and not any(c in v for c in b"\r\n\0"))
_takes_header("delete-taken", "DEL (0x7f) is taken in a header value (WS-HANDSHAKE-07)", lambda n, v: b"\x7f" in v)
_takes_header("trailing-tab-taken", "a tab at the end of a header value is taken (WS-HANDSHAKE-07, space around it)", lambda n, v: v.endswith(b"\t") and v.strip() != b"")
_takes_header("space-alone-taken", "a header value of one space is taken (WS-HANDSHAKE-07)", lambda n, v: v == b" ")
_takes_header("latin-names-taken", "a header name with a letter beyond ASCII is taken (WS-HANDSHAKE-06)", lambda n, v: n.decode("latin-1").isalpha() and not n.isascii())
_takes_header("empty-name-taken", "a header with an empty name is taken (WS-HANDSHAKE-06)", lambda n, v: n == b"")
_takes_header("name-with-colon-taken", "a header name that begins with a colon, HTTP/2's :status, is taken (WS-HANDSHAKE-06)", lambda n, v: n[:1] == b":" and n[1:].isalpha())


# States


@socket("second-reason-overrides", "close_with_reason on a closed WebSocket changes reason, not code (WS-CAPABILITY-04, the first close's)")
class SecondReason(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        if self._state is CLOSED and isinstance(reason, str):
            self._reason = reason
        await super().close_with_reason(code, reason)


@socket("reason-before-accept-lost", "after close_with_reason before accept, reason is None (WS-CAPABILITY-04)")
class ReasonBefore(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        was = self._state
        await super().close_with_reason(code, reason)
        if was is BEFORE:
            self._reason = None


@socket("reason-empty-str", "reason is '' after a close_with_reason with an empty reason (WS-CAPABILITY-04: None)")
class ReasonEmpty(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        was = self._state
        await super().close_with_reason(code, reason)
        if was is not CLOSED and reason == "":
            self._reason = ""


@socket("reason-when-gone-lost", "after a send that found the client gone, close_with_reason leaves reason None (WS-CAPABILITY-02, 04: in every state)")
class ReasonGone(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        was = self._state
        await super().close_with_reason(code, reason)
        if was is GONE:
            self._reason = None


@socket("close-when-gone-is-1006", "close(code) after a send that found the client gone leaves code 1006 (WS-CODE-03, 11)")
class CloseGone(Base):
    async def close(self, code: int = 1000) -> None:
        was = self._state
        await super().close(code)
        if was is GONE:
            self._code = 1006


@socket("close-when-gone-takes-any-code", "close(1005) after a send that found the client gone returns (WS-CLOSE-07; docs/states.md: gone is not closed)")
class CloseGoneAny(Base):
    async def close(self, code: Any = 1000) -> None:
        await super().close(1000 if self._state is GONE else code)


@socket("gone-gives-one-message", "after a send that found the client gone, receive gives the first message that had arrived, then None (WS-SEND-11)")
class GoneGivesOne(Base):
    given = False

    async def receive(self) -> Any:
        content = await super().receive()
        if self._state is GONE and content is not None:
            if self.given:
                while content is not None:
                    content = await super().receive()
            self.given = True
        return content


@socket("gone-receives-text-only", "after a send that found the client gone, binary messages that had arrived are skipped (WS-SEND-11)")
class GoneText(Base):
    async def receive(self) -> Any:
        content = await super().receive()
        while self._state is GONE and isinstance(content, bytes):
            content = await super().receive()
        return content


@socket("send-when-gone-tries-again", "after a send that found the client gone, every third send returns (WS-SEND-11: a further send raises)")
class GoneRetries(Base):
    tried = 0

    async def send(self, content: Any) -> None:
        if self._state is GONE:
            self.tried += 1
            if self.tried % 3 == 0:
                return
        await super().send(content)


@socket("deny-when-closed-returns", "deny on a WebSocket that close() rejected returns (WS-CAPABILITY-06)")
class DenyClosed(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if self._state is CLOSED and self._code not in (1005, 1006):
            return
        await super().deny(status, headers, body)


@socket("second-deny-returns", "a second deny returns (WS-CAPABILITY-06: WebSocketStateError)")
class SecondDeny(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if self._state is CLOSED and self._code == 1005:
            return
        await super().deny(status, headers, body)


@socket("accept-after-deny-is-closed-error", "accept after deny raises WebSocketClosedError (WS-HANDSHAKE-11: WebSocketStateError)")
class AcceptAfterDeny(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self._state is CLOSED and self._code == 1005:
            raise WebSocketClosedError("accept()")
        await super().accept(subprotocol, headers)


@socket("receive-after-rejection-raises", "receive after close() before accept raises WebSocketStateError (docs/states.md: closed, it gives None)")
class ReceiveAfterRejection(Base):
    rejected = False

    async def close(self, code: int = 1000) -> None:
        self.rejected = self.rejected or self._state is BEFORE
        await super().close(code)

    async def receive(self) -> Any:
        if self.rejected and self._state is CLOSED:
            raise WebSocketStateError("receive()")
        return await super().receive()


@socket("receive-after-deny-raises", "receive after deny raises WebSocketStateError (docs/states.md: closed, it gives None)")
class ReceiveAfterDeny(Base):
    denied = False

    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body)
        self.denied = True

    async def receive(self) -> Any:
        if self.denied:
            raise WebSocketStateError("receive()")
        return await super().receive()


@socket("send-after-rejection-is-state-error", "send after close() before accept raises WebSocketStateError (WS-SEND-06, docs/states.md: WebSocketClosedError)")
class SendAfterRejection(Base):
    rejected = False

    async def close(self, code: int = 1000) -> None:
        self.rejected = self.rejected or self._state is BEFORE
        await super().close(code)

    async def send(self, content: Any) -> None:
        if self.rejected and self._state is CLOSED:
            raise WebSocketStateError("send()")
        await super().send(content)


@socket("send-after-deny-returns", "send after deny returns (WS-SEND-06, docs/states.md)")
class SendAfterDeny(Base):
    async def send(self, content: Any) -> None:
        if self._state is CLOSED and self._code == 1005 and self.__dict__.get("denied"):
            return
        await super().send(content)

    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body)
        self.denied = True


@socket("close-after-deny-raises", "close after deny raises WebSocketStateError (WS-CLOSE-04, docs/states.md)")
class CloseAfterDeny(Base):
    denied = False

    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body)
        self.denied = True

    async def close(self, code: int = 1000) -> None:
        if self.denied:
            raise WebSocketStateError("close()")
        await super().close(code)


@socket("rejected-send-closes", "a send that is rejected for a surrogate closes the connection with 1007 (WebSocket docstring: changes nothing and sends nothing)")
class RejectedSendCloses(Base):
    async def send(self, content: Any) -> None:
        try:
            await super().send(content)
        except ValueError:
            if self._state is OPEN:
                await self.close(1007)
            raise


@socket("rejected-send-type-closes", "a send that is rejected with TypeError closes the connection with 1011 (WebSocket docstring: changes nothing)")
class RejectedTypeCloses(Base):
    async def send(self, content: Any) -> None:
        try:
            await super().send(content)
        except TypeError:
            if self._state is OPEN:
                await self.close(1011)
            raise


@socket("rejected-deny-closes", "a deny that is rejected leaves the handshake closed (WebSocket docstring: changes nothing)")
class RejectedDeny(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        try:
            await super().deny(status, headers, body)
        except (TypeError, ValueError):
            if self._state is BEFORE:
                self._end("rejected", CLOSED, 1005, None)  # type: ignore[arg-type]
            raise


@socket("rejected-reason-closes", "a close_with_reason whose reason is rejected closes with the code alone (WS-CAPABILITY-03: nothing is sent)")
class RejectedReason(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        try:
            await super().close_with_reason(code, reason)
        except ValueError:
            if self._state is OPEN and isinstance(code, int) and code >= 3000:
                await self.close(code)
            raise


@socket("second-accept-closes", "a second accept raises WebSocketStateError, and closes with 1011 after the handler's next send (WS-HANDSHAKE-10: disturbs nothing)")
class SecondAcceptCloses(Base):
    bad = False

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self._state is OPEN:
            self.bad = True
        await super().accept(subprotocol, headers)

    async def send(self, content: Any) -> None:
        await super().send(content)
        if self.bad and self._state is OPEN:
            await self.close(1011)


@socket("third-receive-waits", "of three concurrent receives the third is not rejected: it waits (WS-CONCURRENCY-01)")
class ThirdWaits(Base):
    rejected = 0

    async def receive(self) -> Any:
        try:
            return await super().receive()
        except WebSocketStateError:
            if self._state.can_receive:
                self.rejected += 1
                if self.rejected > 1:
                    while self._waiting is not None and self._state.can_receive:
                        await anyio.sleep(0.01)
                    return await super().receive()
            raise


@socket("second-receive-takes-over", "a second receive is rejected, and the first one's cancellation then leaves it unable to receive (WS-CONCURRENCY-01, WS-CANCELLATION-01)")
class TakesOver(Base):
    rejected = False

    async def receive(self) -> Any:
        try:
            return await super().receive()
        except WebSocketStateError:
            self.rejected = True
            raise
        except anyio.get_cancelled_exc_class():
            if self.rejected:
                self._waiting = "taken"
            raise


@socket("message-after-close-received", "a receive that waits while close() is called gives a message that comes after it (WS-RECEIVE-07)")
class AfterClose(Base):
    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, *how: Any) -> None:
        async def seen() -> Any:
            self.last = await receive()
            return self.last

        self.last: Any = {}
        super().__init__(scope, first, seen, send, *how)

    async def receive(self) -> Any:
        was = self._state
        self.last = {}
        content = await super().receive()
        if content is None and was is OPEN and self.last.get("type") == "websocket.receive" and self._code != 1003:
            text = self.last.get("text")
            return self.last.get("bytes") if text is None else text
        return content


@pumped("end-known-early", "a message that waits when the client closes is lost if the handler has not asked for it (WS-RECEIVE-05)")
class EndEarly(Pump):
    def put(self, event: Any) -> None:
        if event.get("type") == "websocket.disconnect" and len(self.events) > 20:
            self.events.clear()
        super().put(event)


class ClientDecides(Base):
    """Needs a pump below it, to know of the end before receive is asked."""

    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, *how: Any) -> None:
        self.arrived = getattr(getattr(receive, "__self__", None), "events", ())
        super().__init__(scope, first, receive, send, *how)

    async def close(self, code: int = 1000) -> None:
        ends = [one for one in self.arrived if one.get("type") == "websocket.disconnect"]
        was = self._state
        await super().close(code)
        if was is OPEN and ends:
            self._code = ends[0].get("code", 1005)


_register(
    "client-decides-over-close",
    "where the client has closed, and receive has not told, the handler's close(4000) leaves the client's code (WS-CODE-07)",
    backend(socket=ClientDecides, wrap=pump_wrap(Pump)),
)


# Capabilities


@socket("reason-counted-in-characters", "a reason of up to 123 characters is taken, and cut to 123 bytes, where it has more in UTF-8 (WS-CAPABILITY-03)")
class ReasonCharacters(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        if isinstance(reason, str) and len(reason) <= 123:
            reason = reason.encode("utf-8", "surrogatepass")[:123].decode("utf-8", "ignore") if len(reason.encode("utf-8", "replace")) > 123 else reason
        await super().close_with_reason(code, reason)


@socket("reason-cut-at-120", "a reason of 121 to 123 bytes is cut (WS-CAPABILITY-02)")
class ReasonCut(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        if isinstance(reason, str) and reason.isascii() and 120 < len(reason) <= 123:
            reason = reason[:120]
        await super().close_with_reason(code, reason)


@socket("reason-ascii", "what is not ASCII in a reason goes out as '?' (WS-CAPABILITY-02, the reason arrives)")
class ReasonAscii(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        if isinstance(reason, str) and self._state is OPEN:
            reason.encode()
            if len(reason.encode()) <= 123:
                reason = reason.encode("ascii", "replace").decode()
        await super().close_with_reason(code, reason)


@socket("reason-stripped", "spaces around a reason are stripped (WS-CAPABILITY-02)")
class ReasonStripped(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        await super().close_with_reason(code, reason.strip() if isinstance(reason, str) else reason)


@socket("clients-reason-with-1000-lost", "the reason of a client's close with 1000 is not kept (WS-CAPABILITY-04)")
class Reason1000(Base):
    @property
    def reason(self) -> Any:
        by_client = self.__dict__.get("by_client")
        return None if by_client and self._code == 1000 else super().reason

    async def receive(self) -> Any:
        was = self._state
        content = await super().receive()
        if content is None and was is OPEN and self._state is CLOSED:
            self.by_client = True
        return content


@socket("reason-over-the-client-lost", "a client's reason that is not ASCII is kept as bytes (WS-CAPABILITY-04: str)")
class ReasonBytes(Base):
    @property
    def reason(self) -> Any:
        reason = super().reason
        return reason.encode() if isinstance(reason, str) and not reason.isascii() else reason


@socket("unknown-statuses-rejected", "deny with a status that http.HTTPStatus does not know, such as 499, raises ValueError (WS-CAPABILITY-05, 07: 300 to 599)")
class UnknownStatus(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if self._state is BEFORE and type(status) is int and 300 <= status <= 599:
            http.HTTPStatus(status)
        await super().deny(status, headers, body)


@socket("http-status-rejected", "deny(HTTPStatus.FORBIDDEN) raises TypeError (WS-CAPABILITY-05; IntEnum)")
class StatusEnum(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if self._state is BEFORE and type(status) is http.HTTPStatus:
            raise TypeError("status")
        await super().deny(status, headers, body)


@socket("redirects-without-body", "the body of a denial with 3xx is lost (WS-CAPABILITY-05, with just these)")
class RedirectBody(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if self._state is BEFORE and type(status) is int and 300 <= status < 400 and isinstance(body, bytes):
            arguments.denial_headers(headers, body)
            body = b""
            headers = [one for one in headers or [] if one[0].lower() != b"content-length"]
        await super().deny(status, headers, body)


@socket("denial-body-cut", "the body of a denial is cut after 64 KiB (WS-CAPABILITY-05)")
class BodyCut(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body[: 64 * 1024] if isinstance(body, bytes) else body)


@socket("denial-headers-in-a-dict", "of two set-cookie headers of a denial one goes out (WS-CAPABILITY-05)")
class DenialDict(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if self._state is BEFORE and isinstance(headers, list) and _pairs(headers):
            arguments.denial_headers(headers, body if isinstance(body, bytes) else b"")
            headers = list({name.lower(): (name, value) for name, value in headers}.values())
        await super().deny(status, headers, body)


@socket("content-length-in-capitals-twice", "a denial with a Content-Length in capitals has a second one (WS-CAPABILITY-05; SupportsDenial: added where there is none)")
class LengthTwice(Base):
    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, *how: Any) -> None:
        self.again = False

        async def twice(event: Any) -> None:
            if event["type"] == "websocket.http.response.start" and self.again:
                length = [one for one in event["headers"] if one[0] == b"content-length"]
                event = {**event, "headers": [*event["headers"], *length]}
            await send(event)

        super().__init__(scope, first, receive, twice, *how)

    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if isinstance(headers, list) and _pairs(headers):
            self.again = any(n != n.lower() and n.lower() == b"content-length" for n, _ in headers)
        await super().deny(status, headers, body)


@socket("denial-content-type-added", "a denial without a content-type gets text/html before its own headers, and its www-authenticate is lost (WS-CAPABILITY-05)")
class DenialAuth(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if self._state is BEFORE and isinstance(headers, list) and _pairs(headers) and status == 401:
            arguments.denial_headers(headers, body if isinstance(body, bytes) else b"")
            headers = [one for one in headers if one[0].lower() != b"www-authenticate"]
        await super().deny(status, headers, body)


@socket("denial-of-bytes-subclass", "deny with a body of a subclass of bytes raises TypeError (issue 15.6)")
class DenialBody(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        if self._state is BEFORE and isinstance(body, bytes) and type(body) is not bytes:
            raise TypeError("body")
        await super().deny(status, headers, body)


@socket("denied-code-by-status", "after deny code is 1008 where the status was 403 (WS-CAPABILITY-05: 1005)")
class DeniedCode(Base):
    async def deny(self, status: Any, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body)
        if status == 401:
            self._code = 1008
