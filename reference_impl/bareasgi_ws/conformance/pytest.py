"""The pytest door: a backend's conformance as tests of the author's own suite, one for each requirement.

It needs pytest and anyio, and no configuration: a subclass of ConformanceTests whose name begins with ``Test`` is
found as any test class is.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pytest

from .._rules import arguments
from ._arguments import check_backend, check_libraries
from .backend import Backend
from .check import Check
from .deviations import apply_to_all, checked_deviations
from .report import Outcome, Result
from .requirements import Level
from .runner import is_own_server, iter_checks, run_checks

__all__ = ["ConformanceTests"]


class ConformanceTests:
    """The requirements as tests of one backend.

    A requirement that is met passes; one that is not met fails, with the step, what was expected, what came, and what
    happened before. One that is blocked fails too. One that is not offered or not seen, or that is not a MUST and not
    met, is skipped with the reason. One that deviates is an expected failure.

    Attributes:
        backend: The backend. A subclass sets it.
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all.
        level: The lowest level that is selected: ``"MUST"``, ``"SHOULD"``, or ``"INFO"`` for all.
        deviations: The requirements that the backend is known not to meet, each with the reason. One that it meets
            after all fails.
        deadline: How long each step of a handler may take, in seconds.
        libraries: The event loop's libraries: ``"asyncio"``, ``"trio"``, or both.
    """

    backend: ClassVar[Backend]
    select: ClassVar[Sequence[str]] = ()
    level: ClassVar[Level] = "INFO"
    deviations: ClassVar[Mapping[str, str]] = {}
    deadline: ClassVar[float] = 2.0
    libraries: ClassVar[Sequence[str]] = ("asyncio",)

    _results: ClassVar[dict[tuple[str, str], Result]]

    def __init_subclass__(cls) -> None:
        """Give each subclass results of its own."""
        super().__init_subclass__()
        cls._results = {}

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """Make a test of each requirement that is selected, on each library."""
        if not hasattr(self, "backend"):
            raise TypeError(f"expected {type(self).__name__} to have a backend, as in: backend = my_backend")
        check_backend(type(self).__name__, self.backend)
        arguments.deadline(type(self).__name__, self.deadline)
        check_libraries(type(self).__name__, self.libraries)
        checked_deviations(self.deviations)
        checks = iter_checks(self.select, self.level, own_server=is_own_server(self.backend))
        numbers = [check.requirement for check in checks]
        metafunc.parametrize("requirement", numbers)
        metafunc.parametrize("library", self.libraries)

    def test_requirement(self, requirement: str, library: str) -> None:
        """Hold the backend to one requirement."""
        self._run_with_needs(requirement, library)
        found = [one for (on, _), one in self._results.items() if on == library]
        known = apply_to_all(found, checked_deviations(self.deviations))
        result = next(one for one in known if one.requirement.id == requirement)
        match result.outcome:
            case Outcome.FAIL | Outcome.BLOCKED:
                pytest.fail(_failure_text(result), pytrace=False)
            case Outcome.DEVIATES:
                pytest.xfail(result.reason)
            case Outcome.NON_STRICT | Outcome.NOT_SEEN | Outcome.NOT_OFFERED | Outcome.NOT_ANNOUNCED:
                pytest.skip(f"{result.outcome}: {result}")
            case Outcome.PASS:
                pass

    def _run_with_needs(self, requirement: str, library: str) -> None:
        """Run the check of a requirement, and before it those that it needs and that have not been run."""
        import anyio

        checks = [check for check in iter_checks([requirement]) if (library, check.requirement) not in self._results]
        for result in anyio.run(self._run, checks, library, backend=library) if checks else ():
            self._results[library, result.requirement.id] = result

    async def _run(self, checks: list[Check], library: str) -> list[Result]:
        known = {number: result.outcome for (on, number), result in self._results.items() if on == library}
        return [result async for result in run_checks(checks, self.backend, deadline=self.deadline, outcomes=known)]


def _failure_text(result: Result) -> str:
    requirement = result.requirement
    heading = f"{requirement.id} ({requirement.level}, {result.outcome}): {requirement.text}"
    steps = [f"  {step.ended * 1000:8.1f} ms  {step.side:7}  {step.action}: {step.result}" for step in result.steps]
    return "\n".join([heading, str(result), *steps])
