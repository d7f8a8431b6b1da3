"""The example of a chat, served for a test, and a member who talks to it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from bareasgi_ws._command.servers.process import DEADLINE, RUNNING, ServerProcess, serving

from .required_programs import missing_program

EXAMPLES = Path(__file__).parents[2] / "examples"
UVICORN = [sys.executable, "-m", "uvicorn", "chat.application:application"]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


class _Workers(ServerProcess):
    """Two workers. Their supervisor says where it runs before anybody listens there."""

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout:
            for line in self._process.stdout:
                self.log.append(line)
                if found := RUNNING.search(line):
                    self.address = found[1]
                if sum("Application startup complete" in line for line in self.log) == 2:
                    self._ready.set()
        self._ready.set()


@contextmanager
def serving_chat(**variables: str) -> Generator[ServerProcess]:
    """Serve it with uvicorn; the variables are those of its settings."""
    with serving([*_environment(variables), *UVICORN, "--port", "0"], EXAMPLES) as server:
        yield server


@contextmanager
def serving_chat_twice(**variables: str) -> Generator[ServerProcess]:
    """Serve it with two workers of uvicorn."""
    options = ["--port", str(free_port()), "--workers", "2"]  # their supervisor would tell port 0 as it is given
    server = _Workers([*_environment(variables), *UVICORN, *options], EXAMPLES)
    server.wait()
    try:
        yield server
    finally:
        server.stop()


def _environment(variables: dict[str, str]) -> list[str]:
    return ["env", *(f"CHAT_{name.upper()}={value}" for name, value in variables.items())]


def workers(server: ServerProcess) -> list[int]:
    """Return the process ids of the workers that were started, those that have ended too."""
    return [int(number) for number in re.findall(r"Started server process \[(\d+)\]", "".join(server.log))]


@contextmanager
def running_redis(port: int = 0) -> Generator[tuple[str, subprocess.Popen[str]]]:
    """Run a Redis that keeps nothing on disk, on a free port, and give its address."""
    program = shutil.which("redis-server")
    if program is None:
        missing_program("redis-server")
    assert program is not None
    number = port or free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--bind", "127.0.0.1", "--port", str(number), "--save", "", "--dir", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                started = any("Ready to accept connections" in line for line in process.stdout)
                assert started, "redis-server did not start"
                yield f"redis://127.0.0.1:{number}", process
            finally:
                process.kill()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


class Member:
    """Somebody who is signed in.

    Attributes:
        headers: What says so, for a request of one's own.
        last: The id of the last post that came.
        web_socket: The connection.
    """

    web_socket: ClientConnection

    def __init__(self, server: ServerProcess, name: str, password: str = "") -> None:
        """Sign in."""
        self.server = server
        self.last = 0
        status, cookie = sign_in(server, name, password)
        assert status == 204
        self.headers = {"Cookie": cookie}

    def join(self, room: str = "lobby") -> dict[str, Any]:
        """Connect to a room, saying what was seen, and give the first message."""
        address = f"ws://{self.server.address}/rooms/{room}?last={self.last}"
        origin: Any = f"http://{self.server.address}"
        self.web_socket = connect(
            address, origin=origin, additional_headers=self.headers, proxy=None, open_timeout=DEADLINE, legacy=True
        )
        first: dict[str, Any] = json.loads(self.web_socket.recv(DEADLINE))
        return first

    def say(self, text: str, key: str = "") -> None:
        """Say something."""
        self.web_socket.send(json.dumps({"type": "say", "key": key or os.urandom(8).hex(), "text": text}))

    def next(self) -> dict[str, Any]:
        """Return the next message that is not a tick; with a picture's bytes as ``picture``."""
        while True:
            content = self.web_socket.recv(DEADLINE)
            head, _, picture = content.partition(b"\n") if isinstance(content, bytes) else (content, "", b"")
            message: dict[str, Any] = json.loads(head)
            if message["type"] == "post":
                assert message["id"] > self.last
                self.last = message["id"]
            if message["type"] != "tick":
                return {**message, "picture": picture} if picture else message

    def texts(self, count: int) -> list[str]:
        """Return what so many messages say."""
        return [self.next()["text"] for _ in range(count)]


def sign_in(server: ServerProcess, name: str, password: str = "", origin: str = "") -> tuple[int, str]:
    """Ask to be let in, and give the response's status and its cookie."""
    connection = HTTPConnection(server.address, timeout=DEADLINE)
    try:
        body = json.dumps({"name": name, "password": password})
        connection.request("POST", "/sign-in", body, {"Origin": origin or f"http://{server.address}"})
        answer = connection.getresponse()
        return answer.status, (answer.getheader("set-cookie") or "").partition(";")[0]
    finally:
        connection.close()
