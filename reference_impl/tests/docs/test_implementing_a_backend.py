"""Each page is a session in an empty folder with only the wheel installed: files are written, commands are run."""

import re
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from .pages import ROOT, SESSIONS, save_files
from .sessions import Environment, follow

FROM_NOTHING, PAGE = [page for page in SESSIONS if "backend" in page.stem]
LIBRARY = sorted((ROOT / "examples" / "own_backend").glob("*.py"))
"""The files that the reader is told to save, which the page only links."""

FIT = """\
from bareasgi_ws import WebSocket
from bareasgi_ws.conformance import Backend

import asgi_backend
import for_the_kit
import my_backend
import on_a_socket

BACKENDS: list[Backend] = [for_the_kit.backend, asgi_backend.backend, on_a_socket.backend, my_backend.backend]
SOCKETS: list[type[WebSocket]] = [backend.socket_type for backend in BACKENDS]
"""

STRICT = ["--strict", "--checker", "mypy", "--checker", "pyright"]
OTHERS = [word for name in ("basedpyright", "ty", "pyrefly", "zuban") for word in ("--checker", name)]

pytestmark = pytest.mark.slow


def test_the_page_from_its_beginning_to_its_end(environment: Environment, tmp_path: Path) -> None:
    printed = follow(PAGE, environment, tmp_path)
    assert any(re.match(r"\d+ passed", line) for line in printed)


def test_a_backend_from_nothing_conforms(environment: Environment, tmp_path: Path) -> None:
    save_library(tmp_path)
    printed = follow(FROM_NOTHING, environment, tmp_path)
    for library in ("asyncio", "trio"):
        seen = rf"my_backend:backend conforms in what could be seen: \d+ of \d+ \(specification 1.0, on {library}\)\."
        assert any(re.fullmatch(seen, line) for line in printed)


def test_what_the_reader_saves_is_linked() -> None:
    text = FROM_NOTHING.read_text("utf-8")
    assert [f"(../{file.relative_to(ROOT)})" for file in LIBRARY] == sorted(re.findall(r"\(\.\./examples/.+?\)", text))


@pytest.mark.parametrize("options", [STRICT, OTHERS], ids=["strict", "others"])
def test_their_files_are_clean_and_their_backends_fit(options: list[str], tmp_path: Path) -> None:
    save_library(tmp_path)
    for page in (FROM_NOTHING, PAGE):
        save_files(page, tmp_path)
    (tmp_path / "fit.py").write_text(FIT, encoding="utf-8")
    program = Path(sys.executable).with_name("bareasgi-ws")
    done = subprocess.run([program, "check", *options, "."], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def save_library(folder: Path) -> None:
    for file in LIBRARY:
        copy(file, folder)
