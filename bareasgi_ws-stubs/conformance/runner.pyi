"""Running the checks."""

from collections.abc import Iterable, Iterator

from .backend import Backend
from .check import Check
from .report import Report

def iter_checks() -> Iterator[Check]:
    """Give every check, in the order of the requirements.

    Returns:
        The checks.

    Raises:
        ImportError: anyio is not installed.
    """

async def run(backend: Backend, *, select: Iterable[str] = (), deadline: float = 2.0) -> Report:
    """Hold a backend to the requirements.

    Args:
        backend: The backend.
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all. What a selected check
            needs runs too.
        deadline: How long each step of a handler may take, in seconds; a client's step has twice as long.

    Returns:
        What became of each requirement.

    Raises:
        ImportError: anyio is not installed.
        TypeError: ``select`` is one str, which would be read letter by letter.
        ValueError: Nothing is selected.
    """
