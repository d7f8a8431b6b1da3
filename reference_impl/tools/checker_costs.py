"""What importing a library costs a user's own type check, as a table: it reads the committed results, no more."""

import tomllib
from pathlib import Path

from tables import table

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results" / "checkers.toml"
COMMAND = "make costs"
BASE = "no library"


def costs() -> str:
    """Write a row for each library, a column for each checker."""
    results = tomllib.loads(RESULTS.read_text("utf-8"))
    libraries, checkers = results["libraries"], results["checkers"]
    rows = (
        [f"{library} {version}", *(f"{one['ratios'][library]:.2f}" for one in checkers.values())]
        for library, version in libraries.items()
    )
    return table(["", *(f"{name} {one['version']}" for name, one in checkers.items())], rows)
