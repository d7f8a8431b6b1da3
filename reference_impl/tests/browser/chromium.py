"""Chromium without a window, in a process of its own."""

import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager

from .devtools import DEADLINE, DevTools

FLAGS = [
    "--headless",
    "--no-sandbox",  # it would not start as root, and opens no page but ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
]

# Chromium reads commands from descriptor 3, and writes what comes of them to 4.
SHELL = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >&2'


@contextmanager
def chromium(program: str) -> Generator[DevTools]:
    """Run the browser with an empty profile, and give the means to drive it.

    It is driven through a pipe rather than a port: there is nothing to find out, nobody else can connect, and the
    browser ends by itself when this process does.
    """
    # What it still writes while it ends must not keep the profile from going.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process, pipe = _start([program, *FLAGS, f"--user-data-dir={profile}"])
        try:
            with pipe:
                yield DevTools(pipe)
        finally:
            _end(process)


def _start(command: list[str]) -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair()
    with theirs:
        end = theirs.fileno()
        return subprocess.Popen(["/bin/sh", "-c", SHELL, *command], stdin=end, stdout=end), ours


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(DEADLINE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
