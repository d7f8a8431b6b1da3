# pyright: strict
"""The web_socket: all but receive is done when it is called, and the awaitable only waits."""

from collections.abc import Callable
from http import HTTPStatus
from typing import ParamSpec, TypeVar

import anyio

from bareasgi_ws import Header
from bareasgi_ws.conformance import Handshake

from . import values
from .arrivals import Arrivals
from .frames import close_frame, message_frames
from .line import Line, Parcel

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

CLOSE_TIMEOUT = 0.25
REJECTION = Handshake(HTTPStatus.FORBIDDEN, [], None, b"")


def then(wait: Callable[[T], R]) -> Callable[[Callable[P, T]], Callable[P, R]]:
    """Make a plain function a method that is awaited: it does what it does at the call, and gives this wait."""

    def decorate(do: Callable[P, T]) -> Callable[P, R]:
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            return wait(do(*args, **kwargs))

        return call

    return decorate


async def nothing(done: None) -> None:
    """Wait for nothing."""


async def gone_out(sent: tuple[Line, Parcel]) -> None:
    """Wait until a message has gone out."""
    line, parcel = sent
    await line.gone_out(parcel)


class SecondWebSocket:
    """A WebSocket on one end of a line; it offers SupportsCloseReason and SupportsDenial.

    Attributes:
        code: The close code, once there is one: an attribute, where the Protocol has a property.
        reason: The close reason, likewise.
    """

    __slots__ = ("_accepted", "_arrivals", "_line", "_offered", "_receiving", "code", "reason")

    def __init__(self, line: Line, arrivals: Arrivals, offered: tuple[str, ...]) -> None:
        self._line = line
        self._arrivals = arrivals
        self._offered = offered
        self._accepted = False
        self._receiving = False
        self.code: int | None = None
        self.reason: str | None = None

    @then(nothing)
    def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None:
        selected = values.subprotocol(subprotocol, self._offered)
        given = values.headers(headers, values.HANDSHAKE_OWN)
        self._check_not_accepted()
        self._accepted = True
        self._line.put(Handshake(HTTPStatus.SWITCHING_PROTOCOLS, _with_the_servers(given), selected, b""))

    async def receive(self) -> bytes | str | None:
        self._check_accepted()
        if not self._closed():
            await self._arrival()
        if self._closed():
            return None
        if not self._arrivals.messages and self._arrivals.over is not None:
            self.code = self._arrivals.over
            return None
        return self._arrivals.messages.popleft()

    @then(gone_out)
    def send(self, content: bytes | str) -> tuple[Line, Parcel]:
        frames = message_frames(values.content(content))
        self._check_accepted()
        if self._closed():
            raise values.Gone("the WebSocket is closed")
        try:
            return self._line, self._line.slip_in(frames)
        except BrokenPipeError as error:
            raise values.Gone("the client has gone") from error

    @then(nothing)
    def close(self, code: int = 1000) -> None:
        self._close(code, "")

    @then(nothing)
    def close_with_reason(self, code: int, reason: str) -> None:
        self._close(code, reason)

    @then(nothing)
    def deny(self, status: int, headers: list[Header] | None = None, body: bytes = b"") -> None:
        number, content = values.status(status), values.body(body)
        answer = Handshake(number, values.denial_headers(headers, len(content)), None, content)
        self._check_not_accepted()
        self.code = 1005
        self._line.put(answer)

    def _close(self, code: int, reason: str) -> None:
        if self._closed():
            return
        self.code, self.reason = values.close_code(code), values.close_reason(reason) or None
        self._line.put([close_frame(self.code, reason)] if self._accepted else REJECTION)

    def _closed(self) -> bool:
        return self.code is not None

    async def _arrival(self) -> None:
        if self._receiving:
            raise values.TwoAtOnce("receive() waits already")
        self._receiving = True
        try:
            await self._line.bell.until(lambda: self._arrivals.messages or self._arrivals.over or self._closed())
            if self._closed():
                with anyio.move_on_after(CLOSE_TIMEOUT):
                    await self._line.bell.until(lambda: self._arrivals.over)
        finally:
            self._receiving = False

    def _check_accepted(self) -> None:
        if not self._accepted and not self._closed():
            raise values.TooSoon("accept() comes first")

    def _check_not_accepted(self) -> None:
        if self._accepted or self._closed():
            raise values.TooLate("the handshake is answered")


def _with_the_servers(given: list[Header]) -> list[Header]:
    """Put headers of the server's own before, between and behind those of accept (WS-HANDSHAKE-05)."""
    answer: list[Header] = [(b"Upgrade", b"websocket")]
    for header in given:
        answer += [header, (b"Via", b"1.1 second")]
    return [*answer, (b"Connection", b"Upgrade")]
