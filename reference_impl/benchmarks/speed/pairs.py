"""Ratios to the raw function: each library's turn comes right after one of the raw function's."""

import random
from collections.abc import Callable, Mapping
from statistics import median

from .libraries import Application

RAW = "raw"
Ratios = dict[str, float]


def rounds_of(
    number: int, applications: Mapping[str, Application], measure: Callable[[Application], float]
) -> list[Ratios]:
    """Give each library's ratio to the raw function in each round, the first of which is only a warming up."""
    raw = applications[RAW]

    def one_round() -> Ratios:
        turns = random.sample(list(applications), len(applications))
        pairs = {name: (measure(raw), measure(applications[name])) for name in turns}
        return {name: pairs[name][1] / pairs[name][0] for name in applications}

    one_round()
    return [one_round() for _ in range(number)]


def medians(rounds: list[Ratios]) -> Ratios:
    """Give the median ratios."""
    return {name: median(ratios[name] for ratios in rounds) for name in rounds[0]}


def ratio_of(rounds: list[Ratios], name: str, base: str) -> float:
    """Give the median ratio of one library to another."""
    return median(ratios[name] / ratios[base] for ratios in rounds)
