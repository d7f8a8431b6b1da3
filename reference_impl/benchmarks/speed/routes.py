"""How long the last of many routes takes to be found, and how long the reference takes to add routes."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import repeat
from typing import Any

from bareasgi_ws import Router

from .in_memory import collected, now, settle
from .pairs import medians, rounds_of
from .routers import ROUTERS, SHAPES, USUAL, Find, handler, paths, reference
from .tables import Row, Table, Tables

ROUNDS = 8
SIZES = [1, 100, 1_000, 10_000]
ADDED = [1_000, 4_000, 10_000]
SECONDS = 0.001
"""About how long a sample takes."""
TREE = "litestar"
"""The library whose router is a tree: the others' times are compared with its."""

TO_ONE = "the last of n routes, to one alone"
TO_TREE = f"the last of n routes, to {TREE}'s"
BY_SHAPE = "the last of n routes, to one alone, by pattern"
ADDING = "adding one of n routes, to one of the fewest"

Sized = dict[str, Find]


def last_route(rounds: int, only: list[str]) -> Tables:
    """Measure how long the last of many routes takes to be found."""
    rounds = rounds or ROUNDS
    wanted = {name: make for name, make in ROUTERS.items() if name in (only or ROUTERS)}
    finds = {name: by_size for name, make in wanted.items() if (by_size := _sized(make))}
    shapes = {shape: _sized(partial(reference, shape=shape)) for shape in SHAPES}
    settle()
    return {
        TO_ONE: {name: _to_only(rounds, by_size) for name, by_size in finds.items()},
        TO_TREE: _to_tree(rounds, finds),
        BY_SHAPE: {shape: _to_only(rounds, by_size) for shape, by_size in shapes.items()},
    }


def adding(rounds: int, only: list[str]) -> Tables:
    """Measure how long the reference takes to add a route, where there are many."""
    ways = {shape: partial(_seconds_to_add, shape) for shape in SHAPES}
    ways["found as soon as added"] = partial(_seconds_to_add, USUAL, resolving=True)
    table: Table = {}
    for way, measure in ways.items():
        sizes = {f"{size:,}": size for size in ADDED}
        table[way] = medians(rounds_of(rounds or 3, f"{ADDED[0]:,}", sizes, measure))
    return {ADDING: table}


def _sized(make: Callable[[int], Find]) -> Sized:
    finds: Sized = {}
    for size in SIZES:
        try:
            finds[f"{size:,}"] = find = make(size)
        except (ImportError, NotImplementedError):
            break
        if not find():
            raise RuntimeError(f"{make} does not find the last of {size:,} routes")
    return finds


def _to_only(rounds: int, by_size: Sized) -> Row:
    return medians(rounds_of(rounds, f"{SIZES[0]:,}", by_size, _seconds_to_find))


def _to_tree(rounds: int, finds: Mapping[str, Sized]) -> Table:
    table: Table = {}
    for size in finds.get(TREE, {}):
        same = {name: by_size[size] for name, by_size in finds.items() if size in by_size}
        for name, ratio in medians(rounds_of(rounds, TREE, same, _seconds_to_find)).items():
            table.setdefault(name, {})[size] = ratio
    return table


def _seconds_to_find(find: Find) -> float:
    times = max(1, int(SECONDS / _seconds(find, 1)))
    return _seconds(find, times) / times


def _seconds(find: Find, times: int) -> float:
    with collected():
        began = now()
        for _ in repeat(None, times):
            find()
        return now() - began


def _seconds_to_add(shape: str, number: int, *, resolving: bool = False) -> float:
    """Time the adding of a route, on the average of so many."""
    router: Any = Router()
    patterns = paths(shape, number)
    with collected():
        began = now()
        for path in patterns:
            router.add(path, handler)
            if resolving:
                router.resolve(path)
        return (now() - began) / number
