# pyright: strict
"""The client's end of a line, as the kit drives it."""

from collections import deque

from bareasgi_ws import WebSocketClosedError
from bareasgi_ws.conformance import Handshake

from .frames import Frame, Opcode, Reassembly, close_frame, message_frames, read_close
from .line import Line, Load
from .serving import Serving


class SecondPeer:
    """The client's end. It offers SupportsServerError, SupportsPause and SupportsCancel."""

    def __init__(self, line: Line, serving: Serving) -> None:
        self._line = line
        self._serving = serving
        self._answer: Handshake | None = None
        self._messages: deque[bytes | str] = deque()
        self._reassembly = Reassembly()
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
            self._line.put_back(message_frames(content))

    async def receive(self) -> bytes | str | None:
        await self._line.bell.until(lambda: self._messages or self._end)
        return self._messages.popleft() if self._messages else None

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        if self._answer is None:
            await self.drop()  # there is no WebSocket yet that a frame could close
        elif self._end is None:
            self._hang_up(close_frame(code, reason))

    async def drop(self) -> None:
        if self._end is None:
            self._end = 1006, ""
            self._line.put_back([None])

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
        if isinstance(load, Handshake):
            self._take_answer(load)
        else:
            for frame in load:
                self._take_frame(frame)
        return True

    def _take_answer(self, answer: Handshake) -> None:
        self._answer = answer
        if answer.status != 101:
            self._end = 1006, ""

    def _take_frame(self, frame: Frame) -> None:
        if frame.opcode is Opcode.CLOSE:
            self._hang_up(frame)  # a close frame is answered with its like (RFC 6455 section 5.5.1)
            return
        message = self._reassembly.add(frame)
        if message is not None:
            self._messages.append(message)

    def _hang_up(self, frame: Frame) -> None:
        self._end = read_close(frame)
        self._line.put_back([frame])
