"""Running the checks."""

import platform
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib import metadata

from .. import __version__
from .._rules import arguments
from .._rules.arguments import check_type, is_several
from .._version import SPEC_VERSION
from ._arguments import check_backend
from ._selection import completed
from .backend import Backend, SupportsOwnServer
from .check import Check
from .deviations import apply_to_all, checked_deviations
from .report import Outcome, Report, Result, Step
from .requirements import (
    Level,
    Requirement,
    requirements,
    select_requirements,
)


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
    select = list(select) if is_several(select) else select
    selected = select_requirements(select, level, own_server=own_server)
    wanted = {one.id for one in selected if select or one.chapter != "server" or one.binds == "backend"}
    try:
        from ._checks import CHECKS
    except ImportError as error:
        raise ImportError("the conformance kit needs anyio: pip install 'bareasgi-ws[conformance]'") from error
    for check in reversed(CHECKS):
        if check.requirement in wanted:
            wanted.update(check.needs)
    return iter([check for check in CHECKS if check.requirement in wanted])


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
    check_backend("run", backend)
    arguments.deadline("run", deadline)
    check_type("run", "the name as a str or None", name, str, type(None))
    select = list(select) if is_several(select) else select
    checks = list(iter_checks(select, level, own_server=is_own_server(backend)))
    reasons = checked_deviations({} if deviations is None else deviations)
    report = new_report(backend, name)
    results = [result async for result in run_checks(checks, backend, deadline=deadline)]
    return completed(report, apply_to_all(results, reasons), checks, select, level)


async def run_checks(
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
    known = dict(outcomes or {})
    held_to = requirements_of(backend)
    for check in checks:
        number = check.requirement
        result = _blocked(check, held_to[number], known)
        if result is None or _may_not_be_offered(check, known):
            actual = await _run_check(check, held_to[number], backend, deadline, partial(on_step, number))
            result = actual if result is None or actual.outcome is Outcome.NOT_OFFERED else result
        known[number] = result.outcome
        yield result


def is_own_server(backend: Backend) -> bool:
    """Tell whether no other server stands below a backend.

    Args:
        backend: The backend.

    Returns:
        What it says itself; False where it says nothing.
    """
    return isinstance(backend, SupportsOwnServer) and backend.own_server


def requirements_of(backend: Backend) -> dict[str, Requirement]:
    """Return all requirements as they are for a backend.

    Args:
        backend: The backend; for one that is its own server, some that bind servers are MUSTs of its own.

    Returns:
        The requirements by their ids, in the order of the chapters.
    """
    return requirements(own_server=is_own_server(backend))


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
    from ._steps import running_library

    cls = type(backend)
    default_name = getattr(backend, "__name__", f"{cls.__module__}.{cls.__qualname__}")
    library = running_library()
    distributions = ["anyio", *(["trio"] if library == "trio" else [])]
    versions = {"Python": platform.python_version(), "bareasgi-ws": __version__}
    versions |= {one: metadata.version(one) for one in distributions}
    date = datetime.now(UTC).isoformat(timespec="seconds")
    profile = getattr(getattr(backend, "profile", None), "name", "")
    return Report(name or default_name, SPEC_VERSION, library, versions, date, (), profile=str(profile))


def _blocked(check: Check, requirement: Requirement, outcomes: Mapping[str, Outcome]) -> Result | None:
    """Return the result of a check that shows nothing, since what it needs was not met."""
    unmet = [need for need in check.needs if outcomes[need].blocks]
    if not unmet:
        return None
    return Result(requirement, Outcome.BLOCKED, f"needs {', '.join(unmet)}")


def _may_not_be_offered(check: Check, outcomes: Mapping[str, Outcome]) -> bool:
    """Tell whether a blocked check still shows that a capability is not offered; without a connection it cannot."""
    return requirements()[check.requirement].chapter == "capability" and not outcomes["WS-HANDSHAKE-01"].blocks


async def _run_check(
    check: Check, requirement: Requirement, backend: Backend, deadline: float, on_step: Callable[[Step], None]
) -> Result:
    """Run one check, and tell what became of its requirement."""
    from ._context import CheckContext

    binds_server = requirements()[check.requirement].binds == "server"
    context = CheckContext(backend, deadline, on_step, binds_server=binds_server)
    began = time.perf_counter()
    failure = await context.run(check.function)
    seconds = time.perf_counter() - began
    lacking = context.not_offered
    if lacking is not None:
        return Result(requirement, lacking.outcome, str(lacking), seconds=seconds, missing=lacking.capability)
    if failure is None:
        return Result(requirement, Outcome.PASS, seconds=seconds)
    steps = tuple(context.steps)
    step, expected, actual, why = failure.step, failure.expected, failure.actual, failure.explanation
    return Result.of_failure(requirement, step, expected, actual, steps, seconds, why)
