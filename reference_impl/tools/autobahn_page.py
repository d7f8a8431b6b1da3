"""The table of Autobahn's results, from those that are kept. It runs no case."""

import autobahn_results
from autobahn_results import OUTCOMES, Found
from tables import table as markdown


def table() -> str:
    """Write the table: how many cases have each outcome under each server."""
    results = autobahn_results.read(autobahn_results.QUICK)
    rows = (
        [name, result.version, *(_cell(result.raw, result.reference, outcome) for outcome in OUTCOMES)]
        for name, result in results.items()
    )
    return markdown(["server", "versions", *OUTCOMES], rows)


def _cell(raw: Found, reference: Found, outcome: str) -> str:
    counts = [_count(one, outcome) for one in (reference, raw)]
    return str(counts[0] or "") if counts[0] == counts[1] else f"{counts[0]}, raw {counts[1]}"


def _count(one: Found, outcome: str) -> int:
    return one.ok if outcome == "OK" else len(one.others.get(outcome, ()))
