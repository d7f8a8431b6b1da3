"""What one side leaves for the other."""

from collections import deque
from typing import Generic, TypeVar

import anyio
import anyio.lowlevel

T = TypeVar("T")


class Mailbox(Generic[T]):
    """A queue without a limit; what is put last can be left in it for good."""

    def __init__(self) -> None:
        """Begin empty."""
        self._items: deque[T] = deque()
        self._last = False
        self._arrived = anyio.Event()

    def put(self, item: T, *, last: bool = False) -> None:
        """Leave an item; nothing can follow the last, which is got again and again."""
        if not self._last:
            self._items.append(item)
            self._last = last
            self._arrived.set()

    async def get(self) -> T:
        """Wait for the next item. Cancelled, it takes none."""
        await anyio.lowlevel.checkpoint()
        while not self._items:
            if self._arrived.is_set():
                self._arrived = anyio.Event()
            await self._arrived.wait()
        return self._items[0] if self._last and len(self._items) == 1 else self._items.popleft()
