"""The page about speed: from what is kept. It measures nothing."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.tables import filled, table

PROSE = Path(__file__).with_suffix(".md")
RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"
Table = dict[str, dict[str, float]]
Kept = dict[str, Any]


def page() -> str:
    """Write the page."""
    served = kept(RESULTS / "uvicorn.toml")
    parts = {"SERVED_PYTHON": str(served["python"]), "IN_MEMORY": "\n".join(in_memory())}
    return filled(PROSE, {**parts, "SERVED": "\n".join(sections(served))})


def in_memory() -> Iterator[str]:
    """Write what each interpreter found, the newest first."""
    for results in map(kept, sorted(RESULTS.glob("speed_*.toml"), reverse=True)):
        yield f"## Python {results['python']}\n"
        yield from sections(results)


def kept(path: Path) -> Kept:
    """Read the results of one run."""
    return tomllib.loads(path.read_text("utf-8"))


def sections(results: Kept) -> Iterator[str]:
    """Write every table under its title."""
    yield f"Measured with {versions(results)}.\n"
    for title, one in results["tables"].items():
        yield f"### {title[0].upper()}{title[1:]}\n"
        yield figures(one)


def versions(results: Kept) -> str:
    """Name the libraries with their versions."""
    return ", ".join(f"{name.split()[0]} {version}" for name, version in results["versions"].items())


def figures(one: Table) -> str:
    """Write a table of figures; what was not measured is a dash."""
    columns = list(dict.fromkeys(column for row in one.values() for column in row))
    rows = ([name, *(written(row.get(column)) for column in columns)] for name, row in one.items())
    return table(["", *columns], rows)


def written(figure: float | None) -> str:
    """Write a figure with three digits or so."""
    if figure is None:
        return "—"
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.2f}"
