"""The page about load: from what is kept. It starts no server."""

from collections.abc import Iterator
from pathlib import Path

from tools.load import results
from tools.load.limits import LIMITS, STAYS_OPEN
from tools.load.rounds import SIZES, SMALL, WHOLE, is_flat
from tools.tables import filled, table

PROSE = Path(__file__).with_suffix(".md")


def page() -> str:
    """Write the page."""
    parts = {
        "CONNECTIONS": f"{WHOLE.connections:,}",
        "MESSAGES": f"{WHOLE.messages:,}",
        "ROUNDS": str(WHOLE.rounds),
        "SIZES": f"{', '.join(f'{size:,}' for size in SIZES[:-1])} or {SIZES[-1]:,}",
        "SMALL": f"{SMALL.connections} clients, {SMALL.messages:,} messages, {SMALL.rounds} rounds",
        "MEASURED": _measured(),
        "MEMORY": _memory(),
        "LIMITS": "\n".join(_limits()),
    }
    return filled(PROSE, parts)


def _measured() -> str:
    header = ["server", "tried with", "Python", "messages", "seconds a round", "stopped: all closed after"]
    rows = (
        [server, version, python, f"{measured.echoed:,}", _range(measured.seconds), _stopped(measured.stopped)]
        for server, (version, python, measured) in results.read().items()
    )
    return table(header, rows)


def _memory() -> str:
    header = ["server", *map(str, range(1, WHOLE.rounds + 1)), "flat"]
    rows = (
        [server, *map(str, kept.measured.memory), "yes" if is_flat(kept.measured.memory) else "**no**"]
        for server, kept in results.read().items()
    )
    return table(header, rows)


def _limits() -> Iterator[str]:
    for server, limits in LIMITS.items():
        yield from (f"- {server} {why}." for why in limits.why)
    yield from (f"- {server} {why}." for server, why in STAYS_OPEN.items())


def _range(seconds: list[float]) -> str:
    return f"{min(seconds):.1f} to {max(seconds):.1f}"


def _stopped(seconds: float | None) -> str:
    return f"not within {WHOLE.stopping:g} s" if seconds is None else f"{seconds:.1f} s"
