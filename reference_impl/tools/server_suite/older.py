"""What the suite finds otherwise on an older version of a server, beside what the other packages are now."""

import subprocess
import sys
import tomllib
from collections import defaultdict
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bareasgi_ws._command.servers import SERVERS, ServerCommand
from bareasgi_ws.conformance import requirements
from bareasgi_ws.conformance._render.outcomes import signed
from tools.tables import table

from . import COMMAND, FOLDER, as_toml, ask, outcomes, read, versions

CHECKOUT = Path(__file__).parents[3]
KEPT = FOLDER / "suite_versions.toml"
OLDER = {"uvicorn": "0.40.0", "hypercorn": "0.17.3", "daphne": "4.1.2", "granian": "2.5.7"}

COMMENT = f"""\
# What the suite finds on an older version of a server where that is not what suite.toml has of the current one.
# `{COMMAND} --versions` writes the file anew.
"""


class Older(NamedTuple):
    """What an older version does otherwise.

    Attributes:
        version: The version, with what speaks the protocol for it.
        current: The version that it was compared with, likewise.
        date: The day of the run.
        outcomes: Those that differ, by requirement.
    """

    version: str
    current: str
    date: str
    outcomes: dict[str, str]


def install(folder: Path, package: str) -> Path:
    """Install the command beside an older version of a server; return the environment's Python."""
    python = folder / "bin" / "python"
    constraints = folder / "constraints.txt"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    installed = {one.name.lower(): one.version for one in distributions()} | {package: OLDER[package]}
    others = {name: version for name, version in installed.items() if name != "bareasgi-ws"}
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in others.items()), "utf-8")
    needed = {one for command in _servers(package).values() for one in command.packages}
    command = [str(python), "-m", "pip", "install", "-q", "-c", str(constraints), f"{CHECKOUT}[conformance]", *needed]
    subprocess.run(command, check=True)
    return python


def _servers(package: str) -> dict[str, ServerCommand]:
    return {server: command for server, command in SERVERS.items() if command.packages[0] == package}


def differences(package: str) -> dict[str, Older]:
    """Ask about every server of an older package; return what it does otherwise."""
    found: dict[str, Older] = {}
    with TemporaryDirectory() as folder:
        python = install(Path(folder), package)
        for server, command in _servers(package).items():
            print(server, OLDER[package], file=sys.stderr)
            report = ask(server, python)
            differing = dict(outcomes(report).items() - read()[server].items())
            version = ", ".join(f"{one} {report.versions[one]}" for one in command.packages)
            day = report.date.partition("T")[0]
            found[server] = Older(version, versions()[server], day, dict(sorted(differing.items())))
    return found


def kept() -> dict[str, Older]:
    """Read what is kept, by server."""
    return {server: Older(**of_server) for server, of_server in tomllib.loads(KEPT.read_text("utf-8")).items()}


def tried() -> str:
    """Name the older versions, and the one with which each was compared."""
    return ", ".join(dict.fromkeys(f"{_first(one.version)} (now {_first(one.current)})" for one in kept().values()))


def _first(versions: str) -> str:
    return versions.partition(",")[0]


def differing() -> str:
    """Write a row for each requirement and what came of it, then and now."""
    servers = defaultdict[tuple[str, ...], list[str]](list)
    current = read()
    for server, older in kept().items():
        for number, outcome in older.outcomes.items():
            then = f"{_first(older.version)}: {signed(outcome)}"
            now = f"{_first(older.current)}: {signed(current[server][number])}"
            servers[number, requirements()[number].text, then, now].append(server)
    return table(["id", "rule", "then", "now", "server"], ([*row, ", ".join(named)] for row, named in servers.items()))


def write() -> None:
    """Ask about every older version, and keep what differs."""
    lines = [COMMENT]
    for package in OLDER:
        for server, older in differences(package).items():
            about = [f'{name} = "{getattr(older, name)}"' for name in ("version", "current", "date")]
            lines += [f"[{server}]", *about, f"[{server}.outcomes]", *as_toml(older.outcomes), ""]
    KEPT.write_text("\n".join(lines), "utf-8")
