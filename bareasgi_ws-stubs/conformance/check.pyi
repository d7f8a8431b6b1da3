# Written by `make stubs` from the module of this name.
"""What a check is, and the list of them."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeAlias

Play: TypeAlias = Callable[[Any], Awaitable[None]]
"""A check's function: it is given the stage to play on."""

class Check(NamedTuple):
    """A check.

    Attributes:
        requirement: The id of the requirement that it checks.
        name: What it shows, as the name of a function.
        needs: The requirements without which it shows nothing.
        play: Runs it, and raises where the requirement is not met.
    """

    requirement: str
    name: str
    needs: tuple[str, ...]
    play: Play

CHECKS: list[Check]
"""All checks, in the order of the chapters."""

def check(requirement: str, *, needs: tuple[str, ...] = ("WS-HANDSHAKE-01",)) -> Callable[[Play], Play]:
    """Register a check of a requirement; what it needs comes before it."""
