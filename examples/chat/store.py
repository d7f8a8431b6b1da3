"""Where the posts of all rooms are kept: the interface, and a store in this process."""

import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from .schema import Entry

Deliver = Callable[[str, Entry], None]
"""Called with each new post and its room, in the order of their ids."""

KEYS_KEPT = 10_000


class StoreError(Exception):
    """The store cannot be reached."""


class Store(Protocol):
    """Keeps the last posts of each room, and tells every worker of each new one.

    The ids of a room grow by one with each post. The first is the time, so that they go on growing after a loss of all
    that was kept.
    """

    async def append(self, room: str, key: str, body: bytes) -> None:
        """Keep a post and deliver it, both or neither; one of a key that was there before is left out."""

    async def history(self, room: str, after: int) -> list[Entry]:
        """Return the posts that are kept, oldest first, from the first one after this id."""
        ...

    def delivering(self, deliver: Deliver, missed: Callable[[], None]) -> AbstractAsyncContextManager[None]:
        """Deliver what is appended, here or elsewhere; ``missed`` is called when some may have been left out."""
        ...


class MemoryStore:
    """Keeps the posts in this process."""

    def __init__(self, history: int) -> None:
        """Keep so many posts of each room."""
        self._rooms: dict[str, deque[Entry]] = defaultdict(lambda: deque(maxlen=history))
        self._keys: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._deliver: Deliver | None = None

    async def append(self, room: str, key: str, body: bytes) -> None:
        """Keep and deliver a post."""
        if (room, key) in self._keys:
            return
        self._keys[room, key] = None
        if len(self._keys) > KEYS_KEPT:
            self._keys.popitem(last=False)
        kept = self._rooms[room]
        entry = Entry(kept[-1].id + 1 if kept else time.time_ns() // 1_000_000, body)
        kept.append(entry)
        if self._deliver is not None:
            self._deliver(room, entry)

    async def history(self, room: str, after: int) -> list[Entry]:
        """Return the posts after this id."""
        return [entry for entry in self._rooms.get(room, ()) if entry.id > after]

    @asynccontextmanager
    async def delivering(self, deliver: Deliver, missed: Callable[[], None]) -> AsyncGenerator[None]:
        """Deliver each post as it is appended: none can be left out."""
        self._deliver = deliver
        try:
            yield
        finally:
            self._deliver = None
