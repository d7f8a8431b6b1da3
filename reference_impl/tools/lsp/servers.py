"""The language servers, and how an editor starts each."""

import json
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from .client import Client
from .project import ROOT, Project

ENVIRONMENT = ROOT / ".venv-editors"
"""Where the servers are installed; ``make test`` makes it from the group ``editors``."""

GRACE = 3.0

PYTHON = "PYTHON"
"""Stands in settings and options for the interpreter of the user's environment."""

Settings = Mapping[str, Any]
NONE: Settings = {}


class Server(NamedTuple):
    """A language server.

    Attributes:
        name: What people call it.
        distribution: What it is installed as.
        command: What starts it.
        settings: What the user's settings say, where it has to be told something.
        options: What the editor tells it as it begins, likewise.
    """

    name: str
    distribution: str
    command: tuple[str, ...]
    settings: Settings = NONE
    options: Settings = NONE


SERVERS = [
    Server("pyright", "pyright", ("pyright-langserver", "--stdio"), settings={"python": {"pythonPath": PYTHON}}),
    Server("basedpyright", "basedpyright", ("basedpyright-langserver", "--stdio")),
    Server("ty", "ty", ("ty", "server")),
    Server(
        "pyrefly",
        "pyrefly",
        ("pyrefly", "lsp"),
        # The project configures nothing, and then it reports no errors.
        settings={"python": {"pyrefly": {"displayTypeErrors": "force-on"}}},
    ),
    Server("zuban", "zuban", ("zuban", "server")),
    Server(
        "jedi",
        "jedi-language-server",
        ("jedi-language-server",),
        options={"workspace": {"environmentPath": PYTHON}},
    ),
]


def installed(server: Server) -> bool:
    """Tell whether the server is there."""
    return (ENVIRONMENT / "bin" / server.command[0]).exists()


def versions() -> dict[str, str]:
    """Return the version of each server that is installed."""
    program = "import importlib.metadata as m, sys; print(*map(m.version, sys.argv[1:]))"
    names = [server.distribution for server in SERVERS]
    done = subprocess.run(
        [ENVIRONMENT / "bin" / "python", "-c", program, *names], capture_output=True, text=True, check=True
    )
    return dict(zip((server.name for server in SERVERS), done.stdout.split(), strict=True))


@contextmanager
def start(server: Server, project: Project, *, told: bool = True, activated: bool = False) -> Generator[Client]:
    """Start a server as an editor does that has the project open.

    Args:
        server: The server.
        project: The user's project.
        told: Whether the user's settings tell it about the environment, where it has to be told.
        activated: Whether the editor was started from a shell in which the environment is activated.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        process, pipe = _start(server, project, _variables(project, Path(home), activated), Path(home) / "stderr")
        with pipe:
            client = Client(pipe, _settings(server.settings, project) if told else NONE)
            try:
                client.initialize(project.folder, _settings(server.options, project) if told else NONE)
                yield client
                client.finish()
            except (OSError, ValueError) as error:
                error.add_note(f"{server.name} wrote: {(Path(home) / 'stderr').read_text('utf-8', 'replace')[-2000:]}")
                raise
            finally:
                _end(process, pipe)


def _settings(settings: Settings, project: Project) -> Settings:
    text = json.dumps(settings).replace(json.dumps(PYTHON), json.dumps(str(project.python)))
    given: Settings = json.loads(text)
    return given


def _variables(project: Project, home: Path, activated: bool) -> dict[str, str]:
    """Return a user's shell: a home of its own, and nothing of the environment that the tests run in."""
    path = os.defpath
    if not activated:
        return {"PATH": path, "HOME": str(home)}
    environment = project.python.parents[1]
    return {"PATH": f"{environment / 'bin'}{os.pathsep}{path}", "HOME": str(home), "VIRTUAL_ENV": str(environment)}


def _start(
    server: Server, project: Project, variables: Mapping[str, str], log: Path
) -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair()
    command = [str(ENVIRONMENT / "bin" / server.command[0]), *server.command[1:]]
    with theirs, log.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            stdin=theirs.fileno(),
            stdout=theirs.fileno(),
            stderr=stderr,
            cwd=project.folder,
            env=dict(variables),
            start_new_session=True,
        )
    return process, ours


def _end(process: subprocess.Popen[bytes], pipe: socket.socket) -> None:
    """See the server end, or end it as an editor does: jedi-language-server 0.47.0 may take minutes over it."""
    pipe.shutdown(socket.SHUT_RDWR)
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
