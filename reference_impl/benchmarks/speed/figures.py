"""The figures, each with how it is measured."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Any

from . import imports, in_memory, on_loop
from .correct import check
from .libraries import LIBRARIES, Application, Does
from .pairs import medians, ratio_of, rounds_of
from .parts import costs
from .routes import adding, last_route
from .tables import Tables, merged

RAW = "raw"
NEEDS_LOOP = {"quart"}
"""It receives in a task of its own."""
ASKS_FOR_LOOP = {"falcon"}
"""It needs one that runs, though it does not wait for it."""
BACKENDS = ["bareasgi 3", "bareasgi 5", "starlette"]
"""What this project has a backend on."""
ROUNDS = 30
IMPORTS = 8

COST = "what each library costs"
BACKENDS_COST = "what a backend costs, to the library's own"

Applications = dict[str, Application]
Measure = Callable[[Application], float]


def messages(rounds: int, only: list[str]) -> Tables:
    """Measure an echo whose peer never suspends."""
    texts, binaries = (applications(does, only, NEEDS_LOOP) for does in ("text", "binary"))
    with asyncio.Runner() as runner:
        return merged(
            beside_raw("text", rounds, texts, in_a_task(runner, text_echo)),
            beside_raw("binary", rounds, binaries, in_a_task(runner, binary_echo)),
        )


def connections(rounds: int, only: list[str]) -> Tables:
    """Measure a connection whose peer never suspends, in a task of asyncio's and with no event loop at all."""
    staying, closing = (applications(does, only, NEEDS_LOOP) for does in ("text", "closes"))
    measure = in_memory.seconds_a_connection
    with asyncio.Runner() as runner:
        in_tasks = merged(
            beside_raw("client closes", rounds, staying, in_a_task(runner, measure)),
            beside_raw("handler closes", rounds, closing, in_a_task(runner, measure)),
        )
    return merged(
        in_tasks,
        beside_raw("client closes, no loop", rounds, without(staying, ASKS_FOR_LOOP), measure),
        beside_raw("handler closes, no loop", rounds, without(closing, ASKS_FOR_LOOP), measure),
    )


def on_asyncio(rounds: int, only: list[str]) -> Tables:
    """Measure an echo and a connection that wake the event loop up."""
    texts = applications("text", only)
    with asyncio.Runner() as runner:
        return merged(
            beside_raw("text, woken up", rounds, texts, on(runner, on_loop.seconds_a_message)),
            beside_raw("client closes, woken up", rounds, texts, on(runner, on_loop.seconds_a_connection)),
        )


def idle(rounds: int, only: list[str]) -> Tables:
    """Measure the memory that an idle connection holds: it is the same each time."""
    with asyncio.Runner() as runner:
        measure = on(runner, on_loop.idle_bytes)
        held = {name: measure(application) for name, application in applications("text", only).items()}
    return {COST: {name: {"idle bytes": count - held[RAW]} for name, count in held.items()}}


def importing(rounds: int, only: list[str]) -> Tables:
    """Measure an import."""
    base = imports.BASE
    there = {name: name for name in imports.importable() if name == base or name in (only or [name])}
    ratios = medians(rounds_of(rounds or IMPORTS, base, there, imports.nanoseconds))
    return {COST: {name: {"import": ratio} for name, ratio in ratios.items() if name != base}}


FIGURES: dict[str, Callable[[int, list[str]], Tables]] = {
    "messages": messages,
    "connections": connections,
    "parts": costs,
    "on-asyncio": on_asyncio,
    "idle": idle,
    "import": importing,
    "last-route": last_route,
    "adding": adding,
}
"""What measures each: it takes the number of rounds, 0 for its own, and the libraries, none for all."""


def applications(does: Does, only: Collection[str], apart_from: Collection[str] = ()) -> Applications:
    """Make each library's application, of those that are installed."""
    made: Applications = {}
    for name in without(LIBRARIES, apart_from):
        if name == RAW or name in (only or LIBRARIES):
            try:
                made[name] = LIBRARIES[name](does)
            except ImportError:
                continue
    for name, application in made.items():
        asyncio.run(check(name, application, does))
    in_memory.settle()
    return made


def without(all_: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Leave these out."""
    return {name: one for name, one in all_.items() if name not in names}


def beside_raw(column: str, rounds: int, measured: Applications, measure: Measure) -> Tables:
    """Measure each beside the raw function, and each backend beside the library's own."""
    ratios = rounds_of(rounds or ROUNDS, RAW, measured, measure)
    own = {name: f"bareasgi_ws on {name}" for name in BACKENDS if f"bareasgi_ws on {name}" in measured}
    return {
        COST: {name: {column: ratio} for name, ratio in medians(ratios).items()},
        BACKENDS_COST: {name: {column: ratio_of(ratios, ours, name)} for name, ours in own.items() if name in measured},
    }


def on(runner: asyncio.Runner, measure: Callable[[Application], Coroutine[Any, Any, float]]) -> Measure:
    """Measure on the runner's event loop."""
    return lambda application: runner.run(measure(application))


def in_a_task(runner: asyncio.Runner, measure: Measure) -> Measure:
    """Measure in a task on the runner's event loop, which the code may ask for, though it does not wait."""

    async def measured(application: Application) -> float:
        return measure(application)

    return on(runner, measured)


def text_echo(application: Application) -> float:
    """Time an echo of text."""
    return in_memory.seconds_a_message(application, "text")


def binary_echo(application: Application) -> float:
    """Time an echo of bytes."""
    return in_memory.seconds_a_message(application, "binary")
