"""What ended the backend's process is told, and no process outlives the command."""

import os
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .backends import around
from .running import Command, write

pytestmark = pytest.mark.slow

COMMAND = f"{sysconfig.get_path('scripts')}/bareasgi-ws"
SOME = ("--select", "WS-RECEIVE-04", "--no-static")
DEADLINE = 20.0

# It says who it is, has a process of its own, and then blocks the event loop.
BLOCKS = """\
import os, pathlib, re, subprocess, time
from bareasgi_ws.backends.asgi import backend as reference

class Blocks:
    socket_type = reference.socket_type

    def connect(self, handler, **how):
        own = subprocess.Popen(["sleep", "600"])
        pathlib.Path("written").write_text(f"{os.getpid()} {own.pid}")
        os.rename("written", "processes")
        {how}

backend = Blocks()
"""
HOW = {"it lets other threads run": "time.sleep(600)", "it lets none run": 're.match("(a+)+b", "a" * 60)'}


@pytest.mark.parametrize(
    ("fault", "ended"),
    [
        ("__import__('ctypes').string_at(0)", "a process that ended by itself, by SIGSEGV"),
        ("os._exit(7)", "a process that ended by itself, with exit status 7"),
    ],
)
def test_what_ended_the_process_is_named(command: Command, tmp_path: Path, fault: str, ended: str) -> None:
    write(tmp_path, {"mine.py": around(f'content == b"" and {fault}')})
    done = command("conformance", "mine:backend", *SOME, cwd=tmp_path)
    assert done.status == 1
    assert f"    expected a process that goes on\n    actual   {ended}\n" in done.out


RAISES = """\
from bareasgi_ws.backends.asgi import backend as reference

class Raises:
    socket_type = reference.socket_type

    def connect(self, handler, **how):
        raise KeyboardInterrupt("of its own") from KeyError("its cause")

backend = Raises()
"""


def test_an_exception_that_ends_the_process_is_told(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": RAISES})
    done = command("conformance", "mine:backend", "--select", "WS-HANDSHAKE-01", "--no-static", cwd=tmp_path)
    assert "    actual   a process that ended by KeyboardInterrupt: of its own\n" in done.out
    assert f"    why      raised in {tmp_path / 'mine.py'}, line 7, in connect\n" in done.out
    assert "             caused by KeyError: 'its cause'\n" in done.out
    assert "Traceback" not in done.err


BLOCKS_AT_EACH_SECOND = """\
import time
from bareasgi_ws.backends.asgi import backend as reference

class Blocks:
    socket_type = reference.socket_type
    connections = 0

    def connect(self, handler, **how):
        self.connections += 1
        if self.connections % 2 == 0:
            time.sleep(600)
        return reference.connect(handler, **how)

backend = Blocks()
"""


def test_a_backend_that_blocks_again_and_again_ends_in_time(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": BLOCKS_AT_EACH_SECOND})
    began = time.monotonic()
    done = command("conformance", "mine:backend", "--max-time", "4", "--no-static", cwd=tmp_path)
    assert time.monotonic() - began < DEADLINE
    assert done.status == 1
    assert "blocked, the run had 4 s (--max-time), which were over: " in done.out


@contextmanager
def blocked(folder: Path, how: str) -> Generator[tuple["subprocess.Popen[bytes]", list[int]]]:
    """Run the command until its backend blocks, and give it with the processes that it has then."""
    write(folder, {"mine.py": BLOCKS.replace("{how}", how)})
    arguments = [COMMAND, "conformance", "mine:backend", "--deadline", "100", *SOME]
    with subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: (folder / "processes").exists())
            yield process, [int(one) for one in (folder / "processes").read_text("utf-8").split()]
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has to run for it")
@pytest.mark.parametrize("how", HOW.values(), ids=HOW.keys())
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_command(tmp_path: Path, how: str, number: signal.Signals) -> None:
    with blocked(tmp_path, how) as (process, others):
        process.send_signal(number)
        status = process.wait(DEADLINE)
        until(lambda: not any(map(is_running, others)))
    assert status == (128 + signal.SIGTERM if number == signal.SIGTERM else -signal.SIGKILL)


WITHOUT_KERNEL = """\
import sys, time
from bareasgi_ws._command.leash import end_with
sys.platform = "another"
end_with(int(sys.argv[1]))
print("leashed", flush=True)
time.sleep(600)
"""


def test_where_the_kernel_cannot_a_thread_ends_the_process() -> None:
    reader, writer = os.pipe()
    arguments = [sys.executable, "-c", WITHOUT_KERNEL, str(reader)]
    with subprocess.Popen(arguments, pass_fds=[reader], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"leashed\n"
        os.close(reader)
        os.close(writer)
        assert process.wait(DEADLINE) == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("server", ["hypercorn", "gunicorn"])
def test_no_server_outlives_the_command(tmp_path: Path, server: str, number: signal.Signals) -> None:
    arguments = [COMMAND, "conformance", "--server", server]
    with subprocess.Popen(arguments, cwd=tmp_path, stdout=subprocess.PIPE) as process:
        try:
            until(lambda: any(map(children, children(process.pid))))  # the server has a worker, or a tracker
            others = [one for child in children(process.pid) for one in (child, *children(child))]
        finally:
            process.send_signal(number)
        process.wait(2 * DEADLINE)
        until(lambda: not any(map(is_running, others)))
        assert process.stdout is not None
        assert process.stdout.read() == b""  # no process holds it


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < end, "not in time"
        os.sched_yield()


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(one) for one in listed.stdout.split()]


def is_running(pid: int) -> bool:
    """Tell whether a process runs: one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
