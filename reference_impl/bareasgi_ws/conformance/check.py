"""What a check is."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeAlias

CheckFunction: TypeAlias = Callable[[Any], Awaitable[None]]
"""A check's function: it is called with the context of the check."""


class Check(NamedTuple):
    """A check.

    Attributes:
        requirement: The id of the requirement that it checks.
        name: What it shows, as the name of a function.
        needs: The requirements without which it shows nothing.
        function: Runs it, and raises where the requirement is not met.
    """

    requirement: str
    name: str
    needs: tuple[str, ...]
    function: CheckFunction
