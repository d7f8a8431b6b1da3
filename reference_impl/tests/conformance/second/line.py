# pyright: strict
"""The line between the two ends: what is under way on it, and who carries it to the client."""

from collections import deque
from collections.abc import Callable, Iterable
from typing import NoReturn, Protocol, TypeAlias

import anyio

from bareasgi_ws.conformance import Handshake

from .frames import Frame

Load: TypeAlias = Handshake | list[Frame]


class Bell:
    """Rings when anything has changed, and wakes everybody who waits for something."""

    def __init__(self) -> None:
        self._rung = anyio.Event()

    def ring(self) -> None:
        self._rung.set()
        self._rung = anyio.Event()

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until this is true; where it is true already, do not even give way to other tasks."""
        while not true():
            await self._rung.wait()


class Parcel:
    """Something under way to the client.

    Attributes:
        load: What it is.
        gone: Whether it has left the line.
        awaited: Whether a send waits for that.
    """

    def __init__(self, load: Load) -> None:
        self.load = load
        self.gone = False
        self.awaited = False


class Receiver(Protocol):
    """The end that parcels are carried to."""

    def reads(self) -> bool: ...
    def take(self, load: Load) -> bool: ...


class Line:
    """One connection's line.

    Attributes:
        bell: Rings when anything has changed on the line or at its ends.
        to_server: What is under way from the client; None is the cut of the line.
    """

    def __init__(self) -> None:
        self.bell = Bell()
        self.to_server: deque[Frame | None] = deque()
        self._to_client: list[Parcel] = []
        self._broken = False

    def put(self, load: Load) -> None:
        """Send something behind all that is under way."""
        self._to_client.append(Parcel(load))
        self.bell.ring()

    def slip_in(self, load: Load) -> Parcel:
        """Send something before all that a send still waits for: their order is free (WS-CONCURRENCY-03).

        What no send waits for, such as a cancelled one's message, was sent before it and keeps its place (WS-SEND-05).

        Raises:
            BrokenPipeError: Something was lost on the line before, for the client has gone.
        """
        if self._broken:
            raise BrokenPipeError("the client has gone")
        kept = [place for place, parcel in enumerate(self._to_client, 1) if not parcel.awaited]
        parcel = Parcel(load)
        self._to_client.insert(max(kept, default=0), parcel)
        self.bell.ring()
        return parcel

    async def gone_out(self, parcel: Parcel) -> None:
        """Wait until a parcel has left the line. Cancelled, the parcel stays on its way (WS-CANCELLATION-02)."""
        parcel.awaited = True
        try:
            await self.bell.until(lambda: parcel.gone)
        finally:
            parcel.awaited = False

    def put_back(self, frames: Iterable[Frame | None]) -> None:
        """Send something from the client."""
        self.to_server.extend(frames)
        self.bell.ring()

    async def carry(self, client: Receiver) -> NoReturn:
        """Carry what is under way to the client, as long as it reads."""
        while True:
            await self.bell.until(lambda: self._to_client and client.reads())
            parcel = self._to_client.pop(0)
            taken = client.take(parcel.load)
            self._broken = self._broken or not taken
            parcel.gone = True
            self.bell.ring()
