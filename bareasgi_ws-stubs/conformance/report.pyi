# Written by `make stubs` from the module of this name.
"""What a run found, and its form in JSON."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, NamedTuple, TypeAlias

from .requirements import Level, Requirement

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
        NOT_SEEN: The kit cannot tell, for the check needs what the backend or its peer lacks, or what deviates.
        NOT_OFFERED: The web_socket, or the server, does not have the optional capability.
        NOT_ANNOUNCED: The server announces a version of ASGI from before the requirement.
    """

    PASS = "pass"
    FAIL = "fail"
    BLOCKED = "blocked"
    NON_STRICT = "non-strict"
    DEVIATES = "deviates"
    NOT_SEEN = "not seen"
    NOT_OFFERED = "not offered"
    NOT_ANNOUNCED = "not announced"

    @property
    def blocks(self) -> bool:
        """Whether a check that needs the requirement shows nothing, for it is not met."""

class Step(NamedTuple):
    """One step of a check, or what was wrong with it.

    Attributes:
        began: When the step began, in seconds since the check did.
        ended: When it ended, likewise.
        connection: Which of the check's connections it was on, from 1.
        side: Whose step it was: ``"handler"``, or the raw ``"application"`` in a server; ``"client"``; ``"kit"`` where
            it was none of theirs.
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
        explanation: What explains the failure, a line each: where it was raised, what caused it, what the server got.
        missing: What is missing where it is not seen or not offered: a capability, such as ``"SupportsPause"``, or a
            requirement that deviates.
        needed_by: The requirements for whose checks it was run, though it was not selected itself.
    """

    requirement: Requirement
    outcome: Outcome
    step: str = ""
    expected: str = ""
    actual: str = ""
    steps: tuple[Step, ...] = ()
    seconds: float = 0.0
    reason: str = ""
    explanation: tuple[str, ...] = ()
    missing: str = ""
    needed_by: tuple[str, ...] = ()

    @classmethod
    def of_failure(
        cls,
        requirement: Requirement,
        step: str,
        expected: str,
        actual: str,
        steps: tuple[Step, ...] = (),
        seconds: float = 0.0,
        explanation: tuple[str, ...] = (),
    ) -> Result:
        """Return the result of a requirement whose check failed.

        Args:
            requirement: The requirement.
            step: The step that failed.
            expected: What it should have given.
            actual: What it gave.
            steps: What happened.
            seconds: How long the check took.
            explanation: What explains it, a line each.

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
        profile: The name of the server's profile, for an ASGI application in memory; empty for others.
        select: The beginnings of requirement ids that were asked for; empty where all were.
        level: The lowest level that was asked for.
    """

    backend: str
    spec_version: str
    library: Library
    versions: Mapping[str, str]
    date: str
    results: tuple[Result, ...]
    static: tuple[StaticResult, ...] = ()
    subject: Literal["backend", "server"] = "backend"
    profile: str = ""
    select: tuple[str, ...] = ()
    level: Level = "INFO"

    @property
    def is_partial(self) -> bool:
        """Whether only some of the requirements were asked for."""

    @property
    def is_met(self) -> bool:
        """Whether no requirement failed or was blocked, and every type checker that was asked found no error."""

    @property
    def conforms(self) -> bool | None:
        """Whether it conforms, in what could be seen; None where what was run is met, but only some was run."""

    @property
    def not_seen(self) -> dict[str, int]:
        """The capabilities that the backend or its peer lacks, each with how many requirements that hides."""

    @property
    def verdict(self) -> str:
        """What the results come to, in words; it says ``"conforms"`` of a whole run alone."""

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many requirements came to each outcome."""

    def as_json(self) -> dict[str, Any]:
        """Return the report as what JSON can hold; ``from_json`` reads it.

        Its JSON Schema is ``report.schema.json``, in the folder of this module.

        Returns:
            An object with ``format``, which is 3; ``verdict``, ``conforms`` (true, false or null), ``counts`` and
            ``not_seen``, which follow from the rest; and each attribute of the report by its name.
        """

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
