"""Tasks beside the one that makes them: how they begin, leave something for one another, and end."""

from collections import deque
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from math import inf
from typing import Generic, TypeVar

import anyio
import anyio.lowlevel

from .client import DeadlineError

T = TypeVar("T")


class BackgroundTask:
    """A task in no task group or cancel scope of its maker's: one task can make it, and another wait for its end.

    Attributes:
        ended: Set when it has ended.
        error: What it raised, if it did.
        cancelled: Whether it ended by the cancellation that was asked for here.
    """

    def __init__(self, function: Callable[[], Awaitable[None]], at_end: Callable[[], None]) -> None:
        """Run the function; ``at_end`` is called before ``ended`` is set."""
        self.ended = anyio.Event()
        self.error: BaseException | None = None
        self.cancelled = False
        self._at_end = at_end
        self._asked = False
        self._scope = anyio.CancelScope()  # its own task enters and leaves it
        self._cancel_once: Callable[[], object] = self._scope.cancel
        if library() == "asyncio":
            self._start_on_asyncio(function)
        else:
            self._start_on_trio(function)

    def cancel(self) -> None:
        """Cancel it as servers cancel an application: on asyncio the task, once; on trio its scope."""
        self._asked = True
        self._cancel_once()

    async def abandon(self, patience: float) -> bool:
        """Cancel it and wait for its end, though the caller is cancelled too; tell whether it ended.

        One that goes on after a first cancellation meets another wherever it waits. Each is given ``patience`` seconds,
        but never for ever, as nothing could cancel that.
        """
        patience = patience if patience < inf else 1.0
        if not self._asked:
            self.cancel()
        for cancel_for_good in (False, True):
            if cancel_for_good:
                self._scope.cancel()
            with anyio.move_on_after(patience, shield=True):
                await self.ended.wait()
            if self.ended.is_set():
                return True
        return False

    def _start_on_asyncio(self, function: Callable[[], Awaitable[None]]) -> None:
        import asyncio

        def is_asked_for() -> bool:
            task = asyncio.current_task()
            return task is not None and task.cancelling() > 0

        def done(task: "asyncio.Task[None]") -> None:
            self._end(task.cancelled())

        task = asyncio.create_task(self._run(function, is_asked_for))
        self._cancel_once = task.cancel
        task.add_done_callback(done)  # it is called even where the task was cancelled before it began

    def _start_on_trio(self, function: Callable[[], Awaitable[None]]) -> None:
        from contextvars import copy_context

        import trio

        @trio.lowlevel.disable_ki_protection  # else Ctrl+C would not end an application that never waits
        async def interruptible() -> None:
            await function()

        def is_asked_for() -> bool:
            return trio.current_effective_deadline() == float("-inf")

        async def run() -> None:
            try:
                await self._run(interruptible, is_asked_for)
            finally:
                self._end(cancelled=False)

        trio.lowlevel.spawn_system_task(run, context=copy_context())

    async def _run(self, function: Callable[[], Awaitable[None]], is_asked_for: Callable[[], bool]) -> None:
        try:
            with self._scope:
                await function()
        except BaseException as error:  # on trio one that escaped would end the whole loop
            if isinstance(error, anyio.get_cancelled_exc_class()) and is_asked_for():
                raise
            self.error = error

    def _end(self, cancelled: bool) -> None:
        self.cancelled = self._asked and (cancelled or self._scope.cancelled_caught)
        self._at_end()
        self.ended.set()


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


@contextmanager
def within(deadline: float, said: Callable[[], str], *, shield: bool = False) -> Generator[None]:
    """Raise DeadlineError with what is said then, where the body, a single await, takes longer."""
    if deadline == inf and not shield:
        yield
        return
    with anyio.move_on_after(deadline, shield=shield) as scope:
        yield
    if scope.cancelled_caught:
        raise DeadlineError(said())


def library() -> str:
    """Name the library."""
    import asyncio

    try:
        return "trio" if asyncio.current_task() is None else "asyncio"
    except RuntimeError:
        return "trio"


def running_loop() -> object:
    """Return what tells the running loop from another."""
    if library() == "asyncio":
        import asyncio

        return asyncio.get_running_loop()
    import trio

    return trio.lowlevel.current_trio_token()
