# pyright: strict
"""The client's end of a line, as the kit drives it."""

from collections import deque

from bareasgi_ws import WebSocketClosedError
from bareasgi_ws.conformance import Handshake

from .line import Closing, Line, Load
from .serving import Serving


class SecondPeer:
    """The client's end. It offers SupportsServerError, SupportsPause and SupportsCancel."""

    def __init__(self, line: Line, serving: Serving) -> None:
        self._line = line
        self._serving = serving
        self._answer: Handshake | None = None
        self._messages: deque[bytes | str] = deque()
        self._end: tuple[int, str] | None = None
        self._paused = False

    async def handshake(self) -> Handshake:
        await self._line.bell.until(lambda: self._answer or self._end)
        if self._answer is None:
            raise WebSocketClosedError("this client has gone before the response")
        return self._answer

    async def send(self, content: bytes | str) -> None:
        await self.handshake()
        if self._end is None:
            self._line.put_back(content)

    async def receive(self) -> bytes | str | None:
        await self._line.bell.until(lambda: self._messages or self._end)
        return self._messages.popleft() if self._messages else None

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        if self._answer is None:
            await self.drop()  # there is no WebSocket yet that a frame could close
        elif self._end is None:
            self._hang_up(Closing(code, reason))

    async def drop(self) -> None:
        if self._end is None:
            self._end = 1006, ""
            self._line.put_back(None)

    @property
    def code(self) -> int | None:
        return self._end and self._end[0]

    @property
    def reason(self) -> str | None:
        return self._end and self._end[1]

    async def server_error(self) -> str | None:
        await self._line.bell.until(lambda: self._serving.ended)
        return self._serving.log

    def pause(self) -> None:
        self._paused = True

    def resume(self) -> None:
        self._paused = False
        self._line.bell.ring()

    def cancel(self) -> None:
        self._serving.cancel()

    def reads(self) -> bool:
        """Whether the line is to bring what is under way."""
        return not self._paused

    def take(self, load: Load) -> bool:
        """Take what the line brings; give whether anybody was there."""
        if self._end is not None:
            return False
        match load:
            case Handshake():
                self._answer = load
                if load.status != 101:
                    self._end = 1006, ""
            case Closing():
                self._hang_up(load)  # a close frame is answered with its like (RFC 6455 section 5.5.1)
            case _:
                self._messages.append(load)
        return True

    def _hang_up(self, closing: Closing) -> None:
        self._end = 1005 if closing.code is None else closing.code, closing.reason
        self._line.put_back(closing)
