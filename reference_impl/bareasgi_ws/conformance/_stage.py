"""Where a check plays: both ends of a connection, each step with its name, its deadline and its line in the record."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, TypeAlias, TypeVar

import anyio

from ..errors import WebSocketStateError
from ._ends import Actor, Called, Client
from ._failures import Boom, Failure, NotOffered, parted, said, shown
from .backend import Backend, HasCloseTimeout
from .report import Moment

T = TypeVar("T")
Script: TypeAlias = Callable[[Actor], Awaitable[None]]
Watch: TypeAlias = Callable[[str], None]

FILLING = 3.0
"""How long it may take to fill the buffers between the two ends, in seconds."""


class Stage:
    """One check's connections.

    Attributes:
        failure: The first step that failed, at either end.
        missing: What the backend does not offer, where the check needs it.
        record: What happened, in the order in which it ended.
        current: The step that began last.
        deadline: How long a step of the handler's may take, in seconds.
        close_timeout: How long the backend waits for a client that reads nothing, in seconds.
        whole: What bounds the whole check.
    """

    def __init__(
        self, backend: Backend, deadline: float, watch: Watch = lambda step: None, *, client_leaves_first: bool = False
    ) -> None:
        """Begin with no connection.

        Args:
            backend: What is examined.
            deadline: How long a step of the handler's may take, in seconds.
            watch: Is told the name of each step as it begins.
            client_leaves_first: Whether a handler that has played its script waits until the client has gone: some
                servers fail where both ends close at once, which is for WS-SERVER-30 alone to show.
        """
        self.backend = backend
        self.failure: Failure | None = None
        self.missing: NotOffered | None = None
        self.record: list[Moment] = []
        self.deadline = deadline
        self.close_timeout = backend.close_timeout if isinstance(backend, HasCloseTimeout) else 10.0
        self.whole = anyio.CancelScope()
        self.current = "client: connecting"
        self._watch = watch
        self._client_leaves_first = client_leaves_first
        self._connection = 0
        self._epoch = time.perf_counter()

    @asynccontextmanager
    async def connect(self, script: Script, **how: Any) -> AsyncGenerator[Client]:
        """Serve the script as a handler, connect, and see to it that the handler has ended."""
        ended, started = anyio.Event(), anyio.Event()
        self._connection += 1

        async def handler(scope: Any, info: Any, matches: Any, web_socket: Any, /) -> None:
            started.set()
            try:
                await script(Actor(self, web_socket, Called(scope, info, matches)))
                if self._client_leaves_first:
                    await self._until_gone(web_socket)
            except (Boom, Failure, NotOffered):
                raise
            except Exception as error:
                self.fail("handler", "no exception", said(error))
            finally:
                ended.set()

        self._begin("client: connecting")
        async with self.backend.connect(handler, **how) as peer:
            yield Client(self, peer)
            with self.step("client: close()"):
                await peer.close()
            if started.is_set():
                with self.step("client: waiting for the handler to return"):
                    await ended.wait()
            self._begin("client: leaving connect()")
        if self.failure is not None:
            raise self.failure

    async def _until_gone(self, web_socket: Any) -> None:
        with anyio.move_on_after(self.deadline), suppress(WebSocketStateError):  # it may not have accepted
            while await web_socket.receive() is not None:
                pass

    @contextmanager
    def step(self, name: str, expected: str = "an end", longer: float = 0) -> Generator[None]:
        """Hold a step to its deadline: twice as long for the client's, which may wait for one of the handler's."""
        self.whole.deadline += longer
        deadline = longer + (self.deadline if name.startswith("handler") else 2 * self.deadline)
        self._begin(name)
        with anyio.move_on_after(deadline) as scope:
            yield
        if scope.cancelled_caught:
            self.fail(name, f"{expected} within {deadline:g} s", "none")

    def note(self, step: str, came: str, *, began: float | None = None, failed: bool = False) -> None:
        """Add a line to the record."""
        now = time.perf_counter()
        times = (began or now) - self._epoch, now - self._epoch
        self.record.append(Moment(*times, self._connection, *parted(step), came, failed))

    def fail(self, step: str, expected: str, came: str) -> None:
        """End the check; the first failure is the one that counts."""
        failure = Failure(step, expected, came)
        self.note(step, f"expected {expected}, got {came}", failed=True)
        if self.failure is None:
            self.failure = failure
        raise failure

    def offering(self, name: str, offered: object, what: type[T]) -> T:
        """Return an object as what the check needs it to be, where it is that."""
        if isinstance(offered, what):
            return offered
        self.missing = NotOffered(f"its {name} is not a {what.__name__}")
        raise self.missing

    def expect(self, step: str, expected: object, came: object) -> None:
        """Compare what came, type and value."""
        if came != expected or type(came) is not type(expected):
            self.fail(step, shown(expected), shown(came))

    async def in_time(self, step: str, awaitable: Awaitable[T]) -> T:
        """Take a step that is to return though nobody reads: it has the backend's close timeout, too."""
        return await self.call(step, awaitable, self.close_timeout + FILLING)

    async def call(self, step: str, awaitable: Awaitable[T], longer: float = 0) -> T:
        """Take a step that is to return."""
        began = time.perf_counter()
        try:
            with self.step(step, longer=longer):
                result = await awaitable
                empty = result is None and "receive" not in step
                self.note(step, "returned" if empty else f"gave {shown(result)}", began=began)
                return result
        except Failure:
            raise
        except Exception as error:
            self.fail(step, "no exception", said(error))
        raise AssertionError("a step that ran out of time has failed")

    async def refused(self, step: str, error: type[Exception], awaitable: Awaitable[object]) -> None:
        """Take a step that is to raise."""
        began = time.perf_counter()
        try:
            with self.step(step, error.__name__):
                result = await awaitable
        except error as raised:
            self.note(step, f"raised {said(raised)}", began=began)
        except Failure:
            raise
        except Exception as other:
            self.fail(step, error.__name__, said(other))
        else:
            self.fail(step, error.__name__, shown(result))

    def _begin(self, step: str) -> None:
        self.current = step
        self._watch(step)
