"""The WebSocket on ASGI: it goes through the table of states.py, and awaits the server.

Where a server does not do as it should, server_workarounds.py stands before it.
"""

from collections.abc import Awaitable, Mapping
from typing import Any, Generic, NoReturn, TypeAlias

from .._rules import arguments, events
from .._rules.states import BEFORE, CLOSE, CLOSED, DISCONNECT, EXPECTED, State, Step
from ..asgi import Receive, Send
from ..errors import WebSocketClosedError, WebSocketError, WebSocketStateError
from ..scope import Header
from ..websocket import ContentT_co
from . import cancellation, log
from .close_timeout import interrupt_after, interruptible, within
from .server_workarounds import DAPHNE_REJECTS, UVICORN_HAS_ENDED, end_what_is_half_accepted

Content: TypeAlias = type[str] | type[bytes] | None

CLIENT_GONE = (OSError, RuntimeError)
"""What servers raise from a send to a client that has gone; the ASGI specification asks for an OSError."""

NONE_MAY, INTERRUPTED = "none may", "interrupted"
"""What stands where a receive waits, while none may wait, and where one is to end."""


class ReferenceWebSocket(Generic[ContentT_co]):
    """A WebSocket on what an ASGI server gives: a scope, and two functions."""

    __slots__ = (
        "__weakref__",
        "_close_timeout",
        "_code",
        "_content",
        "_first",
        "_interruption",
        "_reason",
        "_scope",
        "_server_receive",
        "_server_send",
        "_state",
        "_waiting",
        "subprotocols",
    )

    subprotocols: tuple[str, ...]

    def __init__(
        self,
        scope: Mapping[str, Any],
        first: events.Event,
        receive: Receive,
        send: Send,
        content: Content,
        close_timeout: float | None = None,
    ) -> None:
        """Begin before accept; ``first`` is the connection's first event, already received."""
        offered = scope.get("subprotocols")
        self.subprotocols = tuple(offered) if offered else ()
        self._scope = scope
        self._first = None if first.get("type") == "websocket.connect" else first
        self._server_receive = interruptible(receive)
        self._server_send = send
        self._content = content
        self._code: int | None = None
        self._reason: str | None = None
        self._close_timeout = close_timeout
        self._state = BEFORE
        self._waiting: Any = NONE_MAY
        self._interruption: Any = None

    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None:
        following: Any = self._state.accept
        if following.__class__ is not State:
            raise self._rejection(Step.ACCEPT, following)
        if subprotocol is not None:
            subprotocol = arguments.subprotocol(subprotocol, self.subprotocols)
        event = events.accept(subprotocol, [] if headers is None else arguments.accept_headers(headers))
        if self._first is not None:
            await self._check_first(self._first)
        self._state, self._waiting = following, None
        try:
            await self._server_send(event)
        except CLIENT_GONE as error:
            raise self._client_gone("accept", error) from error
        except Exception as error:
            if self._state is not CLOSED:  # a close beside it stands
                self._not_answered(error)
            await end_what_is_half_accepted(error, self._scope, self._server_send)
            raise
        log.debug(self._scope, "open")

    async def receive(self) -> ContentT_co | None:
        if self._waiting is not None:
            self._cannot_receive()
            return None
        self._waiting = waiting = self._server_receive()
        try:
            event = await waiting
        except BaseException:
            if self._waiting is waiting:
                self._waiting = None
            elif self._waiting is INTERRUPTED and not cancellation.is_asked_for():
                return None
            raise
        if self._waiting is not waiting:  # closed by the handler meanwhile, and the first close decides
            if self._interruption is not None:
                self._interruption.cancel()
            return None
        self._waiting = None
        if event.get("type") == "websocket.receive":
            # The usual message is read here, and written in send(): each call would cost a tenth of an echo.
            text: ContentT_co | None = event.get("text")
            binary: ContentT_co | None = event.get("bytes")
            if binary is None and text.__class__ is str and self._content is not bytes:
                return text
            if text is None and binary.__class__ is bytes and self._content is not str:
                return binary
        try:
            arrived: Any = events.read(event)
        except WebSocketError as error:
            await self._give_up(error)
            raise
        if arrived.__class__ is tuple:
            code, reason = arrived
            self._end(DISCONNECT, self._state.disconnect, code, reason)
            return None
        if self._content is not None and not issubclass(arrived.__class__, self._content):
            actual, asked_for = arrived.__class__.__name__, self._content.__name__
            log.debug(self._scope, "a message came as %s where the handler takes %s", actual, asked_for)
            await self._close(1003, None)
            return None
        message: ContentT_co = arrived
        return message

    async def send(self, content: bytes | str) -> None:
        if not self._state.can_send:
            raise self._rejection(Step.SEND, self._state.send)
        if content.__class__ is str and content.isascii():
            event: dict[str, Any] = {"type": "websocket.send", "text": content}
        elif content.__class__ is bytes:
            event = {"type": "websocket.send", "bytes": content}
        else:
            event = events.send(content)
        try:
            await self._server_send(event)
        except CLIENT_GONE as error:
            raise self._client_gone("send", error) from error

    async def close(self, code: int = 1000, *reason: Any, **named: Any) -> None:
        if reason or named:
            raise TypeError("close: expected a code alone, got more; use close_with_reason(code, reason)")
        if self._state is not CLOSED:
            await self._close(arguments.close_code(code), None)

    async def close_with_reason(self, code: int, reason: str) -> None:
        if self._state is not CLOSED:
            call = "close_with_reason"
            await self._close(arguments.close_code(code, call), arguments.close_reason(reason) or None)

    def __aiter__(self) -> NoReturn:
        raise TypeError("async for: expected messages(web_socket), got the web_socket itself")

    @property
    def code(self) -> int | None:
        return self._code

    @property
    def reason(self) -> str | None:
        return self._reason

    @property
    def state(self) -> State:
        return self._state

    def _enter(self, state: State) -> None:
        self._state = state
        self._waiting = None if state.can_receive else NONE_MAY

    def _rejection(self, step: Step, rejection: Any) -> WebSocketError:
        error: WebSocketError = rejection(f"{step.value}: expected {EXPECTED[step]}, but this one is {self._state}")
        return error

    def _cannot_receive(self) -> None:
        if not isinstance(self._state.receive, State):
            raise self._rejection(Step.RECEIVE, self._state.receive)
        if self._state.can_receive:
            raise WebSocketStateError("receive(): expected one call at a time, and another receive waits already")

    def _end(self, by: Step | str, following: Any, code: int, reason: str | None) -> None:
        self._state, self._waiting = following, NONE_MAY
        self._code, self._reason = code, reason
        log.debug(self._scope, "closed with %s: %s", code, by)

    def _client_gone(self, call: str, error: Exception) -> WebSocketClosedError:
        following: Any = self._state.failed_send
        self._state = following
        log.debug(self._scope, "%s() found the client gone: %s", call, error)
        return WebSocketClosedError(f"{call}(): the client has gone")

    def _not_answered(self, error: Exception) -> None:
        """Take the handshake for unanswered: the server would not send this response; another can still be given."""
        self._enter(BEFORE)
        self._code = None
        log.debug(self._scope, "not accepted again, for the server would not send this response: %s", error)

    async def _check_first(self, first: events.Event) -> None:
        """Reject an accept whose client has gone before it, or whose server began with another event."""
        try:
            gone = events.connected(first)
        except WebSocketError as error:
            await self._give_up(error)
            raise
        if gone is not None:
            self._end(DISCONNECT, self._state.disconnect, *gone)
            raise WebSocketClosedError("accept(): the client has gone")
        self._first = None

    async def _close(self, code: int, reason: str | None) -> None:
        self._end_by_handler(code, reason)
        try:
            await self._send_close(code, reason or "")
        except Exception as error:
            if DAPHNE_REJECTS.is_it(error):
                await self._close_with_1000(code, reason or "", error)
            elif not self._had_ended(error):
                raise

    async def _close_with_1000(self, code: int, reason: str, rejected: Exception) -> None:
        log.debug(self._scope, "daphne rejects the code %s, so it is closed with 1000: %s", code, rejected)
        try:
            await self._send_close(1000, reason)
        except Exception as error:
            if not self._had_ended(error):
                raise

    async def fail(self) -> None:
        """Close for the handler's error, which goes on: daphne 4.2 rejects 1011, and then closes with it by itself."""
        if self._state is not CLOSED:
            self._end_by_handler(1011, None)
            try:
                await self._send_close(1011, "")
            except Exception as error:
                if DAPHNE_REJECTS.is_it(error):
                    log.debug(self._scope, "daphne rejects the code 1011, which it sends itself: %s", error)
                elif not self._had_ended(error):
                    raise

    def leave_to_server(self) -> None:
        """Be closed by the server's own response to the handshake, for the handler's error."""
        self._end("the server's response", self._state.deny, 1005, None)

    def _send_close(self, code: int, reason: str) -> Awaitable[object]:
        return self._within(self._server_send(events.close(code, reason)))

    def _had_ended(self, error: Exception) -> bool:
        """Tell whether the end could not be sent because there was one already."""
        if isinstance(error, CLIENT_GONE):
            log.debug(self._scope, "its end was not sent, for the client has gone: %s", error)
        elif UVICORN_HAS_ENDED.is_it(error):
            log.debug(self._scope, "its end was not sent, for uvicorn has ended the handshake: %s", error)
        else:
            return False
        return True

    def _within(self, sending: Awaitable[None]) -> Awaitable[object]:
        """Return what awaits the sending of the end, as long as the application's author allows."""
        return within(self._close_timeout, sending, self._scope)

    def _end_by_handler(self, code: int, reason: str | None) -> None:
        waiting = self._waiting
        self._end(CLOSE, self._state.close, code, reason)
        if waiting is not None and waiting is not NONE_MAY:
            self._limit_receive(waiting)

    def _limit_receive(self, waiting: Any) -> None:
        """Have a receive that waits give None in time, though the server may never report the end."""
        if self._close_timeout is not None:
            timeout, receive = self._close_timeout, self._server_receive
            self._interruption = interrupt_after(timeout, receive, waiting, self._interrupted)

    def _interrupted(self) -> None:
        self._waiting = INTERRUPTED

    async def _give_up(self, mistake: WebSocketError) -> None:
        """Close for a mistake of the server's, which is raised then; that the close fails must not hide it."""
        log.debug(self._scope, "it cannot go on: %s", mistake)
        try:
            await self._close(1011, None)
        except Exception as error:
            log.error(self._scope, "the server failed to close it", error)


