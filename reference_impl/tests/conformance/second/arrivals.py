# pyright: strict
"""What comes from the client, read ahead of the handler."""

from collections import deque

from .line import Closing, Line, Sent


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

    async def read_ahead(self) -> None:
        """Read until the end, whether the handler receives or not."""
        while self.over is None:
            await self._line.bell.until(lambda: self._line.to_server)
            self._read(self._line.to_server.popleft())
            self._line.bell.ring()

    def _read(self, load: Sent | None) -> None:
        if load is None:
            self.over = 1006
        elif isinstance(load, Closing):
            # No reason: a server need not report it (WS-CAPABILITY-04).
            self.over = 1005 if load.code is None else load.code
        elif self._content is None or isinstance(load, self._content):
            self.messages.append(load)
        else:
            self.over = 1003
            self._line.put(Closing(1003, ""))
