"""What a run found."""

from enum import StrEnum
from typing import Any, NamedTuple

from .requirements import Requirement

class Outcome(StrEnum):
    """What became of a requirement.

    PASS: every check of it passed. FAIL: one did not. NON_STRICT: one did not, and the requirement is no MUST.
    BLOCKED: a requirement that it needs was not met, so that its check shows nothing. NOT_OFFERED: the backend, or its
    peer, lacks what the check needs.
    """

    PASS = "pass"
    FAIL = "fail"
    NON_STRICT = "non-strict"
    BLOCKED = "blocked"
    NOT_OFFERED = "not offered"

class Result(NamedTuple):
    """What became of one requirement.

    Attributes:
        requirement: The requirement.
        outcome: What became of it.
        step: The step that failed, or what was missing or needed; empty where it passed.
        expected: What the step should have given; empty where it did not fail.
        came: What it gave.
        record: What happened, a line a step; empty where it passed.
        seconds: How long its checks took.
    """

    requirement: Requirement
    outcome: Outcome
    step: str
    expected: str
    came: str
    record: tuple[str, ...]
    seconds: float

class Report(NamedTuple):
    """What a run found.

    Attributes:
        spec_version: The version of the specification.
        library: The event loop's library: ``"asyncio"`` or ``"trio"``.
        results: A result for each requirement, in the order of the chapters.
    """

    spec_version: str
    library: str
    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether no requirement failed or was blocked."""

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many requirements came to each outcome."""

    def as_json(self) -> dict[str, Any]:
        """Give the report as what JSON can hold; the other forms come from this one."""

    @property
    def unmet(self) -> tuple[Result, ...]:
        """The results that are no pass."""
