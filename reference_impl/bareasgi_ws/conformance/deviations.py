"""Known deviations: what the author of a backend says of the requirements that it does not meet."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .._rules.arguments import check_type, describe_value
from .report import Outcome, Result
from .requirements import requirement_id, requirements, similar_ids

__all__ = ["apply_deviations", "read_deviations"]


def read_deviations(file: Path) -> dict[str, str]:
    """Read deviations from a TOML file, which has a line ``WS-CLOSE-03 = "the reason"`` for each.

    Args:
        file: The file.

    Returns:
        The reasons by requirement id.

    Raises:
        OSError: The file cannot be read.
        TypeError: The file is not a Path.
        ValueError: It is not TOML, has an id that no requirement has, or something else than a reason beside one.
    """
    if not hasattr(file, "read_text"):
        raise TypeError(f"read_deviations: expected the file as a Path, got {describe_value(file)}")
    try:
        deviations = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"expected TOML: {error}") from error
    return checked_deviations(deviations)


def apply_deviations(result: Result, deviations: Mapping[str, str]) -> Result:
    """Hold a result against the known deviations.

    Args:
        result: The result.
        deviations: The requirements that are known not to be met, each with the reason.

    Returns:
        The result, where no deviation is of its requirement. Else one that deviates; one that is still not seen; or
        one that failed, where the requirement is met after all, or was not offered.
    """
    reason = deviations.get(result.requirement.id)
    if reason is None:
        return result
    if result.outcome is Outcome.NOT_SEEN:
        return result._replace(reason=reason)
    if result.outcome.blocks:
        return result._replace(outcome=Outcome.DEVIATES, reason=reason)
    return result._replace(
        outcome=Outcome.FAIL,
        step="the deviation",
        expected=f"a requirement that is not met, as the deviation says ({reason})",
        actual=result.outcome.value,
    )


def apply_to_all(results: Iterable[Result], deviations: Mapping[str, str]) -> tuple[Result, ...]:
    """Hold results against the known deviations; one that is blocked by these alone is not seen."""
    found = {result.requirement.id: apply_deviations(result, deviations) for result in results}

    def is_known(number: str) -> bool:
        outcome = found[number].outcome if number in found else None
        return outcome is Outcome.DEVIATES or (outcome is Outcome.BLOCKED and all(map(is_known, _needs(found[number]))))

    return tuple(
        one._replace(outcome=Outcome.NOT_SEEN, missing=", ".join(_needs(one)))
        if one.outcome is Outcome.BLOCKED and is_known(number)
        else one
        for number, one in found.items()
    )


def _needs(blocked: Result) -> list[str]:
    return blocked.step.removeprefix("needs ").split(", ")


def checked_deviations(deviations: Any) -> dict[str, str]:
    """Return deviations as requirement ids with reasons, which they have to be."""
    check_type("deviations", "a mapping of ids to reasons", deviations, Mapping)
    known: dict[str, str] = {}
    for number, reason in deviations.items():
        if not isinstance(number, str) or requirement_id(number) not in requirements():
            similar = similar_ids(str(number))
            raise ValueError(f"deviations: expected the id of a requirement, got {describe_value(number)}{similar}")
        if not isinstance(reason, str) or not reason.strip():
            raise ValueError(f"deviations: expected a reason as a str beside {number}, got {describe_value(reason)}")
        known[requirement_id(number)] = reason
    return known
