"""The results of one interpreter: printed, and kept in a file of its own."""

import platform
from argparse import ArgumentParser
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path

from .libraries import BAREASGI
from .tables import Table, Tables

DISTRIBUTIONS = ["starlette", "falcon", "blacksheep", "litestar", "quart", "uvicorn", "websockets"]
FOLDER = Path(__file__).parents[1] / "results"
WIDTH = 26
DIGITS = 3
"""How many decimal places the file has."""


def show(title: str, table: Table) -> None:
    """Print a table."""
    columns = list(dict.fromkeys(column for row in table.values() for column in row))
    widths = [max(8, len(column)) + 2 for column in columns]
    print(f"\n{title}")
    print(" " * WIDTH + "".join(f"{column:>{width}}" for column, width in zip(columns, widths, strict=True)))
    for name, row in table.items():
        cells = [written(row[column]) if column in row else "-" for column in columns]
        print(f"{name:<{WIDTH}}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)))


def written(figure: float) -> str:
    """Write a figure with three digits or so, as the page does from the file."""
    figure = round(figure, DIGITS)
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.2f}"


def keep_option(parser: ArgumentParser) -> None:
    """Let a user ask for the file."""
    what = "write the file of results, into a folder of choice or where the page is made of it"
    parser.add_argument("--keep", nargs="?", const=FOLDER, type=Path, metavar="FOLDER", help=what)


def keep(path: Path, tables: Tables) -> None:
    """Write a file of results."""
    lines = ["# `make bench` writes the file anew.", f'python = "{platform.python_version()}"', "", "[versions]"]
    lines += [f'"{library}" = "{number}"' for library, number in versions().items()]
    for title, table in tables.items():
        for row, figures in table.items():
            lines += ["", f'[tables."{title}"."{row}"]']
            lines += [f'"{column}" = {figure:.{DIGITS}f}' for column, figure in figures.items()]
    path.write_text("\n".join([*lines, ""]), "utf-8")


def versions() -> dict[str, str]:
    """Return the version of each library that is installed."""
    found: dict[str, str] = {}
    for generation in ("3", "5"):
        for one in distributions(name="bareasgi", path=[f"{BAREASGI}{generation}"]):
            found[f"bareasgi {generation}"] = one.version
    for name in DISTRIBUTIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
