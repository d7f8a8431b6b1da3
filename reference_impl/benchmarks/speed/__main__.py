"""Measure what the libraries of this environment cost, and print it: run it with ``make bench``."""

import argparse
import platform

from . import in_memory, on_loop, results, routes
from .figures import FIGURES
from .tables import merged


def main() -> None:
    """Print the tables, and keep them where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m speed", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"{', '.join(FIGURES)}; without one, all")
    parser.add_argument("--rounds", type=int, default=0, help="how many, for each figure")
    parser.add_argument("--short", action="store_true", help="one round of very little, which tells nothing")
    parser.add_argument("--libraries", nargs="+", default=[], metavar="NAME", help="measure no others")
    results.keep_option(parser)
    options = parser.parse_args()
    if options.short:
        shorten()
    rounds = 1 if options.short else options.rounds
    measured = [FIGURES[name](rounds, options.libraries) for name in options.figures or FIGURES]
    tables = merged(*measured)
    for title, table in tables.items():
        results.show(title, table)
    if options.keep is not None:
        major, minor, *_ = platform.python_version_tuple()
        results.keep(options.keep / f"speed_{major}.{minor}.toml", tables)


def shorten() -> None:
    """Have everything measured on very little."""
    in_memory.MESSAGES = in_memory.CONNECTIONS = on_loop.MESSAGES = on_loop.CONNECTIONS = on_loop.IDLE = 10
    routes.SIZES = routes.ADDED = [1, 10]
    routes.SECONDS = 0


if __name__ == "__main__":
    main()
