# pyright: strict
"""The states of a WebSocket, as a generator: where it stands is the state."""

from collections.abc import Generator
from enum import Enum
from typing import NamedTuple, NoReturn, TypeAlias


class Phase(Enum):
    BEFORE = "before accept"
    OPEN = "open"


class Ending(NamedTuple):
    """How a WebSocket was closed, which is its last state."""

    code: int
    reason: str | None = None


State: TypeAlias = Phase | Ending


def _course() -> Generator[State, Ending | None, NoReturn]:
    """Run from state to state: sent None it is accepted, sent an ending it is closed."""
    ending = yield Phase.BEFORE
    while ending is None:
        ending = yield Phase.OPEN
    while True:
        yield ending  # whatever is sent now: the first close decides (WS-CODE-07)


class Life:
    """One WebSocket's course through its states.

    Attributes:
        state: The state.
    """

    def __init__(self) -> None:
        self._course = _course()
        self.state: State = next(self._course)

    def accept(self) -> None:
        self.state = self._course.send(None)

    def end(self, ending: Ending) -> None:
        self.state = self._course.send(ending)
