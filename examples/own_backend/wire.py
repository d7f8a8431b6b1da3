"""A library that has connections: queues stand for its sockets and frames."""

from collections import deque
from contextlib import suppress
from typing import Any, NamedTuple

import anyio
from anyio.lowlevel import checkpoint


class Response(NamedTuple):
    """The response to a handshake request."""

    status: int
    headers: list[tuple[bytes, bytes]]
    subprotocol: str | None


class Close(NamedTuple):
    """A close frame."""

    code: int
    reason: str = ""


class End:
    """One end of a connection, made together with the other one.

    Attributes:
        other: The other end.
        code: The code with which the connection was closed; None while it is open.
        reason: The reason that came with the code.
    """

    def __init__(self, other: "End | None" = None) -> None:
        """Make both ends."""
        self.other = other or End(self)
        self.code: int | None = None
        self.reason: str | None = None
        self._arrived = deque[Any]()
        self._is_lost = False
        self._is_paused = False
        self._changed = anyio.Event()

    async def send(self, content: Response | bytes | str | Close) -> None:
        """Send, and wait while the other end does not read.

        Raises:
            ConnectionResetError: The connection is lost.
        """
        if self._is_lost:
            raise ConnectionResetError("the connection is lost")
        self.other._arrived.append(content)
        self.other._change()
        while self.other._is_paused:
            await self.other._changed.wait()

    async def receive(self) -> Any:
        """Wait for what the other end sends; answer a close frame, and return None for it."""
        await checkpoint()
        while self.code is None and not self._arrived and not self._is_lost:
            await self._changed.wait()
        if self.code is not None:
            return None
        content = self._arrived.popleft() if self._arrived else Close(1006)
        if not isinstance(content, Close):
            return content
        await self.close(*content)
        await self.drop()
        return None

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        """Send a close frame; on a closed connection do nothing."""
        if self.code is None:
            self.code, self.reason = 1005 if code is None else code, reason
            self.resume()
            with suppress(ConnectionResetError):
                await self.send(Close(self.code, reason))

    async def drop(self) -> None:
        """Lose the connection, with no close frame."""
        self.code, self.reason = self.code or 1006, self.reason or ""
        self._is_lost = self.other._is_lost = True
        self.resume()
        self.other._change()

    def pause(self) -> None:
        """Read nothing more."""
        self._is_paused = True

    def resume(self) -> None:
        """Read again."""
        self._is_paused = False
        self._change()

    def _change(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()
