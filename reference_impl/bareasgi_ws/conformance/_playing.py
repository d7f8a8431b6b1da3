"""One check on one backend, and all of them one after the other."""

import platform
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib import metadata

import anyio

from .. import __version__
from .._memory.loop import library
from .._version import SPEC_VERSION
from ._failures import Failure, NotOffered, said
from ._stage import Stage
from .backend import Backend
from .check import Check
from .report import Outcome, Report, Result
from .requirements import Requirement, requirements

MET = (Outcome.PASS, Outcome.NOT_OFFERED)


def describe(backend: Backend, name: str | None) -> Report:
    """Begin a report on the event loop that runs; a backend without a name is called as its module or its type."""
    kind = type(backend)
    own = getattr(backend, "__name__", f"{kind.__module__}.{kind.__qualname__}")
    loop = library()
    distributions = ["anyio", *(["trio"] if loop == "trio" else [])]
    versions = {"Python": platform.python_version(), "bareasgi-ws": __version__}
    versions |= {one: metadata.version(one) for one in distributions}
    date = datetime.now(UTC).isoformat(timespec="seconds")
    return Report(name or own, SPEC_VERSION, loop, versions, date, ())


async def play_all(
    checks: Iterable[Check],
    backend: Backend,
    deadline: float,
    watch: Callable[[str, str], None] = lambda requirement, step: None,
    outcomes: Mapping[str, Outcome] | None = None,
) -> AsyncGenerator[Result]:
    """Run the checks in their order.

    Args:
        checks: The checks, with all that they need before them or among the outcomes.
        backend: The backend.
        deadline: How long a step of the handler's may take, in seconds.
        watch: Told the requirement's id and the step's name when a step begins.
        outcomes: What became of checks that were run before.
    """
    met = dict(outcomes or {})
    for check in checks:
        number = check.requirement
        result = blocking(check, met)
        if result is None or _may_lack(check, met):
            played = await play(check, backend, deadline, partial(watch, number))
            result = played if result is None or played.outcome is Outcome.NOT_OFFERED else result
        met[number] = result.outcome
        yield result


def blocking(check: Check, outcomes: Mapping[str, Outcome]) -> Result | None:
    """Return the result of a check that shows nothing, since what it needs was not met."""
    unmet = [need for need in check.needs if outcomes[need] not in MET]
    if not unmet:
        return None
    return Result(requirements()[check.requirement], Outcome.BLOCKED, f"needs {', '.join(unmet)}")


def _may_lack(check: Check, outcomes: Mapping[str, Outcome]) -> bool:
    """Tell whether a blocked check still shows that a capability is not offered; without a connection it cannot."""
    return requirements()[check.requirement].chapter == "capability" and outcomes["WS-HANDSHAKE-01"] in MET


async def play(check: Check, backend: Backend, deadline: float, watch: Callable[[str], None]) -> Result:
    """Run one check, and tell what became of its requirement."""
    requirement = requirements()[check.requirement]
    stage = Stage(backend, deadline, watch, client_leaves_first=requirement.binds == "server")
    began = time.perf_counter()
    failure = await _play(check, stage)
    seconds = time.perf_counter() - began
    if stage.missing is not None:
        return Result(requirement, Outcome.NOT_OFFERED, str(stage.missing), seconds=seconds)
    if failure is None:
        return Result(requirement, Outcome.PASS, seconds=seconds)
    outcome = failed_outcome(requirement)
    return Result(requirement, outcome, failure.step, failure.expected, failure.came, tuple(stage.record), seconds)


def failed_outcome(requirement: Requirement) -> Outcome:
    """Return the outcome of a requirement whose check failed."""
    return Outcome.FAIL if requirement.level == "MUST" else Outcome.NON_STRICT


async def _play(check: Check, stage: Stage) -> Failure | None:
    limit = 10 * stage.deadline  # beyond every step's own, for a backend that hangs outside of them
    try:
        with anyio.move_on_after(limit) as scope:
            stage.whole = scope
            await check.play(stage)
        if scope.cancelled_caught and stage.failure is None:
            stage.fail(stage.current, f"an end within {limit:g} s", "none")
    except (Failure, NotOffered):
        return stage.failure
    except Exception as error:  # a backend that crashes has failed its check, not the kit
        if stage.failure is None:
            stage.note(stage.current, f"raised {said(error)}", failed=True)
        return stage.failure or Failure(stage.current, "no exception", said(error))
    return stage.failure
