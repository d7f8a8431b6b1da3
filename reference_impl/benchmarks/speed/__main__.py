"""Print the figures of this interpreter."""

import argparse
import asyncio
from collections.abc import Callable

from . import in_memory
from .libraries import LIBRARIES, Application, Does
from .pairs import Ratios, medians, ratio_of, rounds_of

NEEDS_LOOP = {"quart"}
Measure = Callable[[Application], float]
Applications = dict[str, Application]
ON_A_LIBRARY = ["bareasgi 3", "bareasgi 5", "starlette"]


def applications_that(does: Does, names: list[str]) -> dict[str, Application]:
    """Make each library's application, and name what is not installed."""
    made: dict[str, Application] = {}
    for name in names:
        try:
            made[name] = LIBRARIES[name](does)
        except ImportError:
            print(f"{name}: not installed, left out")
    return made


def text_echo(application: Application) -> float:
    """Time an echo of text."""
    return in_memory.seconds_a_message(application, "text")


def binary_echo(application: Application) -> float:
    """Time an echo of bytes."""
    return in_memory.seconds_a_message(application, "binary")


async def in_a_task(number: int, applications: Applications, measure: Measure) -> list[Ratios]:
    """Measure in a task of asyncio's, though none waits for the loop: its code may ask for it."""
    return rounds_of(number, applications, measure)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--without-loop", action="store_true", help="connections with no event loop running, too")
    parser.add_argument("--only", nargs="*", default=[], metavar="LIBRARY")
    options = parser.parse_args()
    names = [name for name in options.only or LIBRARIES if name not in NEEDS_LOOP]
    names = list(dict.fromkeys(["raw", *names]))
    texts, binaries, closers = (applications_that(does, names) for does in ("text", "binary", "closes"))
    number, connection = options.rounds, in_memory.seconds_a_connection
    columns = {
        "echo, text": asyncio.run(in_a_task(number, texts, text_echo)),
        "echo, binary": asyncio.run(in_a_task(number, binaries, binary_echo)),
        "client closes": asyncio.run(in_a_task(number, texts, connection)),
        "handler closes": asyncio.run(in_a_task(number, closers, connection)),
    }
    if options.without_loop:
        columns["no loop: client"] = rounds_of(number, texts, connection)
        columns["no loop: handler"] = rounds_of(number, closers, connection)
    print(f"{'to raw':<28}" + "".join(f"{column:>18}" for column in columns))
    for name in texts:
        print(f"{name:<28}" + "".join(f"{medians(rounds)[name]:>18.2f}" for rounds in columns.values()))
    print("to the library's own")
    for own in ON_A_LIBRARY:
        if f"bareasgi_ws on {own}" in texts and own in texts:
            ratios: Ratios = {
                column: ratio_of(rounds, f"bareasgi_ws on {own}", own) for column, rounds in columns.items()
            }
            print(f"{f'bareasgi_ws on {own}':<28}" + "".join(f"{ratio:>18.2f}" for ratio in ratios.values()))


if __name__ == "__main__":
    main()
