"""What came of each row on each server: tried anew, and kept."""

import asyncio
import json
import sys
import tomllib
from collections.abc import Mapping
from typing import NamedTuple

from bareasgi_ws._command.servers import SERVERS, started

from . import stopped
from .client import Outcome, run_row
from .rows import ROWS
from .stopped import FOLDER

KEPT = FOLDER / "behaviour.toml"
IMPOSSIBLE = FOLDER / "impossible.toml"
COMMAND = "python -m tools.behaviour"
AT_ONCE = 8

COMMENT = f"""\
# What came of each row (rows.py) on each server, of an application on the reference: what its client saw, and what the
# application noted. The tests compare every line with the servers; `{COMMAND}` writes the file anew.
"""


class Impossible(NamedTuple):
    """Where an application cannot bring about what is expected.

    Attributes:
        server: The server.
        rows: The names of the rows.
        reason: Why; the server's version is with the results.
    """

    server: str
    rows: list[str]
    reason: str


def run(server: str) -> dict[str, Outcome]:
    """Try every row on a server."""
    with started(server, "step_application:application", FOLDER) as running:
        return asyncio.run(_run(running.address))


def read() -> dict[str, dict[str, Outcome]]:
    """Read the outcomes that are kept, by server and row."""
    kept = tomllib.loads(KEPT.read_text("utf-8"))
    return {
        server: {row: Outcome(*outcome) for row, outcome in of_server["outcomes"].items()}
        for server, of_server in kept.items()
    }


def versions() -> dict[str, str]:
    """Read the versions with which the outcomes were found, by server."""
    return {server: kept["version"] for server, kept in tomllib.loads(KEPT.read_text("utf-8")).items()}


def impossible() -> list[Impossible]:
    """Read what a server makes impossible."""
    kept = tomllib.loads(IMPOSSIBLE.read_text("utf-8"))
    return [Impossible(server, rows, reason) for server, of_one in kept.items() for reason, rows in of_one.items()]


def unexpected(outcomes: Mapping[str, Outcome]) -> list[str]:
    """Name the rows that did not come out as expected."""
    return [
        name
        for name, row in ROWS.items()
        if (row.client and outcomes[name].client != row.client) or outcomes[name].handler != row.handler
    ]


def write() -> None:
    """Try everything, and keep it."""
    lines = [COMMENT]
    for server, command in SERVERS.items():
        print(server, file=sys.stderr)
        lines += [f'[{server}]\nversion = "{command}"', f"[{server}.outcomes]"]
        lines += [f'"{row}" = {json.dumps(outcome)}' for row, outcome in run(server).items()]
        lines.append("")
    KEPT.write_text("\n".join(lines), "utf-8")
    stopped.write()


async def _run(address: str) -> dict[str, Outcome]:
    """Try the rows, a few at once: daphne takes an application that has no turn for 5 s for one that hangs."""
    places = asyncio.Semaphore(AT_ONCE)

    async def run_one(name: str) -> Outcome:
        async with places:
            return await run_row(ROWS[name], address, name)

    async with asyncio.TaskGroup() as tasks:
        running = {name: tasks.create_task(run_one(name)) for name in ROWS}
    return {name: task.result() for name, task in running.items()}
