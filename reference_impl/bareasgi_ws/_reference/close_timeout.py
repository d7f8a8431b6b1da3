"""How long an end may take, though the client does not read: it is given up, and so is a receive that waits beside it.

Only an end costs anything here: a message does not.
"""

import gc
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from functools import partial
from types import CoroutineType
from typing import Any, Final

from ..asgi import Receive
from . import log

_DONE: Final = object()
GIVEN_UP = "its end was given up, for the client did not take it within %s s"

IN_MEMORY = 0.25
"""The close timeout of the backends that the kit examines in memory, in seconds.

There nothing takes any time; but on trio a machine that is busy for so long cancels what could go on.
"""


async def within(seconds: float | None, sending: Any, connection: Mapping[str, Any] | None = None) -> bool:
    """Await what sends the end; tell whether that was done within the seconds, where this is asyncio or trio.

    Args:
        seconds: How long it may take; None for as long as it likes.
        sending: What is awaited.
        connection: Its scope, where it is to be logged that it was given up.
    """
    if seconds is None:
        await sending
        return True
    if "trio" in sys.modules and (trio := running("trio")) is not None:
        with trio.move_on_after(seconds) as scope:
            await sending
        return not scope.cancelled_caught or _given_up(seconds, connection)
    coroutine: Coroutine[Any, Any, None] = sending if sending.__class__ is CoroutineType else _awaited(sending)
    first = next(coroutine.__await__(), _DONE)
    if first is _DONE:
        return True  # most servers need no time: then nothing is timed, and no exception told of the end
    return await _within(seconds, _Begun(coroutine, first)) or _given_up(seconds, connection)


def _given_up(seconds: float, connection: Mapping[str, Any] | None) -> bool:
    if connection is not None:
        log.debug(connection, GIVEN_UP, seconds)
    return False


async def _awaited(awaitable: Awaitable[None]) -> None:
    await awaitable


async def _within(seconds: float, sending: Awaitable[None]) -> bool:
    """Tell whether it was done in time."""
    asyncio = running("asyncio")
    if asyncio is None:
        await sending
        return True
    timeout = asyncio.timeout(seconds)
    try:
        async with timeout:
            await sending
    except TimeoutError:
        if not timeout.expired():
            raise  # the server's own
        return False
    return True


class _Begun:
    """A coroutine that is awaited from where it waits already, for what its first step gave."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], first: Any) -> None:
        """Go on with it."""
        self._coroutine = coroutine
        self._first = first

    def __await__(self) -> Generator[Any, Any, None]:
        """Wait for the same, and pass on to it whatever comes (PEP 380)."""
        waited = self._first
        while True:
            try:
                sent = yield waited
            except GeneratorExit:
                self._coroutine.close()
                raise
            except BaseException as error:
                step = partial(self._coroutine.throw, error)
            else:
                step = partial(self._coroutine.send, sent)
            try:
                waited = step()
            except StopIteration:
                return


class InterruptibleReceive:
    """The server's ``receive`` on trio, where nothing but a scope around it can end the wait of another task."""

    def __init__(self, trio: Any, receive: Receive) -> None:
        """Stand before the server's own."""
        self._trio = trio
        self._receive = receive
        self._scope: Any = None

    async def __call__(self) -> Mapping[str, Any]:
        """Return the next event; once it is interrupted, that of an end."""
        with self._trio.CancelScope() as self._scope:
            return await self._receive()
        return {"type": "websocket.disconnect"}

    def interrupt_after(self, seconds: float) -> None:
        """End the wait that is under way, if it is still under way then."""
        self._scope.deadline = self._trio.current_time() + seconds


def interruptible(receive: Receive) -> Receive:
    """Return a ``receive`` whose wait ``interrupt_after`` can end."""
    if "trio" not in sys.modules or (trio := running("trio")) is None:
        return receive
    return InterruptibleReceive(trio, receive)


def interrupt_after(seconds: float, receive: Receive, waiting: Any, interrupted: Callable[[], None]) -> Any:
    """End a wait for the server after some seconds: on asyncio ``interrupted`` is called, and the wait is cancelled.

    Args:
        seconds: How long it may go on.
        receive: What ``interruptible`` returned.
        waiting: What its call returned, which a task awaits.
        interrupted: Called before.

    Returns:
        What has a ``cancel()``, for a wait that ends by itself; None on trio, where nothing needs it.
    """
    if isinstance(receive, InterruptibleReceive):
        receive.interrupt_after(seconds)
        return None
    asyncio = running("asyncio")
    if asyncio is None:
        return None

    def interrupt() -> None:
        future = _awaited_future(asyncio, waiting)
        if future is not None:
            interrupted()
            future.cancel()

    return asyncio.get_running_loop().call_later(seconds, interrupt)


def running(library: str) -> Any:
    """Return the module of asyncio or of trio, if its event loop runs here."""
    module: Any = sys.modules.get(library)
    try:
        if module is not None:
            (module.get_running_loop if library == "asyncio" else module.lowlevel.current_task)()
    except RuntimeError:
        return None
    return module


def _awaited_future(asyncio: Any, awaited: Any) -> Any:
    """Return the future that a task waits for in the end, which awaits this.

    It would be simpler to cancel the task; but that would have to be found out for each message.
    """
    while awaited is not None and not asyncio.isfuture(awaited):
        inner = [getattr(awaited, name, None) for name in ("cr_await", "gi_yieldfrom", "ag_await")]
        # The iterator of a future tells it to nobody but the garbage collector; so do Cython's coroutines.
        others = gc.get_referents(awaited)
        futures = [*filter(asyncio.isfuture, others), *(one for one in others if hasattr(one, "cr_await"))]
        awaited = next(filter(None, [*inner, *futures]), None)
    return awaited
