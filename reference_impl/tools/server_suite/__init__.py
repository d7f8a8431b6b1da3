"""What the suite for servers says of each server that is known: asked anew, and kept."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bareasgi_ws._command.servers import SERVERS
from bareasgi_ws.conformance import requirements
from bareasgi_ws.conformance._render.outcomes import FOLDED, explained, folded, signed, transcript, unmet
from bareasgi_ws.conformance.report import Report, Result
from tools.tables import table

FOLDER = Path(__file__).parents[2] / "tests" / "servers"
KEPT = FOLDER / "suite.toml"
REPORTS = FOLDER / "reports"
COMMAND = "python -m tools.server_suite"
ALL = "bareasgi-ws conformance --server all --json servers.json --html servers.html"
"""What asks about every server, as the page for authors of servers has it."""

STEPS = 4
"""So many steps of a failure are kept: the first ones are those of every connection."""

COMMENT = f"""\
# What came of each requirement that binds servers, on each, as `bareasgi-ws conformance --server all` reports it. The
# tests compare every line with the servers; `{COMMAND}` writes the file anew.
"""


def ask(server: str, python: Path = Path(sys.executable)) -> Report:
    """Have the command of an environment report on a server."""
    command = [str(python.with_name("bareasgi-ws")), "conformance", "--server", server, "--json", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return Report.from_json(json.loads(done.stdout))


def outcomes(report: Report) -> dict[str, str]:
    """Return the outcome of each requirement in a report."""
    return {result.requirement.id: result.outcome.value for result in report.results}


def as_toml(found: Mapping[str, str]) -> Iterable[str]:
    """Write the lines of outcomes."""
    return (f'{number} = "{outcome}"' for number, outcome in found.items())


def trimmed(report: Report) -> dict[str, Any]:
    """Return of a report what the server's page needs."""
    results = unmet(report)
    others = [result for result in results if result.outcome in FOLDED]
    failures = [result for result in results if result not in others]
    return {
        "versions": {**report.versions, "date": report.date.partition("T")[0]},
        "counts": {outcome: count for outcome, count in report.counts.items() if count},
        "failures": {one.requirement.id: {"outcome": one.outcome, "lines": _lines(one)} for one in failures},
        "others": folded(others, len(others)),
    }


def _lines(result: Result) -> list[str]:
    said = explained(result)
    step = said.pop("step")
    return [step, *(f"  {name:8} {text}" for name, text in said.items()), *[*transcript(result)][-STEPS:]]


def read() -> dict[str, dict[str, str]]:
    """Read the outcomes that are kept, by server and requirement."""
    return {server: kept["outcomes"] for server, kept in tomllib.loads(KEPT.read_text("utf-8")).items()}


def versions() -> dict[str, str]:
    """Read the versions with which the outcomes were found, by server."""
    return {server: kept["version"] for server, kept in tomllib.loads(KEPT.read_text("utf-8")).items()}


def matrix() -> str:
    """Write a row for each requirement that not every server passes, and a column for each server."""
    kept = read()
    numbers = [one for one in next(iter(kept.values())) if {of[one] for of in kept.values()} != {"pass"}]
    return table(["id", "level", "rule", *(f"[{one}](servers/{one}.md)" for one in kept)], map(_row, numbers))


def _row(number: str) -> list[str]:
    requirement = requirements()[number]
    return [number, requirement.level, requirement.text, *(signed(of_server[number]) for of_server in read().values())]


def write() -> None:
    """Ask about every server, and keep the responses."""
    lines = [COMMENT]
    REPORTS.mkdir(exist_ok=True)
    for server, command in SERVERS.items():
        print(server, file=sys.stderr)
        report = ask(server)
        lines += [f'[{server}]\nversion = "{command}"', f"[{server}.outcomes]", *as_toml(outcomes(report)), ""]
        (REPORTS / f"{server}.json").write_text(json.dumps(trimmed(report), indent=1) + "\n", "utf-8")
    KEPT.write_text("\n".join(lines), "utf-8")
