"""The author's server, for one connection: begun, stopped, and what it logged."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from functools import partial, wraps
from inspect import iscoroutinefunction
from typing import Any, cast

import anyio
from anyio.abc import TaskGroup

from .._rules.arguments import describe_value, error_line

STOPPING = 10.0
"""How long a server may take to stop, in seconds."""


class Serving:
    """The author's ``serve`` in a task of its own, so that it can be left before the client's end is.

    Attributes:
        error: What ``serve`` raised.
    """

    def __init__(
        self, serve: Callable[..., AbstractAsyncContextManager[str]], handler: Any, options: Mapping[str, Any]
    ) -> None:
        """Have the author make the context; ``run`` enters it."""
        self.error: BaseException | None = None
        self._url = ""
        self._started, self._stopping, self._stopped = anyio.Event(), anyio.Event(), anyio.Event()
        self._scope = anyio.CancelScope(shield=True)  # a server that is cancelled leaves sockets and tasks behind
        self._handlers: list[anyio.CancelScope] = []
        self._is_abandoned = False
        self._context = serve(self._cancellable(handler), **options)
        if not hasattr(self._context, "__aenter__"):
            raise TypeError(
                f"connect: expected serve to give an async context manager, got {describe_value(self._context)}"
            )

    async def run(self, dependent: anyio.CancelScope) -> None:
        """Serve until it is stopped; where the server fails, cancel what depends on it."""
        try:
            with self._scope:
                async with self._context as self._url:
                    self._started.set()
                    await self._stopping.wait()
        except anyio.get_cancelled_exc_class():
            raise
        except BaseException as error:
            self.error = unwrap_group(error)
            dependent.cancel()
        finally:
            self._stopped.set()

    async def url(self) -> str:
        """Wait until it serves, and give what it listens on."""
        await self._started.wait()
        return self._url

    async def stop(self) -> None:
        """Leave the author's context, and wait for its end."""
        self._stopping.set()
        with anyio.move_on_after(STOPPING) as waiting:
            await self._stopped.wait()
        if waiting.cancelled_caught:
            self._scope.cancel()
            raise TimeoutError(f"serve did not end within {STOPPING} s of being left")

    async def abandon(self) -> None:
        """Stop it although the handler may wait for what will not come any more."""
        self._is_abandoned = True
        for handler in self._handlers:
            handler.cancel()
        with anyio.CancelScope(shield=True), suppress(TimeoutError):
            await self.stop()

    def _cancellable(self, handler: Any) -> Any:
        @wraps(handler)
        async def served(*arguments: Any) -> None:
            with anyio.CancelScope() as scope:
                self._handlers.append(scope)
                if self._is_abandoned:
                    scope.cancel()
                await handler(*arguments)

        if iscoroutinefunction(handler):
            return served
        return wraps(handler)(partial(_AwaitableCall, served))


class _AwaitableCall:
    """A call of a handler that is no coroutine function, so that the author's code meets no coroutine here either."""

    def __init__(self, served: Callable[..., Awaitable[None]], *arguments: Any) -> None:
        self._served, self._arguments = served, arguments

    def __await__(self) -> Generator[Any, Any, None]:
        return self._served(*self._arguments).__await__()


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


class LastError(logging.Handler):
    """The last error that a logger got.

    Attributes:
        text: What it says; None where there was none.
        exception: The exception in it; None where there was none.
    """

    def __init__(self) -> None:
        """Take errors, and what is worse."""
        super().__init__(logging.ERROR)
        self.text: str | None = None
        self.exception: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the exception, where the record has one, else the message."""
        error = record.exc_info[1] if record.exc_info else None
        self.exception = None if error is None else unwrap_group(error)
        self.text = record.getMessage().strip() if self.exception is None else error_line(self.exception)


@contextmanager
def capture_last_error(logger: str | None) -> Generator[LastError | None]:
    """Keep the last error that a logger of this name gets, where one is named."""
    if logger is None:
        yield None
        return
    target = logging.getLogger(logger)
    if not target.isEnabledFor(logging.ERROR):
        raise ValueError(f"connect: expected logger {logger!r} to take errors, but {_why_off(target)}")
    last = LastError()
    target.addHandler(last)
    try:
        yield last
    finally:
        target.removeHandler(last)


def _why_off(logger: logging.Logger) -> str:
    if logger.disabled:
        return "it is disabled"
    if logger.manager.disable >= logging.ERROR:
        return "logging.disable() is in force"
    return f"its level is {logging.getLevelName(logger.getEffectiveLevel())}"


def unwrap_group(error: BaseException) -> BaseException:
    """Return the one exception in a group of one: that it came through a task group says nothing to its reader."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    group = cast("BaseExceptionGroup[BaseException]", error)
    return unwrap_group(group.exceptions[0]) if len(group.exceptions) == 1 else group
