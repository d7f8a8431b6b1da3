"""Several connections at once."""

import contextvars
from typing import Any

import anyio
from base import Base, application, handled, socket, wrapped
from bareasgi_ws import Application
from bareasgi_ws._rules.states import CLOSED


@socket("code-on-the-class", "the code of the last close is kept on the class: of two, the first reads the second's (WS-CODE-07; issue 15.1)")
class CodeOnTheClass(Base):
    last: Any = None

    def _end(self, step: Any, following: Any, code: Any, reason: Any) -> None:
        super()._end(step, following, code, reason)
        type(self).last = code

    @property
    def code(self) -> Any:
        return None if super().code is None else type(self).last


@socket("reason-on-the-class", "the reason of the last close is kept on the class (WS-CAPABILITY-04; issue 15.1)")
class ReasonOnTheClass(Base):
    last: Any = None

    def _end(self, step: Any, following: Any, code: Any, reason: Any) -> None:
        super()._end(step, following, code, reason)
        type(self).last = reason

    @property
    def reason(self) -> Any:
        return None if super().code is None else type(self).last


@socket("offer-on-the-class", "accept compares with what the newest client offered (WS-HANDSHAKE-02, 04; issue 15.1)")
class OfferOnTheClass(Base):
    newest: Any = ()

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        type(self).newest = self.subprotocols

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        self.subprotocols = type(self).newest
        await super().accept(subprotocol, headers)


@socket("sends-to-the-newest", "the connection to send on is kept in the module: of two, both send to the newest client (issue 15.1)")
class SendsToTheNewest(Base):
    newest: Any = None

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        type(self).newest = self

    async def send(self, content: Any) -> None:
        newest = type(self).newest
        if self._state.can_send and newest._state.can_send:
            await super(SendsToTheNewest, newest).send(content)
        else:
            await super().send(content)


_current: contextvars.ContextVar[Any] = contextvars.ContextVar("current", default=None)


@socket("sends-in-the-context", "send goes to the client of the task that calls it: a broadcast comes back to its sender (issue 15.1)")
class SendsInTheContext(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers)
        _current.set(self)

    async def send(self, content: Any) -> None:
        to = _current.get()
        to = self if to is None or not to._state.can_send or not self._state.can_send else to
        await super(SendsInTheContext, to).send(content)


@socket("closes-in-the-context", "close closes the client of the task that calls it: an administrator's kick closes his own (WS-CLOSE-01; issue 15.1)")
class ClosesInTheContext(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers)
        _current.set(self)

    async def close(self, code: int = 1000) -> None:
        to = _current.get()
        to = self if type(to) is not type(self) or to._state is CLOSED else to
        await super(ClosesInTheContext, to).close(code)


_lock = anyio.Lock


@socket("one-lock-for-all-sends", "one lock for all sends: a client that does not read holds up the others (issue 15.1)")
class OneLockForAllSends(Base):
    lock: Any = None

    async def send(self, content: Any) -> None:
        if type(self).lock is None:
            type(self).lock = anyio.Lock()
        if not self._state.can_send:
            await super().send(content)
        async with type(self).lock:
            await super().send(content)


@socket("one-lock-for-all-receives", "one lock for all receives: a silent client holds up the messages of another (issue 15.1)")
class OneLockForAllReceives(Base):
    lock: Any = None

    async def receive(self) -> Any:
        if self._waiting is not None or not self._state.can_receive:
            return await super().receive()
        if type(self).lock is None:
            type(self).lock = anyio.Lock()
        if self.__dict__.get("receives"):
            return await super().receive()
        self.receives = True
        lock, held = type(self).lock, False
        try:
            try:
                lock.acquire_nowait()
            except anyio.WouldBlock:
                await lock.acquire()
            held = True
            return await super().receive()
        finally:
            self.receives = False
            if held:
                lock.release()


@socket("one-lock-for-all-closes", "one lock for all closes: closing a client that does not read holds up the close of another (WS-CLOSE-12 with n clients; issue 15.1)")
class OneLockForAllCloses(Base):
    lock: Any = None

    async def _close(self, code: Any, reason: Any) -> None:
        self._end_by_handler(code, reason)
        if type(self).lock is None:
            type(self).lock = anyio.Lock()
        async with type(self).lock:
            try:
                await self._send_close(code, reason or "")
            except Exception as error:
                if not self._had_ended(error):
                    raise


def _limited(number: int) -> Any:
    def wrap(app: Any) -> Any:
        semaphore: Any = None

        async def limited(scope: Any, receive: Any, send: Any) -> None:
            nonlocal semaphore
            semaphore = semaphore or anyio.Semaphore(number)
            async with semaphore:
                await app(scope, receive, send)

        return limited

    return wrap


wrapped("one-handler-at-a-time", "a second client waits until the first one's handler has ended (issue 15.1)")(_limited(1))
wrapped("four-handlers-at-a-time", "a fifth client waits until one of four handlers has ended (issue 15.1)")(_limited(4))


@wrapped("second-client-rejected", "while one client is connected, another is answered with 503 (issue 15.1)")
def second_client_rejected(app: Any) -> Any:
    count = 0

    async def one(scope: Any, receive: Any, send: Any) -> None:
        nonlocal count
        count += 1
        try:
            if count > 1:
                await receive()
                await send({"type": "websocket.http.response.start", "status": 503, "headers": []})
                await send({"type": "websocket.http.response.body", "body": b""})
            else:
                await app(scope, receive, send)
        finally:
            count -= 1

    return one


