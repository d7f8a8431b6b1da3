# Written by `make stubs` from the module of this name.
"""Running the checks."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping

from .backend import Backend
from .check import Check
from .report import Outcome, Report, Result, Step
from .requirements import Level, Requirement

def iter_checks(select: Iterable[str] = (), level: Level = "INFO", *, own_server: bool = False) -> Iterator[Check]:
    """Return the checks, in the order of the requirements.

    Args:
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all that bind a backend, and those
            that bind servers outside of their own chapter. What a selected check needs is
            selected too.
        level: The lowest level that is selected: ``"MUST"``, ``"SHOULD"``, or ``"INFO"`` for all.
        own_server: Whether they are for a backend that is its own server: some that bind servers bind it too.

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
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all that bind a backend, and those
            that bind servers outside of their own chapter. What a selected check needs runs too.
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

def run_checks(
    checks: Iterable[Check],
    backend: Backend,
    *,
    deadline: float = 2.0,
    outcomes: Mapping[str, Outcome] | None = None,
    on_step: Callable[[str, Step], None] = lambda requirement, step: None,
) -> AsyncIterator[Result]:
    """Run checks in their order, and yield each result as it comes.

    Args:
        checks: The checks; all that they need is before them or among the outcomes.
        backend: The backend.
        deadline: How long each step of a handler may take, in seconds.
        outcomes: What became of the requirements that were checked before, by id.
        on_step: Called with the requirement's id and a step, as the step begins.

    Yields:
        The results; no deviation is applied.

    Raises:
        ImportError: anyio is not installed.
    """

def is_own_server(backend: Backend) -> bool:
    """Tell whether no other server stands below a backend.

    Args:
        backend: The backend.

    Returns:
        What it says itself; False where it says nothing.
    """

def requirements_of(backend: Backend) -> dict[str, Requirement]:
    """Return all requirements as they are for a backend.

    Args:
        backend: The backend; for one that is its own server, some that bind servers are MUSTs of its own.

    Returns:
        The requirements by their ids, in the order of the chapters.
    """

def new_report(backend: Backend, name: str | None = None) -> Report:
    """Begin a report, on the event loop that runs.

    Args:
        backend: The backend.
        name: What the report calls it; the name of its module or its type where that is left out.

    Returns:
        A report without results.

    Raises:
        ImportError: anyio is not installed.
    """
