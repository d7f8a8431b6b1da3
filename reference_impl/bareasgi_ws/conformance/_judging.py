"""Holding results against known deviations."""

from collections.abc import Mapping
from typing import Any

from .report import Outcome, Result
from .requirements import requirements

KNOWN_TO_FAIL = (Outcome.FAIL, Outcome.NON_STRICT, Outcome.BLOCKED)


def checked(deviations: Mapping[str, Any]) -> dict[str, str]:
    """See to it that deviations are requirement ids with reasons."""
    for number, reason in deviations.items():
        if number not in requirements():
            raise ValueError(f"deviations: expected the id of a requirement, got {number!r}")
        if not isinstance(reason, str) or not reason.strip():
            raise ValueError(f"deviations: expected a reason as a str beside {number}, got {reason!r}")
    return dict(deviations)


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
