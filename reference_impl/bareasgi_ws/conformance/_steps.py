"""The steps of a check: each has a name, a deadline, and a line in the report of a failure."""

import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

import anyio

from .._rules.arguments import error_line
from ._explanation import compared, explanation
from .report import Library, Outcome, Step

T = TypeVar("T")
OnStep: TypeAlias = Callable[[Step], None]

NO_EXCEPTION = "no exception"

FILL_TIMEOUT = 3.0
"""How long it may take to fill the buffers between the two ends, in seconds."""


class Failure(Exception):
    """A step did not go as the requirement asks.

    Attributes:
        step: The step: who did what.
        expected: What the requirement asks for.
        actual: What came.
        explanation: What explains it, a line each.
    """

    def __init__(self, step: str, expected: str, actual: str, explanation: tuple[str, ...] = ()) -> None:
        """Say what was expected and what came."""
        super().__init__(f"{step}: {compared(expected, actual)}")
        self.step, self.expected, self.actual, self.explanation = step, expected, actual, explanation


class DeliberateError(Exception):
    """What a handler raises on purpose."""


class NotOffered(Exception):
    """The web_socket, the peer or the backend does not offer what the check needs.

    Attributes:
        outcome: What that makes of the requirement: of an optional capability of the web_socket nothing is asked, and
            what the others cannot show is not seen.
        capability: What is missing.
    """

    def __init__(self, name: str, capability: str) -> None:
        """Say what is missing, and whose it would be."""
        super().__init__(f"its {name} is not a {capability}")
        self.outcome = Outcome.NOT_OFFERED if name == "web_socket" else Outcome.NOT_SEEN
        self.capability = capability


class Steps:
    """What the two ends of a check's connections do.

    Attributes:
        failure: The first step that failed, at either end.
        not_offered: What the backend does not offer, where the check needs it.
        steps: What happened, in the order in which it ended.
        current: The step that began last.
        deadline: How long a step of the handler's may take, in seconds.
        close_timeout: How long the backend waits for a client that reads nothing, in seconds.
        overall_scope: Bounds the whole check.
        library: What runs the event loop.
    """

    def __init__(self, deadline: float, close_timeout: float, on_step: OnStep) -> None:
        """Begin with no step; ``on_step`` is called with each as it begins."""
        self.failure: Failure | None = None
        self.not_offered: NotOffered | None = None
        self.steps: list[Step] = []
        self.current = "client: connecting"
        self.deadline = deadline
        self.close_timeout = close_timeout
        self.overall_scope = anyio.CancelScope()
        self._on_step = on_step
        self._connection = 0
        self._epoch = time.perf_counter()
        self.library = running_library()

    @contextmanager
    def step(self, name: str, expected: str = "an end", extra: float = 0) -> Generator[None]:
        """Hold a step to its deadline: twice as long for the client's, which may wait for one of the handler's."""
        self.overall_scope.deadline += extra
        deadline = extra + (self.deadline if name.startswith("handler") else 2 * self.deadline)
        self.begin(name)
        with anyio.move_on_after(deadline) as scope:
            yield
        if scope.cancelled_caught:
            self.fail(name, f"{expected} within {deadline:g} s", f"still waiting after {deadline:g} s")

    def record(self, step: str, result: str, *, began: float | None = None, failed: bool = False) -> None:
        """Add a step."""
        self.steps.append(self._step(step, result, began=began, failed=failed))

    def fail(self, step: str, expected: str, actual: str, explanation: tuple[str, ...] = ()) -> None:
        """End the check; the first failure is the one that counts."""
        failure = Failure(step, expected, actual, explanation)
        self.record(step, compared(expected, actual), failed=True)
        if self.failure is None:
            self.failure = failure
        raise failure

    def require(self, name: str, offered: object, capability: type[T]) -> T:
        """Return an object as what the check needs it to be, where it is that."""
        if isinstance(offered, capability):
            return offered
        self.not_offered = NotOffered(name, capability.__name__)
        raise self.not_offered

    def expect(self, step: str, expected: object, actual: object) -> None:
        """Compare what came, type and value."""
        if actual != expected or type(actual) is not type(expected):
            returned = "returned " if actual is None and step.endswith("()") else ""
            self.fail(step, short_repr(expected), f"{returned}{short_repr(actual)}")

    async def call_within_close_timeout(self, step: str, awaitable: Awaitable[T]) -> T:
        """Take a step that is to return though nobody reads: it has the backend's close timeout, too."""
        return await self.call(step, awaitable, self.close_timeout + FILL_TIMEOUT)

    async def call(self, step: str, awaitable: Awaitable[T], extra: float = 0, expected: str = NO_EXCEPTION) -> T:
        """Take a step that is to return, or do what else is expected."""
        began = time.perf_counter()
        try:
            with self.step(step, extra=extra):
                result = await awaitable
                returned_nothing = result is None and "receive" not in step
                self.record(step, "returned" if returned_nothing else f"gave {short_repr(result)}", began=began)
                return result
        except Failure:
            raise
        except Exception as error:
            self.fail(step, expected, error_line(error), explanation(error))
        raise AssertionError("a step that ran out of time has failed")

    async def raises(self, step: str, error: type[Exception], awaitable: Awaitable[object]) -> None:
        """Take a step that is to raise."""
        began = time.perf_counter()
        try:
            with self.step(step, error.__name__):
                result = await awaitable
        except error as raised:
            self.record(step, f"raised {error_line(raised)}", began=began)
        except Failure:
            raise
        except Exception as other:
            self.fail(step, error.__name__, error_line(other), explanation(other))
        else:
            self.fail(step, error.__name__, f"returned {short_repr(result)}")

    def begin(self, step: str) -> None:
        """Note that a step begins."""
        self.current = step
        self._on_step(self._step(step, "began"))

    def _step(self, step: str, result: str, *, began: float | None = None, failed: bool = False) -> Step:
        now = time.perf_counter()
        times = (began or now) - self._epoch, now - self._epoch
        return Step(*times, self._connection, *_side_and_action(step), result, failed)


def _side_and_action(step: str) -> tuple[str, str]:
    """Tell whose step it is from what is done; one that is neither side's is the kit's."""
    side, _, action = step.partition(": ")
    return (side, action) if side in ("handler", "client") else ("kit", step)


def running_library() -> Library:
    """Tell what runs the event loop: only one of them has a class of its own for what cancels."""
    return "trio" if anyio.get_cancelled_exc_class().__module__.startswith("trio") else "asyncio"


def short_repr(value: object) -> str:
    """Write a value so that it fits into a report."""
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}... ({len(text)} characters)"
