# Written by `make stubs` from the module of this name.
"""What a run found, and its form in JSON."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, NamedTuple, TypeAlias

from .requirements import Requirement

Library: TypeAlias = Literal["asyncio", "trio"]
"""A library that runs the event loop."""

class Outcome(StrEnum):
    """What became of a requirement.

    What is met comes first, then the worst.

    Attributes:
        PASS: Every check of the requirement passed.
        FAIL: A check failed, or what is said to deviate does not.
        BLOCKED: A requirement that it needs is not met, so that its check shows nothing.
        NON_STRICT: A check failed, and the requirement is not a MUST.
        DEVIATES: It is not met, as its deviation says.
        NOT_OFFERED: The backend, or its peer, lacks what the check needs.
    """

    PASS = "pass"
    FAIL = "fail"
    BLOCKED = "blocked"
    NON_STRICT = "non-strict"
    DEVIATES = "deviates"
    NOT_OFFERED = "not offered"

    @property
    def is_met(self) -> bool:
        """Whether a check that needs the requirement can show something."""

class Step(NamedTuple):
    """One step of a check, or what was wrong with it.

    Attributes:
        began: When the step began, in seconds since the check did.
        ended: When it ended, likewise.
        connection: Which of the check's connections it was on, from 1.
        side: Whose step it was: ``"handler"``, ``"client"``, or ``"kit"`` where it was neither's.
        action: What was done.
        result: What came of it.
        failed: Whether this is what failed the check.
    """

    began: float
    ended: float
    connection: int
    side: str
    action: str
    result: str
    failed: bool

class Result(NamedTuple):
    """What became of one requirement.

    Attributes:
        requirement: The requirement.
        outcome: What became of it.
        step: The step that failed, or what was missing or needed; empty where it passed.
        expected: What the step should have given; empty where it did not fail.
        actual: What it gave.
        steps: What happened, in the order in which it ended; empty where nothing failed.
        seconds: How long its checks took.
        reason: The reason of its deviation; empty where there is none.
    """

    requirement: Requirement
    outcome: Outcome
    step: str = ""
    expected: str = ""
    actual: str = ""
    steps: tuple[Step, ...] = ()
    seconds: float = 0.0
    reason: str = ""

    @classmethod
    def of_failure(
        cls,
        requirement: Requirement,
        step: str,
        expected: str,
        actual: str,
        steps: tuple[Step, ...] = (),
        seconds: float = 0.0,
    ) -> Result:
        """Return the result of a requirement whose check failed.

        Args:
            requirement: The requirement.
            step: The step that failed.
            expected: What it should have given.
            actual: What it gave.
            steps: What happened.
            seconds: How long the check took.

        Returns:
            A result that is a fail; non-strict where the requirement is not a MUST.
        """

    def __str__(self) -> str:
        """Say what the step gave, in one line."""

class StaticResult(NamedTuple):
    """What one type checker said of a backend's annotations.

    Attributes:
        checker: Its name.
        version: Its version.
        outcome: ``"pass"``; ``"fail"`` where it found an error; ``"could not run"``.
        messages: What it said.
    """

    checker: str
    version: str
    outcome: Literal["pass", "fail", "could not run"]
    messages: tuple[str, ...]

class Report(NamedTuple):
    """What a run found.

    Attributes:
        backend: What the backend is called.
        spec_version: The version of the specification.
        library: The event loop's library: ``"asyncio"`` or ``"trio"``.
        versions: The versions of what took part, by name.
        date: When the run began, as ISO 8601 has it, in UTC.
        results: A result for each requirement, in the order of the chapters.
        static: What each type checker said; empty where none was asked.
        subject: What the report is about: ``"backend"``, or ``"server"`` where it is what a backend that conforms
            was served by.
    """

    backend: str
    spec_version: str
    library: Library
    versions: Mapping[str, str]
    date: str
    results: tuple[Result, ...]
    static: tuple[StaticResult, ...] = ()
    subject: Literal["backend", "server"] = "backend"

    @property
    def conforms(self) -> bool:
        """Whether no requirement failed or was blocked, and every type checker that was asked found no error."""

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many requirements came to each outcome."""

    def as_json(self) -> dict[str, Any]:
        """Return the report as what JSON can hold; ``from_json`` reads it."""

    @classmethod
    def from_json(cls, value: Any) -> Report:
        """Read a report from what ``as_json`` gave; what else there is in it is left out.

        Args:
            value: A JSON object.

        Returns:
            The report.

        Raises:
            ValueError: The value is not a report of this format; it says what was expected, and where.
        """

    def __str__(self) -> str:
        """Say how many requirements came to what, then each that did not pass, a line each."""

    @property
    def unmet(self) -> tuple[Result, ...]:
        """The results that are not a pass."""
