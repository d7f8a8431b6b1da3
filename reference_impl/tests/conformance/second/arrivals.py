# pyright: strict
"""What comes from the client, read ahead of the handler."""

from collections import deque

from .frames import Frame, Opcode, OutOfPlace, Reassembly, close_frame, read_close
from .line import Line
from .octets import BrokenProtocol, Octets


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
        self._octets = Octets()

    async def read_ahead(self) -> None:
        """Read until the end, whether the handler receives or not."""
        while self.over is None:
            await self._line.bell.until(lambda: self._line.to_server)
            self._read(self._line.to_server.popleft())
            self._line.bell.ring()

    def _read(self, arrived: Frame | bytes | None) -> None:
        try:
            if isinstance(arrived, bytes):
                for frame in self._octets.add(arrived):
                    self._take_frame(frame)
            elif arrived is None:
                self.over = 1006
            else:
                self._take_frame(arrived)
        except (BrokenProtocol, OutOfPlace):
            self._fail(1002)
        except UnicodeDecodeError:
            self._fail(1007)

    def _take_frame(self, frame: Frame) -> None:
        if self.over is not None:
            return
        match frame.opcode:
            case Opcode.CLOSE:
                self.over, _ = read_close(frame)  # no reason: a server need not report it (WS-CAPABILITY-04)
            case Opcode.PING:
                self._line.put([Frame(Opcode.PONG, True, frame.payload)])
            case Opcode.PONG:
                pass
            case _:
                self._take(self._reassembly.add(frame))

    def _fail(self, code: int) -> None:
        self.over = code
        self._line.put([close_frame(code, "")])

    def _take(self, message: bytes | str | None) -> None:
        if message is None:
            return
        if self._content is None or isinstance(message, self._content):
            self.messages.append(message)
            return
        self._fail(1003)
