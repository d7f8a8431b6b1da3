"""Tasks beside the one that makes them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
from anyio.abc import TaskGroup

from .loop import library


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

        One that goes on after a first cancellation meets another wherever it waits. Each is given ``patience`` seconds.
        """
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


@asynccontextmanager
async def plain_task_group() -> AsyncGenerator[TaskGroup]:
    """Run tasks beside the body, cancel them behind it, and raise what it raised, which anyio's own puts in a group."""
    failure: BaseException | None = None
    try:
        async with anyio.create_task_group() as tasks:
            try:
                yield tasks
            except (anyio.get_cancelled_exc_class(), GeneratorExit):
                raise
            except BaseException as error:
                failure = error
            tasks.cancel_scope.cancel()
    finally:  # also where a scope around this one has expired meanwhile
        if failure is not None:
            raise failure
