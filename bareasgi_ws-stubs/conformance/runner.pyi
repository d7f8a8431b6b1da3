# Written by `make stubs` from the module of this name.
"""Running the checks."""

from collections.abc import Iterable, Iterator, Mapping

from .backend import Backend
from .check import Check
from .report import Report
from .requirements import Level

def iter_checks(select: Iterable[str] = (), level: Level = "INFO") -> Iterator[Check]:
    """Return the checks, in the order of the requirements.

    Args:
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all but those of the chapter
            on servers, which are for a server below a backend that conforms. What a selected check needs is
            selected too.
        level: The lowest level that is selected: ``"MUST"``, ``"SHOULD"``, or ``"INFO"`` for all.

    Returns:
        The checks.

    Raises:
        ImportError: anyio is not installed.
        TypeError: ``select`` is one str, which would be read letter by letter.
        ValueError: There is no such level, no requirement has such an id, or none of these has the level.
    """

async def run(
    backend: Backend,
    *,
    select: Iterable[str] = (),
    level: Level = "INFO",
    deviations: Mapping[str, str] | None = None,
    deadline: float = 2.0,
    name: str | None = None,
) -> Report:
    """Hold a backend to the requirements.

    It runs on the event loop that the caller has, so that a backend which blocks that loop blocks the run; the
    command ``bareasgi-ws conformance`` ends such a backend.

    Args:
        backend: The backend.
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all but those of the chapter
            on servers, which are for a server below a backend that conforms. What a selected check needs runs too.
        level: The lowest level that is selected: ``"MUST"``, ``"SHOULD"``, or ``"INFO"`` for all.
        deviations: The requirements that the backend is known not to meet, each with the reason. One that it meets
            after all fails.
        deadline: How long each step of a handler may take, in seconds; a client's step has twice as long, and all
            of one check ten times.
        name: What the report calls the backend; the name of its type where that is left out.

    Returns:
        What became of each requirement.

    Raises:
        ImportError: anyio is not installed.
        TypeError: The backend lacks ``connect`` or ``socket_type``, ``select`` is one str, which would be read letter
            by letter, or another argument has a wrong type.
        ValueError: Nothing is selected, a deviation has no reason, or an id that no requirement has, or the deadline is
            not above 0.
    """
