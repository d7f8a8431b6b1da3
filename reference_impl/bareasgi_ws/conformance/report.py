"""What a run found."""

from collections import Counter
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
        return not any(result.outcome in (Outcome.FAIL, Outcome.BLOCKED) for result in self.results)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many requirements came to each outcome."""
        counted = Counter(result.outcome for result in self.results)
        return {outcome: counted[outcome] for outcome in Outcome}

    def as_json(self) -> dict[str, Any]:
        """Give the report as what JSON can hold; the other forms come from this one."""
        return {
            "format": 1,
            "spec_version": self.spec_version,
            "library": self.library,
            "conforms": self.conforms,
            "counts": {outcome.value: count for outcome, count in self.counts.items()},
            "results": [_result(result) for result in self.results],
        }

    def __str__(self) -> str:
        """Say how many requirements came to what, then each that did not pass, a line each."""
        counts = ", ".join(f"{count} {outcome.value}" for outcome, count in self.counts.items() if count)
        return "\n".join([f"specification {self.spec_version} on {self.library}: {counts}", *map(_line, self.unmet)])

    @property
    def unmet(self) -> tuple[Result, ...]:
        """The results that are no pass."""
        return tuple(result for result in self.results if result.outcome is not Outcome.PASS)


def _line(result: Result) -> str:
    said = f"{result.step}: expected {result.expected}, got {result.came}" if result.expected else result.step
    return f"{result.requirement.id} {result.outcome.value}: {said}"


def _result(result: Result) -> dict[str, Any]:
    return {
        **result._asdict(),
        "requirement": result.requirement._asdict(),
        "outcome": result.outcome.value,
        "record": list(result.record),
    }
