"""A page for each server: what the suite found on it. It starts no server."""

import json
from collections.abc import Iterator
from typing import Any

from bareasgi_ws.conformance import requirements
from bareasgi_ws.conformance._render.outcomes import signed
from tools.tables import table

from . import REPORTS

TEXT = """\
# {server}

What `bareasgi-ws conformance --server {server}` found: each requirement that it does not pass, where that comes from,
and the last steps of the connection that failed, by the records of both ends. `--reproduce` with an id writes a
program that shows the fault alone. [Servers](../servers.md) has all servers side by side.

{versions}
{counts}"""


def page(server: str) -> str:
    """Write the page of a server."""
    kept = json.loads((REPORTS / f"{server}.json").read_text("utf-8"))
    versions = table(kept["versions"], [kept["versions"].values()])
    counts = table(map(signed, kept["counts"]), [map(str, kept["counts"].values())])
    text = TEXT.format(server=server, versions=versions, counts=counts)
    return "\n".join([text, *_failures(kept), *(f"- {one}" for one in kept["others"]), ""])


def _failures(kept: Any) -> Iterator[str]:
    for number, found in kept["failures"].items():
        one = requirements()[number]
        yield f"{number}, {one.level}, **{signed(found['outcome'])}**: {one.text} ({one.source})"
        yield "\n".join(["", "```text", *found["lines"], "```", ""])
