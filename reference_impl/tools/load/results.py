"""What was measured of each server under the whole load: measured anew, and kept."""

import json
import platform
import sys
import tomllib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bareasgi_ws._command.servers import SERVERS

from .rounds import FOLDER, WHOLE, Measurement, run

KEPT = FOLDER / "load.toml"
SEED = 1

COMMENT = """\
# What each server did under the whole load (WHOLE in reference_impl/tools/load/rounds.py): how many messages came
# back, how many seconds each round took, how many MiB of memory the server held after each, and how many seconds after
# it was asked to stop every connection had ended; without that, one had not. `python -m tools.load`
# writes the file anew, and `python -m tools.load SERVER ...` what it has of these servers.
"""


class Kept(NamedTuple):
    """What is kept of one server.

    Attributes:
        version: Of the server, and of what speaks the protocol for it.
        python: The version of Python.
        measured: What was measured.
    """

    version: str
    python: str
    measured: Measurement


def read() -> dict[str, Kept]:
    """Read what is kept, by server."""
    kept = tomllib.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return {server: Kept(one.pop("version"), one.pop("python"), Measurement(**one)) for server, one in kept.items()}


def write(servers: Iterable[str]) -> None:
    """Put the whole load on these servers, and keep what comes of each as soon as it is there."""
    for server in servers:
        measured = run(server, WHOLE, SEED)
        print(server, measured, file=sys.stderr)
        kept = Kept(str(SERVERS[server]), platform.python_version(), measured)
        KEPT.write_text(_text({**read(), server: kept}), "utf-8")


def _text(kept: Mapping[str, Kept]) -> str:
    lines = [COMMENT]
    for server in SERVERS:
        if server in kept:
            version, python, measured = kept[server]
            values = {"version": version, "python": python, **measured._asdict()}
            lines.append(f"[{server}]")
            lines += [f"{name} = {json.dumps(value)}" for name, value in values.items() if value is not None]
            lines.append("")
    return "\n".join(lines)
