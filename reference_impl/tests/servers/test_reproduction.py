"""A program that shows one fault shows it on its server, and none on a server that passes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

COMMAND = str(Path(sys.executable).with_name("bareasgi-ws"))

FAULTS = {
    "WS-CLOSE-02": ("daphne", "uvicorn-wsproto"),
    "WS-CODE-09": ("hypercorn", "daphne"),
    "WS-CODE-10": ("uvicorn-wsproto", "daphne"),
    "WS-SERVER-10": ("daphne", "hypercorn"),
    "WS-SERVER-32": ("hypercorn", "uvicorn-wsproto"),
    "WS-SERVER-46": ("uvicorn-wsproto", "hypercorn"),
    "WS-SERVER-52": ("hypercorn", "uvicorn-wsproto"),
}
"""By requirement a server that fails it, and one that passes."""

PORTS = {
    "daphne": ["daphne", "-b", "127.0.0.1", "-p", "8765"],
    "hypercorn": ["hypercorn", "-b", "127.0.0.1:8765"],
    "uvicorn-wsproto": ["uvicorn", "--port", "8765", "--ws", "wsproto"],
}


def told(folder: Path, program: str) -> list[str]:
    (folder / "program.py").write_text(program, "utf-8")
    done = subprocess.run(
        [sys.executable, "program.py"], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    return [line.split(":")[0] for line in done.stdout.splitlines() if line.startswith(("fault", "no fault"))]


@pytest.mark.parametrize("requirement", FAULTS)
def test_a_program_shows_the_fault_alone(requirement: str, tmp_path: Path) -> None:
    failing, passing = FAULTS[requirement]
    asked = [COMMAND, "conformance", "--server", failing, "--reproduce", requirement]
    program = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert len(program.splitlines()) <= 30
    assert "bareasgi_ws" not in program
    assert told(tmp_path, program) == ["fault"]
    shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
    (line,) = [line for line in program.splitlines() if "subprocess.Popen" in line]
    begins, ends = line.index("'-m', "), line.index(', f"{os.path')
    other = line[:begins] + "'-m', " + ", ".join(map(repr, PORTS[passing])) + line[ends:]
    assert told(tmp_path, program.replace(line, other)) == ["no fault"]


def test_where_there_is_no_fault_it_says_so() -> None:
    asked = [COMMAND, "conformance", "--server", "hypercorn", "--reproduce", "WS-SERVER-10"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "WS-SERVER-10, pass: there is no fault to be shown." in done.stderr
