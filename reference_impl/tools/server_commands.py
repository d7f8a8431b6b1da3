"""The ASGI servers that are tried, and what starts each."""

import socket
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from programs import missing
from serving import DEADLINE, Server, serving


class Command(NamedTuple):
    """What to start.

    Attributes:
        packages: The server's, and those that speak the protocol for it.
        arguments: The module to run, and its arguments but the application.
    """

    packages: Sequence[str]
    arguments: Sequence[str]

    @property
    def versions(self) -> str:
        """What is installed of the packages."""
        return ", ".join(f"{package} {version(package)}" for package in self.packages)


UVICORN = ["uvicorn", "--port", "0", "--ws"]
HYPERCORN = ["hypercorn", "-b", "127.0.0.1:0"]

SERVERS = {
    "uvicorn-websockets": Command(["uvicorn", "websockets"], [*UVICORN, "websockets"]),
    "uvicorn-websockets-sansio": Command(["uvicorn", "websockets"], [*UVICORN, "websockets-sansio"]),
    "uvicorn-wsproto": Command(["uvicorn", "wsproto"], [*UVICORN, "wsproto"]),
    "hypercorn": Command(["hypercorn", "wsproto"], HYPERCORN),
    "hypercorn on trio": Command(["hypercorn", "wsproto", "trio"], [*HYPERCORN, "-k", "trio"]),
    "daphne": Command(["daphne", "autobahn"], ["daphne", "-b", "127.0.0.1", "-p", "0"]),
    "granian": Command(["granian"], ["granian", "--interface", "asgi", "--port", "{port}"]),
    "gunicorn": Command(["gunicorn"], ["gunicorn", "-k", "asgi", "-b", "127.0.0.1:0", "--no-control-socket"]),
}
"""By the profile's name, and where it matters the event loop's."""


@contextmanager
def started(name: str, application: str, folder: Path, *options: str) -> Generator[Server]:
    """Start a server of a module's application in a folder, on a free port."""
    module, *arguments = SERVERS[name].arguments
    if find_spec(module) is None:
        missing(module)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    arguments = [argument.format(port=port) for argument in arguments]
    with serving([sys.executable, "-m", module, *arguments, *options, application], folder) as server:
        _reach(server)
        yield server


def _reach(server: Server) -> None:
    """Wait until it listens: granian 2.8 says so before it does."""
    host, _, port = server.address.partition(":")
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            return socket.create_connection((host, int(port))).close()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
