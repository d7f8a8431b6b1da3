"""A real server in a process of its own, on a free port."""

import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ..leash import end_group, have_kernel_end

DEADLINE = 20.0
POLL = 0.02
RUNNING = re.compile(r"(?:[Rr]unning on|Listening on TCP address|Listening at:) (?:https?://)?([\d.]+:\d+)")


class ServerProcess:
    """A running server.

    Attributes:
        address: Its host and port.
        log: The lines that it wrote so far; all of them once it has stopped.
    """

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start it; the log is read from here on."""
        self.address = ""
        self.log: list[str] = []
        self._ready = threading.Event()
        leash, held = os.pipe()
        self._leash = os.fdopen(held, "wb")
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
            start_new_session=True,
            pass_fds=[leash],
        )
        have_kernel_end(leash, self._process.pid)
        os.close(leash)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def wait(self) -> None:
        """Wait until it serves."""
        if not self._ready.wait(DEADLINE) or not self.address:
            raise RuntimeError(f"the server did not start:\n{self.stop()}")

    def wait_until_reachable(self) -> None:
        """Wait until it listens at its address."""
        host, _, port = self.address.partition(":")
        deadline = time.monotonic() + DEADLINE
        while True:
            try:
                return socket.create_connection((host, int(port))).close()
            except OSError as error:
                if (status := self._process.poll()) is not None:
                    told = f"it ended with status {status} before it listened"
                elif time.monotonic() > deadline:
                    told = f"nothing listened at {self.address} within {DEADLINE:g} s"
                else:
                    time.sleep(POLL)
                    continue
                raise RuntimeError(f"the server did not start: {told}\n{self.stop()}") from error

    @property
    def pid(self) -> int:
        """The id of its process."""
        return self._process.pid

    def ask_to_stop(self) -> None:
        """Ask it to stop, as its user would, and do not wait."""
        self._process.terminate()

    def stop(self) -> str:
        """Stop it, and give all that it logged."""
        self.ask_to_stop()
        try:
            self._process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            end_group(self.pid)
            raise
        finally:
            self._reader.join(DEADLINE)
            self._leash.close()
        return "".join(self.log)

    @property
    def errors(self) -> list[str]:
        """What it logged as an error, and the last line of each traceback."""
        return [
            line.strip()
            for line in self.log
            if line.startswith("ERROR") or re.match(r"[\w.]*(Error|Exception)\b", line)
        ]

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout:
            for line in self._process.stdout:
                self.log.append(line)
                if found := RUNNING.search(line):
                    self.address = found[1]
                    self._ready.set()
        self._ready.set()


@contextmanager
def serving(command: list[str], folder: Path) -> Generator[ServerProcess]:
    """Run a server that writes its address, and stop it."""
    server = ServerProcess(command, folder)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@contextmanager
def serving_at(command: list[str], folder: Path, port: int) -> Generator[ServerProcess]:
    """Run a server that listens on a port, whatever it writes, and stop it."""
    server = ServerProcess(command, folder)
    server.address = f"127.0.0.1:{port}"
    try:
        server.wait_until_reachable()
        yield server
    finally:
        server.stop()
