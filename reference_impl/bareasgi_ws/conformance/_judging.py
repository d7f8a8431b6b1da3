"""Holding results against known deviations."""

from collections.abc import Mapping
from typing import Any

from .._rules.values import came, check_type
from ._arguments import near, requirement_id
from .report import Outcome, Result
from .requirements import requirements

KNOWN_TO_FAIL = (Outcome.FAIL, Outcome.NON_STRICT, Outcome.BLOCKED)


def checked(deviations: Any) -> dict[str, str]:
    """Return deviations as requirement ids with reasons, which they have to be."""
    check_type("deviations", "a mapping of ids to reasons", deviations, Mapping)
    known: dict[str, str] = {}
    for number, reason in deviations.items():
        if not isinstance(number, str) or requirement_id(number) not in requirements():
            raise ValueError(f"deviations: expected the id of a requirement, got {came(number)}{near(str(number))}")
        if not isinstance(reason, str) or not reason.strip():
            raise ValueError(f"deviations: expected a reason as a str beside {number}, got {came(reason)}")
        known[requirement_id(number)] = reason
    return known


def judged(result: Result, deviations: Mapping[str, str]) -> Result:
    """Hold a result against the deviations: one that is met after all, or not offered, is a mistake in them."""
    reason = deviations.get(result.requirement.id)
    if reason is None:
        return result
    if result.outcome in KNOWN_TO_FAIL:
        return result._replace(outcome=Outcome.DEVIATES, reason=reason)
    return result._replace(
        outcome=Outcome.FAIL,
        step="the deviation",
        expected=f"a requirement that is not met, as the deviation says ({reason})",
        came=result.outcome.value,
    )
