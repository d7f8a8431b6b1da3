"""The live display: on a terminal, and only there."""

import os
import pty
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from .backends import REFERENCE
from .running import write

pytestmark = pytest.mark.slow


def test_a_terminal_sees_what_is_being_done(tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": REFERENCE})
    command = [f"{sysconfig.get_path('scripts')}/bareasgi-ws", "conformance", "mine:backend", "--no-static"]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        seen = _read(ours)
        assert process.stdout is not None
        printed = process.stdout.read().decode()
    os.close(ours)
    assert process.returncode == 0
    counts = re.findall(r"(\d+)/(\d+)", seen)
    assert counts
    assert {int(total) for _, total in counts} == {max(int(done) for done, _ in counts)}
    assert re.search(r"WS-[A-Z]+-\d\d (handler|client): ", seen)
    assert printed.startswith("mine:backend conforms (")


def _read(terminal: int) -> str:
    """Read until the other end is closed, of which Linux tells by an error."""
    seen = b""
    try:
        while part := os.read(terminal, 65536):
            seen += part
    except OSError:
        pass
    return seen.decode()
