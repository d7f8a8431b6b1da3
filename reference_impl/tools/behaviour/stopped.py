"""What a client sees of a server that is stopped: it depends on the version of Python, so that each is asked.

As a program, ``python -m tools.behaviour.stopped``, it prints what comes of every server on the Python that runs it.
"""

import asyncio
import json
import os
import platform
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bareasgi_ws._command.servers import SERVERS, started

from .client import run_until_stopped

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "reference_impl" / "tests" / "servers"
KEPT = FOLDER / "stopped.toml"
VERSIONS = ("3.11", "3.12", "3.13")
AT_ONCE = 8

COMMENT = """\
# What a client saw of each server that was stopped, on each version of Python, of an application on the reference. The
# tests compare every line with the servers; `python -m tools.behaviour` writes the file anew.
"""

Stopped = Mapping[str, str]
"""What the client saw, by server."""


def run_stop(server: str) -> str:
    """Stop a server of its own with a connection open."""
    with started(server, "step_application:application", FOLDER) as running:
        return asyncio.run(run_until_stopped(running))


def run_every_stop() -> Stopped:
    """Stop every server, some at once: most of it is waiting."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return dict(zip(SERVERS, threads.map(run_stop, SERVERS), strict=True))


def interpreter(version: str) -> Path:
    """Return the Python of a version that has the servers; it need not be there."""
    is_this = version == f"{sys.version_info.major}.{sys.version_info.minor}"
    return Path(sys.executable) if is_this else ROOT / f".venv-{version}" / "bin" / "python"


def run_on(version: str) -> tuple[str, Stopped]:
    """Stop every server on a version of Python; give its full version, too."""
    command = [str(interpreter(version)), "-m", "tools.behaviour.stopped"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "reference_impl")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    full, stopped = json.loads(done.stdout)
    return full, stopped


def read() -> dict[str, Stopped]:
    """Read what is kept, by version."""
    return {version: kept["servers"] for version, kept in tomllib.loads(KEPT.read_text("utf-8")).items()}


def interpreters() -> list[str]:
    """Read the full versions of Python with which it was found."""
    return [kept["python"] for kept in tomllib.loads(KEPT.read_text("utf-8")).values()]


def write() -> None:
    """Stop every server on every version, and keep what comes."""
    lines = [COMMENT]
    for version in VERSIONS:
        print(f"stopped on Python {version}", file=sys.stderr)
        full, stopped = run_on(version)
        lines.append(f'["{version}"]\npython = "{full}"\n["{version}".servers]')
        lines += [*(f"{server} = {json.dumps(seen)}" for server, seen in stopped.items()), ""]
    KEPT.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    print(json.dumps([platform.python_version(), run_every_stop()]))
