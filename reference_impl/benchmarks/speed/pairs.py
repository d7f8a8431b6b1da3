"""Ratios to a base: each one's turn comes right after one of the base's, round after round."""

import random
from collections.abc import Callable, Mapping
from statistics import median
from typing import TypeVar

Measured = TypeVar("Measured")
Ratios = dict[str, float]


def rounds_of(
    number: int, base: str, measured: Mapping[str, Measured], measure: Callable[[Measured], float]
) -> list[Ratios]:
    """Give each one's ratio to the base in each round; one round more, the first, only warms up."""

    def one_round() -> Ratios:
        turns = random.sample(list(measured), len(measured))
        pairs = {name: (measure(measured[base]), measure(measured[name])) for name in turns}
        return {name: pairs[name][1] / pairs[name][0] for name in measured}

    one_round()
    return [one_round() for _ in range(number)]


def medians(rounds: list[Ratios]) -> Ratios:
    """Give the median ratios."""
    return {name: median(ratios[name] for ratios in rounds) for name in rounds[0]}


def ratio_of(rounds: list[Ratios], name: str, base: str) -> float:
    """Give the median ratio of one to another."""
    return median(ratios[name] / ratios[base] for ratios in rounds)
