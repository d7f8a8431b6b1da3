# Written by `make stubs` from the module of this name.
"""The pytest door: a backend's conformance as tests of the author's own suite, one for each requirement.

It needs pytest and anyio, and no configuration: a subclass of ConformanceTests whose name begins with ``Test`` is
found as any test class is.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from .backend import Backend
from .requirements import Level

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

    def __init_subclass__(cls) -> None:
        """Give each subclass results of its own."""

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """Make a test of each requirement that is selected, on each library."""

    def test_requirement(self, requirement: str, library: str) -> None:
        """Hold the backend to one requirement."""
