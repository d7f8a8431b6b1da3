"""The ways in which people cancel a call."""

from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import contextmanager, suppress
from math import inf
from typing import Any, NamedTuple, TypeAlias

import anyio
import anyio.lowlevel

from ..._rules.arguments import error_line
from .._ends import HandlerEnd
from .._steps import DeliberateError, running_library, short_repr

Beside: TypeAlias = Callable[[], Coroutine[Any, Any, None]]

TURN = 2e-5
"""About what a turn of the event loop takes, in seconds: for what can be told a time only."""


class Attempt:
    """A call that is cancelled.

    Attributes:
        returned: What it returned, alone in its list; empty where it did not return.
        raised: What it raised that is no cancellation.
        went_on: Whether it ended in another way, though it was cancelled.
        taken_back: Whether it was cancelled, and nobody can see that any more (asyncio's Task.uncancel).
    """

    def __init__(self, call: Callable[[], Awaitable[Any]]) -> None:
        """Begin before the call."""
        self.returned: list[Any] = []
        self.raised: Exception | None = None
        self.went_on = self.taken_back = False
        self._call = call
        self._begun = anyio.Event()

    @property
    def result(self) -> str:
        """What became of it, for a report."""
        if self.raised is not None:
            return f"raised {error_line(self.raised)}"
        if self.returned:
            return f"returned {short_repr(self.returned[0])}"
        return "cancelled, which was taken back" if self.taken_back else "cancelled"

    async def run(self) -> None:
        """Make the call."""
        before = _cancellations()
        self._begun.set()
        try:
            self.returned.append(await self._call())
        except Exception as error:
            self.raised = error
        except BaseException:
            self.taken_back = _cancellations() <= before
            raise
        self.went_on = _cancellations() > before

    async def wait(self, turns: int) -> None:
        """Wait until the call has begun, and then for so many turns of the event loop."""
        await self._begun.wait()
        await wait_turns(turns)


class Way(NamedTuple):
    """A way to cancel.

    Attributes:
        name: What a report calls it.
        cancel: Runs the attempt, and cancels it once it has begun, after so many turns of the event loop.
    """

    name: str
    cancel: Callable[[Attempt, int], Awaitable[None]]


async def wait_turns(turns: int) -> None:
    """Wait for so many turns of the event loop."""
    for _ in range(turns):
        await anyio.lowlevel.checkpoint()


async def cancel(
    ws: HandlerEnd,
    way: Way,
    turns: int,
    method: str,
    *arguments: Any,
    beside: Beside | None = None,
) -> Attempt:
    """Call a method that waits, and cancel it; ``beside`` is run at the same time."""
    attempt = Attempt(lambda: getattr(ws.web_socket, method)(*arguments))
    step = f"handler: {method}(), cancelled by {way.name}"
    with ws.context.step(step):
        async with anyio.create_task_group() as tasks:
            if beside is not None:
                tasks.start_soon(beside)
            await way.cancel(attempt, turns)
    ws.context.record(step, attempt.result)
    return attempt


async def _cancel_anyio(attempt: Attempt, turns: int) -> None:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(attempt.run)
        await attempt.wait(turns)
        tasks.cancel_scope.cancel()


async def _cancel_task(attempt: Attempt, turns: int) -> None:
    import asyncio

    task = asyncio.create_task(attempt.run())
    try:
        await attempt.wait(turns)
        task.cancel()
        await asyncio.wait([task])
    finally:
        task.cancel()


async def _cancel_by_timeout(attempt: Attempt, turns: int) -> None:
    import asyncio

    with suppress(TimeoutError):
        async with asyncio.timeout(None) as timeout:
            with _later(attempt, turns, lambda: timeout.reschedule(0)):
                await attempt.run()


@contextmanager
def _later(attempt: Attempt, turns: int, act: Callable[[], None]) -> Generator[None]:
    """Act once the attempt has begun, after so many turns; at the end, no more."""
    import asyncio

    async def wait_and_act() -> None:
        await attempt.wait(turns)
        act()

    task = asyncio.create_task(wait_and_act())
    try:
        yield
    finally:
        task.cancel()


async def _cancel_by_wait_for(attempt: Attempt, turns: int) -> None:
    import asyncio

    with suppress(TimeoutError):
        await asyncio.wait_for(attempt.run(), (turns + 1) * TURN)


async def _cancel_by_task_group(attempt: Attempt, turns: int) -> None:
    import asyncio

    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(attempt.run())
            tasks.create_task(_fail(attempt, turns))
    except* DeliberateError:
        pass


async def _fail(attempt: Attempt, turns: int) -> None:
    """Fail, so that what runs beside this is cancelled."""
    await attempt.wait(turns)
    raise DeliberateError


async def _cancel_trio_scope(attempt: Attempt, turns: int) -> None:
    import trio

    async with trio.open_nursery() as tasks:
        with trio.CancelScope() as scope:
            tasks.start_soon(_act, attempt, turns, scope.cancel)
            await attempt.run()
        tasks.cancel_scope.cancel()


async def _act(attempt: Attempt, turns: int, act: Callable[[], None]) -> None:
    await attempt.wait(turns)
    act()


async def _cancel_by_fail_after(attempt: Attempt, turns: int) -> None:
    import trio

    async with trio.open_nursery() as tasks:
        with suppress(trio.TooSlowError), trio.fail_after(inf) as scope:
            tasks.start_soon(_act, attempt, turns, lambda: setattr(scope, "deadline", trio.current_time()))
            await attempt.run()
        tasks.cancel_scope.cancel()


async def _cancel_by_nursery(attempt: Attempt, turns: int) -> None:
    import trio

    try:
        async with trio.open_nursery() as tasks:
            tasks.start_soon(attempt.run)
            tasks.start_soon(_fail, attempt, turns)
    except* DeliberateError:
        pass


ANYIO = Way("a task group of anyio's", _cancel_anyio)
TASK = Way("task.cancel()", _cancel_task)

_WAYS = {
    "asyncio": (
        ANYIO,
        TASK,
        Way("asyncio.timeout", _cancel_by_timeout),
        Way("asyncio.wait_for", _cancel_by_wait_for),
        Way("an asyncio.TaskGroup", _cancel_by_task_group),
    ),
    "trio": (
        ANYIO,
        Way("trio.CancelScope", _cancel_trio_scope),
        Way("trio.fail_after", _cancel_by_fail_after),
        Way("a nursery of trio's", _cancel_by_nursery),
    ),
}


def ways() -> tuple[Way, ...]:
    """Return the ways that the running event loop has."""
    return _WAYS[running_library()]


def _cancellations() -> int:
    """Tell how often the running task is cancelled: more often than before, where somebody cancels what it awaits."""
    if running_library() == "asyncio":
        import asyncio

        task = asyncio.current_task()
        return 0 if task is None else task.cancelling()
    import trio

    return int(trio.current_effective_deadline() == -inf)