class DenyingWebSocket(ReferenceWebSocket[ContentT_co]):
    """A WebSocket on a server that has the denial response extension."""

    __slots__ = ()

    async def deny(self, status: int, headers: list[Header] | None = None, body: bytes = b"") -> None:
        following: Any = self._state.deny
        if following.__class__ is not State:
            raise self._rejection(Step.DENY, following)
        status, body = arguments.denial_status(status), arguments.denial_body(body)
        start, end = events.denial(status, arguments.denial_headers(headers, body), body)
        self._end(Step.DENY, following, 1005, None)  # RFC 6455 section 7.1.5: no close code was given
        is_begun = False

        async def answer() -> None:
            nonlocal is_begun
            await self._server_send(start)
            is_begun = True
            await self._server_send(end)

        try:
            await self._within(answer())
        except Exception as error:
            if self._had_ended(error):
                return
            if not is_begun:
                self._not_answered(error)
            raise


def open_web_socket(
    scope: Mapping[str, Any],
    first: events.Event,
    receive: Receive,
    send: Send,
    content: Content,
    close_timeout: float | None = None,
) -> ReferenceWebSocket[Any]:
    """Return the WebSocket with the capabilities that the server has (ASGI websocket denial response)."""
    can_deny = "websocket.http.response" in (scope.get("extensions") or ())
    kind: type[ReferenceWebSocket[Any]] = DenyingWebSocket if can_deny else ReferenceWebSocket
    return kind(scope, first, receive, send, content, close_timeout)
