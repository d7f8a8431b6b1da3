"""What the suite for servers says of each server that is known: asked anew, and kept."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bareasgi_ws._command.servers import SERVERS
from bareasgi_ws.conformance import requirements
from bareasgi_ws.conformance._render.outcomes import signed
from tools.tables import table

KEPT = Path(__file__).parents[1] / "tests" / "servers" / "suite.toml"
COMMAND = "python -m tools.server_suite"
ALL = "bareasgi-ws conformance --server all --json servers.json --html servers.html"
"""What asks about every server, as the page for authors of servers has it."""

COMMENT = f"""\
# What came of each requirement that binds servers, on each, as `bareasgi-ws conformance --server all` reports it. The
# tests compare every line with the servers; `{COMMAND}` writes the file anew.
"""


def ask(server: str) -> Mapping[str, Any]:
    """Have the command report on a server."""
    command = [str(Path(sys.executable).with_name("bareasgi-ws")), "conformance", "--server", server, "--json", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    report: Mapping[str, Any] = json.loads(done.stdout)
    return report


def outcomes(report: Mapping[str, Any]) -> dict[str, str]:
    """Return the outcome of each requirement in a report."""
    return {result["requirement"]["id"]: result["outcome"] for result in report["results"]}


def read() -> dict[str, dict[str, str]]:
    """Read the outcomes that are kept, by server and requirement."""
    return {server: kept["outcomes"] for server, kept in tomllib.loads(KEPT.read_text("utf-8")).items()}


def versions() -> dict[str, str]:
    """Read the versions with which the outcomes were found, by server."""
    return {server: kept["version"] for server, kept in tomllib.loads(KEPT.read_text("utf-8")).items()}


def matrix() -> str:
    """Write a row for each requirement, and a column for each server."""
    kept = read()
    rows = (_row(number, kept) for number in next(iter(kept.values())))
    return table(["id", "level", "rule", *kept], rows)


def _row(number: str, kept: Mapping[str, Mapping[str, str]]) -> list[str]:
    requirement = requirements()[number]
    return [number, requirement.level, requirement.text, *(signed(of_server[number]) for of_server in kept.values())]


def main() -> None:
    """Ask about every server, and keep the responses."""
    lines = [COMMENT]
    for server, command in SERVERS.items():
        print(server, file=sys.stderr)
        lines += [f'[{server}]\nversion = "{command}"', f"[{server}.outcomes]"]
        lines += [f'{number} = "{outcome}"' for number, outcome in outcomes(ask(server)).items()]
        lines.append("")
    KEPT.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
