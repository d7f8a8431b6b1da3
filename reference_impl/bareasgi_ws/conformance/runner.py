"""Running the checks."""

import time
from collections.abc import Iterable, Iterator

from .._spec.version import SPEC_VERSION
from .backend import Backend
from .checks import CHECKS, Check
from .report import Outcome, Report, Result
from .requirements import Requirement, requirements
from .stage import Failure, NotOffered, Stage


def iter_checks() -> Iterator[Check]:
    """Give every check, in the order of the chapters; what a check needs comes before it or is no check's.

    Returns:
        The checks. ``check.play(stage)`` runs one.
    """
    # Importing a chapter registers its checks; the modules need anyio, which the rest of the package does not.
    from .checks import cancellation, capability, close, code, concurrency, content, handshake, lifetime, receive, send

    chapters = [handshake, receive, send, close, code, lifetime, concurrency, cancellation, content, capability]
    order = {chapter.__name__: place for place, chapter in enumerate(chapters)}
    return iter(sorted(CHECKS, key=lambda check: (order[check.play.__module__], check.requirement)))


async def run(backend: Backend, *, select: Iterable[str] = (), deadline: float = 5.0) -> Report:
    """Hold a backend to the requirements.

    Args:
        backend: The backend.
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all. What a selected check
            needs runs too.
        deadline: How long each step may take, in seconds.

    Returns:
        What became of each requirement.

    Raises:
        ImportError: anyio is not installed.
        ValueError: Nothing is selected.
    """
    import sniffio

    checks = _selected(tuple(select))
    results: dict[str, Result] = {}
    for check in checks:
        results[check.requirement] = await _result(check, backend, deadline, results)
    return Report(SPEC_VERSION, sniffio.current_async_library(), tuple(results.values()))


def _selected(beginnings: tuple[str, ...]) -> list[Check]:
    checks = list(iter_checks())
    if not beginnings:
        return checks
    wanted = {check.requirement for check in checks if check.requirement.startswith(beginnings)}
    if not wanted:
        raise ValueError(f"no requirement begins with {' or '.join(beginnings)}")
    for check in reversed(checks):
        if check.requirement in wanted:
            wanted.update(check.needs)
    return [check for check in checks if check.requirement in wanted]


async def _result(check: Check, backend: Backend, deadline: float, results: dict[str, Result]) -> Result:
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
    outcome = _unmet(requirement)
    return Result(requirement, outcome, failure.step, failure.expected, failure.came, tuple(stage.record), seconds)


async def _play(check: Check, stage: Stage) -> Failure | None:
    try:
        await check.play(stage)
    except (Failure, NotOffered):
        return stage.failure
    except Exception as error:  # a backend that crashes has failed its check, not the kit
        return stage.failure or Failure("the backend", "no exception", f"{type(error).__name__}: {error}")
    return stage.failure


def _unmet(requirement: Requirement) -> Outcome:
    return Outcome.FAIL if requirement.level == "MUST" else Outcome.NON_STRICT
