"""The page is a session in an empty folder with only the wheel installed: files are written, commands are run."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ..programs import missing
from .pages import ROOT, SESSIONS, all_blocks, save_files
from .sessions import Quoted, agrees, quotations

[PAGE] = [page for page in SESSIONS if page.stem == "implementing-a-backend"]
VERSION = "3.11"
INSTALL = "python -m pip install "


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose python and bareasgi-ws see the wheel, and nothing of this tree."""
    python = ROOT / f".venv-{VERSION}" / "bin" / "python"
    if not python.exists():
        missing(f"Python {VERSION}, for which make test makes .venv-{VERSION},")
    folder = tmp_path_factory.mktemp("installed")
    install = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(folder), str(wheel)]
    subprocess.run([sys.executable, *install], check=True)
    path = os.pathsep.join([str(folder / "bin"), str(python.parent), os.environ["PATH"]])
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**inherited, "PATH": path, "PYTHONPATH": str(folder), "COLUMNS": "80"}


@pytest.mark.slow
def test_the_page_from_its_beginning_to_its_end(environment: dict[str, str], tmp_path: Path) -> None:
    verdicts: list[str] = []
    for block in all_blocks(PAGE):
        if block.title:
            (tmp_path / block.title).write_text(block.code, "utf-8")
        for quoted in quotations(block.code) if block.language == "console" else ():
            if not quoted.command.startswith(INSTALL):
                printed = run(quoted, environment, tmp_path)
                verdicts.append(printed[-1])
                assert agrees(quoted.output, printed), f"{quoted.command}: expected {quoted.output}, got {printed}"
    for library in ("asyncio", "trio"):
        assert f"my_backend:backend conforms (specification 1.0, on {library})." in verdicts
    assert any(re.match(r"\d+ passed", verdict) for verdict in verdicts)


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_its_files_are_clean_under_strict_checking(checker: str, tmp_path: Path) -> None:
    save_files(PAGE, tmp_path)
    done = command("check", "--strict", "--checker", checker, ".", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["asgi_backend", "my_backend"])
def test_their_types_fit(backend: str, tmp_path: Path) -> None:
    save_files(PAGE, tmp_path)
    done = command("conformance", f"{backend}:backend", "--select", "WS-HANDSHAKE-01", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {"mypy", "pyright"} <= set(re.findall(r"^(\w+) [\d.]+: its types fit$", done.stdout, re.MULTILINE))


def command(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command of this tree's own environment, which has the type checkers."""
    program = Path(sys.executable).with_name("bareasgi-ws")
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def run(quoted: Quoted, environment: dict[str, str], folder: Path) -> list[str]:
    """Run a command of the page, and give what it printed."""
    done = subprocess.run(
        shlex.split(quoted.command), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    fails = any("does not conform" in line for line in quoted.output)
    assert done.returncode == fails, done.stdout + done.stderr
    return done.stdout.strip().splitlines()
