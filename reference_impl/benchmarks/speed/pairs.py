"""Ratios to a base: each one's turn comes beside one of the base's, round after round."""

import random
from collections.abc import Callable, Mapping
from statistics import median
from typing import TypeVar

Measured = TypeVar("Measured")
Ratios = dict[str, float]


def rounds_of(
    number: int, base: str, measured: Mapping[str, Measured], measure: Callable[[Measured], float]
) -> list[Ratios]:
    """Return each one's ratio to the base in each round; one round more, the first, only warms up."""

    def ratio(name: str) -> float:
        if random.random() < 0.5:
            of_base, itself = measure(measured[base]), measure(measured[name])
        else:
            itself, of_base = measure(measured[name]), measure(measured[base])
        return itself / of_base

    def one_round() -> Ratios:
        return {name: ratio(name) for name in random.sample(list(measured), len(measured))}

    one_round()
    rounds = [one_round() for _ in range(number)]
    return [{name: ratios[name] for name in measured} for ratios in rounds]


def medians(rounds: list[Ratios]) -> Ratios:
    """Return the median ratios."""
    return {name: median(ratios[name] for ratios in rounds) for name in rounds[0]}


def ratio_of(rounds: list[Ratios], name: str, base: str) -> float:
    """Return the median ratio of one to another."""
    return median(ratios[name] / ratios[base] for ratios in rounds)
