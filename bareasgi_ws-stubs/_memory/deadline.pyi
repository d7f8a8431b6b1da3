"""A limit to how long one step waits."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

class DeadlineError(TimeoutError):
    """A step of the client's did not end within its deadline; the message names the step and what was awaited."""

@contextmanager
def within(deadline: float, said: Callable[[], str], *, shield: bool = False) -> Generator[None]:
    """Raise DeadlineError with what is said then, where the body, a single await, takes longer."""
