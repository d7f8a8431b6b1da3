"""The members that are connected to this worker, by room."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bareasgi_ws import CloseCode, Outbox, WebSocket

from .schema import Entry, Joined, Tick, content
from .store import Store


@dataclass(eq=False)
class Member:
    """A connection to a room.

    Attributes:
        seen: The id of the last post that it was given.
        early: What comes while its history is still read, and None from then on.
    """

    web_socket: WebSocket
    out: Outbox
    seen: int
    early: list[Entry] | None = field(default_factory=list[Entry])

    def take(self, entry: Entry, sent: bytes | str) -> None:
        """Send a post, unless it was sent before."""
        if self.early is not None:
            self.early.append(entry)
        elif entry.id > self.seen:
            self.seen = entry.id
            self.out.put(sent)

    def catch_up(self, history: list[Entry]) -> None:
        """Send what the member has missed, then what came meanwhile."""
        early, self.early = self.early or [], None
        for entry in [*history, *early]:
            self.take(entry, content(entry))


class Rooms:
    """Hands each post of the store to the members of its room."""

    def __init__(self, store: Store, tick: float) -> None:
        """Deliver what the store has, and a tick every so many seconds."""
        self.store = store
        self._tick = tick
        self._members: dict[str, set[Member]] = defaultdict(set)
        self._closing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Deliver as long as the block runs, then close whoever is still there."""
        async with self.store.delivering(self._deliver, self._send_away):
            ticking = asyncio.create_task(self._keep_ticking())
            try:
                yield
            finally:
                ticking.cancel()
                self._send_away()
                await asyncio.wait([ticking, *self._closing])

    @asynccontextmanager
    async def joined(self, room: str, name: str, member: Member) -> AsyncGenerator[None]:
        """Send what the member has missed, and, as long as the block runs, what comes."""
        self._members[room].add(member)  # before the history is read: what comes meanwhile is not missed
        try:
            history = await self.store.history(room, member.seen)
            gap = bool(member.seen and history and history[0].id != member.seen + 1)
            member.out.put(json.dumps(Joined(type="joined", room=room, name=name, gap=gap)))
            member.catch_up(history)
            yield
        finally:
            self._members[room].discard(member)
            if not self._members[room]:
                del self._members[room]

    def _deliver(self, room: str, entry: Entry) -> None:
        if room in self._members:
            sent = content(entry)
            for member in self._members[room]:
                member.take(entry, sent)

    async def _keep_ticking(self) -> None:
        while True:
            await asyncio.sleep(self._tick)
            tick = json.dumps(Tick(type="tick", at=time.time()))
            for member in self._everybody():
                member.out.put(tick)

    def _send_away(self) -> None:
        """Close every connection, and wait for none: a member comes again, and says what it has seen."""
        for member in self._everybody():
            task = asyncio.create_task(member.web_socket.close(CloseCode.SERVICE_RESTART))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _everybody(self) -> list[Member]:
        return [member for members in self._members.values() for member in members]
