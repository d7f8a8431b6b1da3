"""The page about servers: from the outcomes that are kept. It starts no server."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from bareasgi_ws._command.servers import SERVERS
from bareasgi_ws.conformance import requirements
from tools import autobahn_page, server_suite
from tools.behaviour import results, stopped
from tools.behaviour.client import Outcome
from tools.behaviour.rows import APPLICATION, CLIENT, ROWS
from tools.server_suite import older
from tools.tables import filled, table

PROSE = Path(__file__).with_suffix(".md")


def page() -> str:
    """Write the page."""
    parts = {
        "VERSIONS": table(
            ["server", "tried with"], ([server, version] for server, version in results.versions().items())
        ),
        "APPLICATION": table(["the handler", "its client sees", "but on"], map(_application, APPLICATION)),
        "CLIENT": table(["the client", "the handler sees", "but on"], map(_client, CLIENT)),
        "IMPOSSIBLE": "\n".join(_impossible()),
        "PYTHONS": ", ".join(stopped.interpreters()),
        "STOPPED": _stopped(),
        "SUITE": server_suite.matrix(),
        "BINDING": str(sum(one.binds == "server" for one in requirements().values())),
        "TRIED": older.tried(),
        "OLDER": older.differing(),
        "AUTOBAHN": autobahn_page.table(),
        "REASONS": autobahn_page.reasons(),
    }
    return filled(PROSE, parts)


def _application(name: str) -> list[str]:
    row = ROWS[name]
    error = f" (`{row.handler.rpartition(': ')[2]}`)" if row.handler.endswith("ValueError") else ""
    return [row.does + error, row.client, _others(name, lambda outcome: outcome.client, row.client)]


def _client(name: str) -> list[str]:
    row = ROWS[name]
    return [row.does, _shown(row.handler), _others(name, lambda outcome: outcome.handler, row.handler)]


def _others(name: str, side: Callable[[Outcome], str], expected: str) -> str:
    """Name what else the reference gave, with the servers."""
    servers = defaultdict[str, list[str]](list)
    for server, kept in results.read().items():
        if (actual := side(kept[name])) != expected:
            servers[actual].append(server)
    return "; ".join(f"{', '.join(named)}: {_shown(actual)}" for actual, named in servers.items())


def _stopped() -> str:
    """Write a row for each server, and a column for each version of Python."""
    kept = stopped.read()
    return table(["server", *kept], ([server, *(of[server] for of in kept.values())] for server in SERVERS))


def _impossible() -> Iterator[str]:
    for server, rows, reason in results.impossible():
        does = "; ".join(("client " if name in CLIENT else "") + ROWS[name].does for name in rows)
        yield f"| {server} | {does} | {reason} |"


def _shown(outcome: str) -> str:
    return outcome.replace("receive: ", "").replace("end ", "") or "no error"
