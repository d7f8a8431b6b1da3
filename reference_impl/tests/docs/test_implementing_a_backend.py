"""The page is a session in an empty folder with only the wheel installed: files are written, commands are run."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from programs import missing

from .pages import ROOT, SESSIONS, all_blocks, save_files

[PAGE] = SESSIONS
pytestmark = pytest.mark.slow


class Quoted(NamedTuple):
    """A command, and what the page says that it prints."""

    command: list[str]
    output: list[str]


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose python and bareasgi-ws see the wheel, and nothing of this tree."""
    python = ROOT / ".venv-3.12" / "bin" / "python"
    if not python.exists():
        missing("Python 3.12, for which make test makes .venv-3.12,")
    folder = tmp_path_factory.mktemp("installed")
    install = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(folder), str(wheel)]
    subprocess.run([str(python), *install], check=True)
    path = os.pathsep.join([str(folder / "bin"), str(python.parent), os.environ["PATH"]])
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**inherited, "PATH": path, "PYTHONPATH": str(folder), "COLUMNS": "80"}


def test_the_page_from_its_beginning_to_its_end(environment: dict[str, str], tmp_path: Path) -> None:
    ran: list[str] = []
    for block in all_blocks(PAGE):
        if block.title:
            (tmp_path / block.title).write_text(block.code, "utf-8")
        if block.language != "console":
            continue
        for quoted in sessions(block.code):
            if quoted.command[:4] != ["python", "-m", "pip", "install"]:
                printed = run(quoted, environment, tmp_path)
                ran.append(" ".join(quoted.command))
                assert agrees(quoted.output, printed), f"{quoted.command}: expected {quoted.output}, got {printed}"
    assert "bareasgi-ws conformance my_backend:backend --no-static" in ran
    assert any("pytest" in command for command in ran)


def test_its_types_fit(tmp_path: Path) -> None:
    save_files(PAGE, tmp_path)
    command = Path(sys.executable).with_name("bareasgi-ws")
    done = subprocess.run([command, "check", "."], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    arguments = ["my_backend:backend", "--select", "WS-HANDSHAKE-01"]
    done = subprocess.run(
        [command, "conformance", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.count(": its types fit\n") >= 2, done.stdout


def run(quoted: Quoted, environment: dict[str, str], folder: Path) -> list[str]:
    done = subprocess.run(quoted.command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    fails = any("does not conform" in line for line in quoted.output)
    assert done.returncode == fails, done.stdout + done.stderr
    return done.stdout.splitlines()


def sessions(code: str) -> list[Quoted]:
    """Split a console block into its commands, each with the lines after it."""
    found: list[Quoted] = []
    for line in code.splitlines():
        if line.startswith("$ "):
            found.append(Quoted(line.removeprefix("$ ").split(), []))
        else:
            found[-1].output.append(line)
    return found


def agrees(quoted: list[str], printed: list[str]) -> bool:
    """Compare, where three dots stand for anything."""
    expression = "\n".join(map(re.escape, quoted)).replace(re.escape("..."), ".*")
    return re.fullmatch(expression, "\n".join(printed).strip(), re.DOTALL) is not None


def test_what_is_quoted_otherwise_would_not_agree() -> None:
    assert agrees(["a", "...", "d"], ["a", "b", "c", "d"])
    assert not agrees(["a", "...", "d"], ["a", "b", "c"])
    assert not agrees(["a"], ["a", "b"])
