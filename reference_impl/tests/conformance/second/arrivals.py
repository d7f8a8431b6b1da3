# pyright: strict
"""What comes from the client, read ahead of the handler."""

from collections import deque

from .frames import Frame, Opcode, Reassembly, close_frame, read_close
from .line import Line


class Arrivals:
    """What has arrived from one client.

    Attributes:
        messages: The messages that the handler has not received.
        over: The code that the connection ended with, once it did; nothing follows.
    """

    def __init__(self, line: Line, content: type[str] | type[bytes] | None) -> None:
        self.messages: deque[bytes | str] = deque()
        self.over: int | None = None
        self._line = line
        self._content = content
        self._reassembly = Reassembly()

    async def read_ahead(self) -> None:
        """Read until the end, whether the handler receives or not."""
        while self.over is None:
            await self._line.bell.until(lambda: self._line.to_server)
            self._read(self._line.to_server.popleft())
            self._line.bell.ring()

    def _read(self, frame: Frame | None) -> None:
        if frame is None:
            self.over = 1006
        elif frame.opcode is Opcode.CLOSE:
            self.over, _ = read_close(frame)  # no reason: a server need not report it (WS-CAPABILITY-04)
        else:
            self._take(self._reassembly.add(frame))

    def _take(self, message: bytes | str | None) -> None:
        if message is None:
            return
        if self._content is None or isinstance(message, self._content):
            self.messages.append(message)
            return
        self.over = 1003
        self._line.put([close_frame(1003, "")])
