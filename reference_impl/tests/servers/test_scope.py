"""The scope on every server, over TCP and on a Unix socket: each item is what its type says."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import unix_connect

from bareasgi_ws._command.servers import SERVERS, started

from .wire import asking

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent
DEADLINE = 20
LINES = "Sec-WebSocket-Protocol: a ,B\r\nSec-WebSocket-Protocol: c\r\n"
UNIX = {
    "uvicorn-websockets": ["uvicorn", "--ws", "websockets", "--uds", "{path}"],
    "uvicorn-websockets-sansio": ["uvicorn", "--ws", "websockets-sansio", "--uds", "{path}"],
    "uvicorn-wsproto": ["uvicorn", "--ws", "wsproto", "--uds", "{path}"],
    "hypercorn": ["hypercorn", "-b", "unix:{path}"],
    "hypercorn-trio": ["hypercorn", "-k", "trio", "-b", "unix:{path}"],
    "daphne": ["daphne", "-u", "{path}"],
    "granian": ["granian", "--interface", "asgi", "--uds", "{path}"],
    "gunicorn": ["gunicorn", "-k", "asgi", "-b", "unix:{path}", "--no-control-socket"],
}
TELL_THE_SOCKET = ("uvicorn-websockets", "uvicorn-websockets-sansio", "uvicorn-wsproto", "granian")


@pytest.mark.parametrize("name", SERVERS)
def test_over_tcp(name: str) -> None:
    with started(name, "scopes:application", FOLDER) as server:
        host, port = server.address.split(":")
        for asked in ("", "a", "B", "c"):
            told, own = ask(server.address, asked)
            assert (told["wrong"], told["lacks"], told["scheme"] in ("ws", None)) == ({}, [], True)
            assert told["offered"] == told["subprotocols"] == (["a", "B", "c"] if asked else [])
            assert told["client"] == own
            assert told["server"] == [host, int(port)]


def ask(address: str, asked: str) -> tuple[Any, Any]:
    """Return what the handler told, and the client's own address, once the subprotocol was answered."""
    with asking(address, f"/?{asked}", LINES if asked else "") as sock:
        own = list(sock.getsockname())
        with sock.makefile("rb") as stream:
            answer = [line.strip().decode() for line in iter(stream.readline, b"\r\n")]
            assert answer[0].split()[1] == "101", answer
            fields = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in answer)]
            names = [value for name, value in fields if name == "sec-websocket-protocol"]
            assert names == ([asked] if asked else [])
            length = stream.read(2)[1]
            return json.loads(stream.read(int.from_bytes(stream.read(2)) if length == 126 else length)), own


@pytest.mark.parametrize("name", UNIX)
def test_on_a_unix_socket(name: str, tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    command = [argument.format(path=path) for argument in UNIX[name]]
    running = serving_on(path, [sys.executable, "-m", *command, "scopes:application"])
    with running, unix_connect(path, "ws://server/", open_timeout=DEADLINE) as client:
        told = json.loads(client.recv(DEADLINE))
    assert (told["wrong"], told["lacks"], told["scheme"] in ("ws", None)) == ({}, [], True)
    assert told["client"] is None
    assert told["server"] == ([path, None] if name in TELL_THE_SOCKET else None)


@contextmanager
def serving_on(path: str, command: list[str]) -> Generator[None]:
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            reach(path)
            yield
        finally:
            process.terminate()
            process.wait(DEADLINE)


def reach(path: str) -> None:
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            with socket.socket(socket.AF_UNIX) as sock:
                return sock.connect(path)
        except OSError:
            if time.monotonic() > deadline:
                raise
