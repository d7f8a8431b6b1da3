"""One check on one backend."""

import time

import anyio

from ._stage import Failure, NotOffered, Stage
from .backend import Backend
from .check import Check
from .report import Outcome, Result
from .requirements import requirements


async def play(check: Check, backend: Backend, deadline: float, results: dict[str, Result]) -> Result:
    """Run one check, and tell what became of its requirement."""
    requirement = requirements()[check.requirement]
    unmet = [need for need in check.needs if results[need].outcome not in (Outcome.PASS, Outcome.NOT_OFFERED)]
    if unmet:
        return Result(requirement, Outcome.BLOCKED, f"needs {', '.join(unmet)}", "", "", (), 0.0)
    stage = Stage(backend, deadline)
    began = time.perf_counter()
    failure = await _play(check, stage)
    seconds = time.perf_counter() - began
    if stage.missing is not None:
        return Result(requirement, Outcome.NOT_OFFERED, str(stage.missing), "", "", (), seconds)
    if failure is None:
        return Result(requirement, Outcome.PASS, "", "", "", (), seconds)
    outcome = Outcome.FAIL if requirement.level == "MUST" else Outcome.NON_STRICT
    return Result(requirement, outcome, failure.step, failure.expected, failure.came, tuple(stage.record), seconds)


async def _play(check: Check, stage: Stage) -> Failure | None:
    limit = 20 * stage.deadline  # beyond every step's own, for a backend that hangs outside of them
    try:
        with anyio.move_on_after(limit) as scope:
            await check.play(stage)
        if scope.cancelled_caught:
            last = stage.record[-1] if stage.record else "no step"
            return stage.failure or Failure("the check as a whole", f"an end within {limit} s", f"none after {last}")
    except (Failure, NotOffered):
        return stage.failure
    except Exception as error:  # a backend that crashes has failed its check, not the kit
        return stage.failure or Failure("the backend", "no exception", f"{type(error).__name__}: {error}")
    return stage.failure
