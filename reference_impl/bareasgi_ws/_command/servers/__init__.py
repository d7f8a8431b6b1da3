"""The ASGI servers that are known, and what starts each."""

import socket
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from ..errors import CannotRunError
from .process import ServerProcess, serving


class ServerCommand(NamedTuple):
    """What to start.

    Attributes:
        packages: The server's, and those that speak the protocol for it.
        arguments: The module to run, and its arguments but the application.
        logger: The name of the logger that is told the server's errors.
    """

    packages: Sequence[str]
    arguments: Sequence[str]
    logger: str

    @property
    def versions(self) -> dict[str, str]:
        """What is installed of the packages."""
        return {package: version(package) for package in self.packages}

    @property
    def with_port(self) -> tuple[str, ...]:
        """What starts it on a port, with {app} and {port} to be filled in."""
        given = [one.replace("127.0.0.1:0", "127.0.0.1:{port}") for one in self.arguments]
        given = ["{port}" if one == "0" else one for one in given]
        return (sys.executable, "-m", *given, "{app}")

    def __str__(self) -> str:
        """Write what is installed of the packages."""
        return ", ".join(f"{package} {installed}" for package, installed in self.versions.items())


UVICORN = ["uvicorn", "--port", "0", "--ws"]
HYPERCORN = ["hypercorn", "-b", "127.0.0.1:0"]
GUNICORN = ["gunicorn", "-k", "asgi", "-b", "127.0.0.1:0", "--no-control-socket"]

SERVERS = {
    "uvicorn-websockets": ServerCommand(["uvicorn", "websockets"], [*UVICORN, "websockets"], "uvicorn.error"),
    "uvicorn-websockets-sansio": ServerCommand(
        ["uvicorn", "websockets"], [*UVICORN, "websockets-sansio"], "uvicorn.error"
    ),
    "uvicorn-wsproto": ServerCommand(["uvicorn", "wsproto"], [*UVICORN, "wsproto"], "uvicorn.error"),
    "hypercorn": ServerCommand(["hypercorn", "wsproto"], HYPERCORN, "hypercorn.error"),
    "hypercorn-trio": ServerCommand(["hypercorn", "wsproto", "trio"], [*HYPERCORN, "-k", "trio"], "hypercorn.error"),
    "daphne": ServerCommand(["daphne", "autobahn"], ["daphne", "-b", "127.0.0.1", "-p", "0"], "daphne"),
    "granian": ServerCommand(["granian"], ["granian", "--interface", "asgi", "--port", "{port}"], "_granian"),
    "gunicorn": ServerCommand(["gunicorn"], GUNICORN, "gunicorn.error"),
}
"""By the profile's name, and where it matters the event loop's."""


def find_servers(name: str) -> list[str]:
    """Return the servers of this name: one, each implementation of the protocol that one has, or all.

    Raises:
        CannotRunError: There is none, or what it needs is not installed.
    """
    beginning = "" if name == "all" else f"{name}-"
    names = [name] if name in SERVERS else [server for server in SERVERS if server.startswith(beginning)]
    if not names:
        raise CannotRunError(f"expected a server out of {', '.join(SERVERS)}, uvicorn, all, got {name!r}.")
    packages = dict.fromkeys(package for server in names for package in SERVERS[server].packages)
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise CannotRunError(f"{' and '.join(missing)} not installed: pip install {' '.join(missing)}")
    return names


@contextmanager
def started(name: str, application: str, folder: Path, *options: str) -> Generator[ServerProcess]:
    """Start a server of a module's application in a folder, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    arguments = [argument.format(port=port) for argument in SERVERS[name].arguments]
    with serving([sys.executable, "-m", *arguments, *options, application], folder) as server:
        server.wait_until_reachable()  # granian 2.8 says that it is before it is
        yield server
