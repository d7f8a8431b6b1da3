"""What the forms share: the signs of the outcomes, and the requirements of several reports as one list."""

from collections.abc import Sequence
from typing import NamedTuple

from ..report import Report, Result
from ..requirements import Requirement

NOT_RUN = "not run"

# Worst first, each with its sign, which is told apart without colour.
SIGNS = {
    "fail": "✗",
    "blocked": "⊘",
    "non-strict": "!",
    "deviates": "≠",
    "not offered": "○",
    NOT_RUN: "·",
    "could not run": "⊘",
    "pass": "✓",
}

MEANINGS = {
    "pass": "every check of the requirement passed",
    "fail": "a check failed, or what is said to deviate does not",
    "blocked": "a requirement that it needs is not met, so that its check shows nothing",
    "non-strict": "a check failed, and the requirement is not a MUST",
    "deviates": "not met, as the backend's author says",
    "not offered": "the backend, or its peer, lacks what the check needs",
    NOT_RUN: "the report does not have the requirement",
}

UNMET = ("fail", "blocked", "non-strict", "deviates")


class Row(NamedTuple):
    """A requirement, and what became of it in each report; None in one that does not have it."""

    requirement: Requirement
    results: list[Result | None]


def rows(reports: Sequence[Report]) -> list[Row]:
    """Put the requirements of all reports into one list, in the order of the report that has most of them."""
    by_id = [{result.requirement.id: result for result in report.results} for report in reports]
    known = {number: one.requirement for found in sorted(by_id, key=len) for number, one in found.items()}
    order = [number for found in sorted(by_id, key=len, reverse=True) for number in found]
    return [Row(known[number], [found.get(number) for found in by_id]) for number in dict.fromkeys(order)]


def unmet(report: Report, outcomes: Sequence[str] = UNMET) -> list[Result]:
    """Return the results that came to one of the outcomes, in the order of these."""
    found = [result for result in report.results if result.outcome in outcomes]
    return sorted(found, key=lambda result: outcomes.index(result.outcome))


def verdict(report: Report) -> str:
    """Say whether the backend conforms."""
    return "conforms" if report.conforms else "does not conform"


def tally(report: Report) -> dict[str, int]:
    """Return how many requirements came to each outcome that some came to, worst first."""
    return {outcome: count for outcome in SIGNS for known, count in report.counts.items() if known == outcome and count}


def visible(text: str) -> str:
    """Write out what would not show, or would change how the text around it shows: control characters, for one."""
    return "".join(one if one.isprintable() or one == "\n" else repr(one)[1:-1] for one in text)
