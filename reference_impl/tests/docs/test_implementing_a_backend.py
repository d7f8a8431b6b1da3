"""The page is a session in an empty folder with only the wheel installed: files are written, commands are run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bareasgi_ws._command.checkers import CHECKERS

from .pages import SESSIONS, save_files
from .sessions import Environment, follow

[PAGE] = [page for page in SESSIONS if page.stem == "implementing-a-backend"]

FIT = """\
from bareasgi_ws import WebSocket
from bareasgi_ws.conformance import Backend

import asgi_backend
import my_backend
import naive
import states

BACKENDS: list[Backend] = [asgi_backend.backend, naive.backend, states.backend, my_backend.backend]
SOCKETS: list[type[WebSocket]] = [backend.socket_type for backend in BACKENDS]
"""

pytestmark = pytest.mark.slow


def test_the_page_from_its_beginning_to_its_end(environment: Environment, tmp_path: Path) -> None:
    printed = follow(PAGE, environment, tmp_path)
    for library in ("asyncio", "trio"):
        seen = rf"my_backend:backend conforms in what could be seen: \d+ of \d+ \(specification 1.0, on {library}\)\."
        assert any(re.fullmatch(seen, line) for line in printed)
    assert any(re.match(r"\d+ passed", line) for line in printed)


@pytest.mark.parametrize("options", [["--strict", "--checker", "mypy", "--checker", "pyright"], []], ids=str)
def test_its_files_are_clean_and_its_backends_fit(options: list[str], tmp_path: Path) -> None:
    save_files(PAGE, tmp_path)
    (tmp_path / "fit.py").write_text(FIT, encoding="utf-8")
    done = command("check", *options, ".", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_command_says_that_the_types_fit(tmp_path: Path) -> None:
    save_files(PAGE, tmp_path)
    done = command("conformance", "my_backend:backend", "--select", "WS-HANDSHAKE-01", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    fitting = set(re.findall(r"^(\w+) [\d.]+: its types fit$", done.stdout, re.MULTILINE))
    assert fitting == {checker.name for checker in CHECKERS}


def command(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command of this tree's own environment, which has the type checkers."""
    program = Path(sys.executable).with_name("bareasgi-ws")
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
