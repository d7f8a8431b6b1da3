"""What came of each row on each server: tried anew, and kept."""

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from server_commands import SERVERS, started

from .playing import Outcome, play
from .rows import ROWS

FOLDER = Path(__file__).parent
KEPT = FOLDER / "results.toml"
COMMAND = "python reference_impl/tools/behaviour_run.py"
APPLICATIONS = ("raw", "reference")
AT_ONCE = 8
COMMENT = f"""\
# What came of each row (rows.py) on each server, of an application in raw ASGI and of one on the reference: what its
# client saw, and what the application noted. The tests compare every line with the servers;
# `{COMMAND}` writes the file anew.
"""


def run(server: str, application: str) -> dict[str, Outcome]:
    """Try every row with one of the applications on a server of its own: what raw ASGI breaks there stays there."""
    with started(server, "acting:application", FOLDER) as running:
        return asyncio.run(_run(running.address, application))


def read() -> dict[str, Any]:
    """Read what is kept, by server."""
    return tomllib.loads(KEPT.read_text("utf-8"))


def write(found: Mapping[str, Any]) -> None:
    """Keep what was found, by server."""
    lines = [COMMENT]
    for server, of_server in found.items():
        lines.append(f'["{server}"]\nversion = "{of_server["version"]}"\n')
        for application in APPLICATIONS:
            lines.append(f'["{server}".{application}]')
            lines.extend(f'"{row}" = {list(outcome)!r}' for row, outcome in of_server[application].items())
            lines.append("")
    KEPT.write_text("\n".join(lines), "utf-8")


async def _run(address: str, application: str) -> dict[str, Outcome]:
    """Try the rows, a few at once: daphne takes an application that has no turn for 5 s for one that hangs."""
    places = asyncio.Semaphore(AT_ONCE)

    async def played(name: str) -> Outcome:
        async with places:
            return await play(ROWS[name], address, application, name)

    async with asyncio.TaskGroup() as tasks:
        playing = {name: tasks.create_task(played(name)) for name in ROWS}
    return {name: task.result() for name, task in playing.items()}
