"""A task beside the handler's, and the end of the handler's own block, on asyncio and on trio."""

from collections.abc import Awaitable, Callable
from typing import Any

from .close_timeout import running, within

STOPPING = 1.0
"""How long a task may take to end that was cancelled, in seconds."""


class Task:
    """A task of no task group: it never disturbs the handler's.

    Attributes:
        error: What it raised, if it did.
    """

    def __init__(self, run: Callable[[], Awaitable[None]]) -> None:
        """Run the function from the next step of the event loop on."""
        self.error: Exception | None = None
        self._run = run
        self._trio = running("trio")
        if self._trio is not None:
            self._begun, self._ended = self._trio.Event(), self._trio.Event()
            self._task = self._trio.CancelScope()
            self._trio.lowlevel.spawn_system_task(self._on_trio)
        else:
            asyncio = running("asyncio")
            if asyncio is None:
                raise RuntimeError("expected the event loop of asyncio or of trio, and neither runs here")
            self._begun, self._ended = asyncio.Event(), asyncio.Event()
            self._task = asyncio.Task(self._kept())  # whatever the loop's task factory says of eager ones
            self._task.add_done_callback(self._end)  # also where it is cancelled before it begins

    async def begun(self) -> None:
        """Wait until it waits for something; cancelled, so is it."""
        try:
            await self._begun.wait()
        except BaseException:
            self.cancel()
            raise

    def cancel(self) -> None:
        """Cancel it."""
        self._task.cancel()

    async def wait(self) -> None:
        """Wait for its end."""
        await self._ended.wait()

    async def stop(self) -> None:
        """Cancel it, and wait for its end, though the caller is cancelled too; but not for ever.

        hypercorn 0.18 on trio lets no send be cancelled that waits for its client.
        """
        self.cancel()
        if self._trio is None:
            await within(STOPPING, self.wait())
        else:
            with self._trio.CancelScope(shield=True):
                await within(STOPPING, self.wait())

    async def _on_trio(self) -> None:
        with self._task:
            await self._kept()
        self._end()

    def _end(self, task: object = None) -> None:
        self._ended.set()

    async def _kept(self) -> None:
        self._begun.set()
        try:
            await self._run()
        except Exception as error:
            self.error = error


class Block:
    """The block of an ``async with``, which another task can end as a cancellation does."""

    def __init__(self) -> None:
        """Begin in the running task."""
        self._is_ended = self._is_left = False
        self._trio = running("trio")
        if self._trio is not None:
            self._inner = self._trio.CancelScope()
            self._inner.__enter__()
        else:
            asyncio: Any = running("asyncio")
            self._inner = asyncio.current_task()
            self._cancelling = self._inner.cancelling()

    def end(self) -> None:
        """End it, where it still runs."""
        if not self._is_left:
            self._is_ended = True
            self._inner.cancel()

    def leave(self, kind: Any, error: BaseException | None, traceback: Any) -> bool:
        """Leave it; tell whether what it raised came of ``end``, and of nobody else's cancellation."""
        self._is_left = True
        if self._trio is not None:
            return bool(self._inner.__exit__(kind, error, traceback))
        is_last = self._is_ended and self._inner.uncancel() <= self._cancelling
        return is_last and type(error).__name__ == "CancelledError"