@application("matches-shared", "one dict of matches for all: the first handler's change when the second client comes (WS-LIFETIME-01, 10; issue 15.1)")
class MatchesShared(Application[Any]):
    def _found(self, scope: Any) -> Any:
        found, matches = super()._found(scope)
        shared = self.__dict__.setdefault("_matches", {})
        shared.clear()
        shared.update(matches)
        return found, shared


@wrapped("scope-shared", "one scope for all: the first handler reads the second client's headers and path (WS-LIFETIME-01; issue 15.1)")
def scope_shared(app: Any) -> Any:
    shared: dict[str, Any] = {}

    async def sharing(scope: Any, receive: Any, send: Any) -> None:
        shared.clear()
        shared.update(scope)
        await app(shared, receive, send)

    return sharing


@wrapped("headers-list-shared", "the scopes are apart, but their list of headers is one (issue 15.1: no header or cookie passes from one to the next)")
def headers_list_shared(app: Any) -> Any:
    headers: list[Any] = []

    async def sharing(scope: Any, receive: Any, send: Any) -> None:
        headers[:] = scope["headers"]
        await app({**scope, "headers": headers}, receive, send)

    return sharing


@socket("cookies-passed-on", "a set-cookie of one open connection goes out with the next one's response too (WS-HANDSHAKE-05; issue 15.1)")
class CookiesPassedOn(Base):
    kept: Any = {}

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        given = headers
        if isinstance(headers, list) or headers is None:
            others = [one for kept in type(self).kept.values() for one in kept]
            given = [*(headers or []), *others]
        await super().accept(subprotocol, given)
        type(self).kept[id(self)] = [one for one in headers or [] if one[0].lower() == b"set-cookie"]

    def _end(self, *how: Any) -> None:
        super()._end(*how)
        type(self).kept.pop(id(self), None)


def _open_sockets(kind: Any) -> list[Any]:
    return [one for one in list(kind.sockets) if one._state.can_send]


class Listed(Base):
    sockets: Any = None

    def __init_subclass__(cls) -> None:
        cls.sockets = []

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers)
        type(self).sockets.append(self)

    def _end(self, *how: Any) -> None:
        super()._end(*how)
        if self in type(self).sockets:
            type(self).sockets.remove(self)


@socket("one-per-host", "a second client from the same address closes the first one's connection with 1008 (issue 15.1)")
class OnePerHost(Listed):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers)
        for other in _open_sockets(type(self)):
            if other is not self and (other._scope.get("client") or [""])[0] == (self._scope.get("client") or [""])[0]:
                await other.close(1008)


@socket("one-failure-ends-all", "a handler that raises closes every open connection with 1011, as a shared task group does (WS-LIFETIME-05; issue 15.1)")
class OneFailureEndsAll(Listed):
    async def fail(self) -> None:
        await super().fail()
        for other in _open_sockets(type(self)):
            await Base.close(other, 1011)


@socket("gone-for-all", "a send that finds its client gone has the next send of another connection fail too (WS-SEND-11; issue 15.1)")
class GoneForAll(Base):
    gone: Any = False

    async def send(self, content: Any) -> None:
        if type(self).gone and self._state.can_send:
            type(self).gone = False
            raise self._client_gone("send", ConnectionError("another one's"))
        await super().send(content)

    def _client_gone(self, call: str, error: Exception) -> Any:
        type(self).gone = True
        return super()._client_gone(call, error)

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        type(self).gone = False
        await super().accept(subprotocol, headers)


@socket("close-code-remembered", "close() without a code takes the code of the last close(code) of another connection that was open beside it (WS-CLOSE-01; issue 15.1)")
class CloseCodeRemembered(Listed):
    remembered: Any = None

    async def close(self, code: Any = ...) -> None:
        kind = type(self)
        if code is ...:
            code, kind.remembered = kind.remembered or 1000, None
        elif isinstance(code, int) and 4000 <= code <= 4999 and len(_open_sockets(kind)) > 1:
            kind.remembered = code
        await super().close(code)


@handled("info-is-the-first-ones", "info is wrapped in a copy for each connection but the first: what one handler adds, the next does not see (WS-LIFETIME-01: the very object; issue 15.5)")
def info_copied_later(handler: Any) -> Any:
    import copy

    calls = 0

    async def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        nonlocal calls
        calls += 1
        await handler(scope, info if calls == 1 else copy.copy(info), matches, web_socket)

    return call


@socket("pending-message-on-the-class", "send keeps its message on the class while it gives way: two connections that send at once swap messages (WS-SEND-02; issue 15.1)")
class PendingOnTheClass(Base):
    pending: Any = None

    async def send(self, content: Any) -> None:
        if not self._state.can_send or not isinstance(content, str | bytes):
            await super().send(content)
        mine = self.__dict__
        if mine.get("busy"):
            await super().send(content)
            return
        mine["busy"] = True
        try:
            type(self).pending = content
            await anyio.lowlevel.checkpoint()
            await super().send(type(self).pending)
        finally:
            mine["busy"] = False
