"""A program that shows one fault shows it on its server, and none on a server that passes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bareasgi_ws._command.servers import SERVERS
from bareasgi_ws.conformance._server.program import launched
from tools import server_suite

pytestmark = pytest.mark.slow

COMMAND = str(Path(sys.executable).with_name("bareasgi-ws"))
KEPT = server_suite.read()

FAULTS = [
    ("daphne", "WS-CLOSE-02"),
    ("hypercorn", "WS-SERVER-32"),
    ("uvicorn-websockets", "WS-SERVER-43"),
    ("hypercorn", "WS-SERVER-52"),
    ("hypercorn-trio", "WS-SERVER-73"),
]
"""By its kind: the application's events, its call, what the client reads; on asyncio and trio."""

UNMET = ("fail", "non-strict")
NO_PROGRAM = {
    ("uvicorn-websockets-sansio", "WS-SERVER-29"),  # its log
    ("hypercorn", "WS-SERVER-34"),  # compression
    ("hypercorn-trio", "WS-SERVER-34"),
    ("hypercorn-trio", "WS-SERVER-35"),  # its process
    ("hypercorn-trio", "WS-SERVER-36"),  # a cancellation
    *((server, "WS-SERVER-76") for server in KEPT),  # its end
}


def reproduced(server: str, requirement: str) -> subprocess.CompletedProcess[str]:
    arguments = [COMMAND, "conformance", "--server", server, "--reproduce", requirement]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


def verdicts(folder: Path, program: str) -> list[str]:
    folder.mkdir()
    (folder / "program.py").write_text(program, "utf-8")
    done = subprocess.run(
        [sys.executable, "program.py"], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    return [line.split(":")[0] for line in done.stdout.splitlines() if line.startswith(("fault", "no fault"))]


def passing(server: str, requirement: str) -> str | None:
    """Return a server that meets what this one does not, on the same library."""
    others = (other for other in KEPT if other.endswith("-trio") is server.endswith("-trio"))
    return next((other for other in others if KEPT[other][requirement] == "pass"), None)


def expect_shown(server: str, requirement: str, folder: Path) -> None:
    program = reproduced(server, requirement).stdout
    assert 0 < len(program.splitlines()) <= 30
    assert "bareasgi_ws" not in program
    assert verdicts(folder / "failing", program) == ["fault"]
    if other := passing(server, requirement):
        launch = f"Popen([{launched(SERVERS[other].with_port)}], start"
        on_other = re.sub(r"Popen\(\[.*?\], start", lambda _: launch, program)
        assert on_other != program
        assert verdicts(folder / "passing", on_other) == ["no fault"]


@pytest.mark.parametrize(("server", "requirement"), FAULTS)
def test_a_program_shows_the_fault_alone(server: str, requirement: str, tmp_path: Path) -> None:
    expect_shown(server, requirement, tmp_path)


def test_a_server_that_does_not_start_shows_no_fault(tmp_path: Path) -> None:
    program = reproduced("hypercorn", "WS-SERVER-52").stdout
    assert verdicts(tmp_path / "ended", re.sub(r"Popen\(\[.*?\], start", "Popen(['false'], start", program)) == []


# A program of each takes a quarter of an hour.
@pytest.mark.nightly
@pytest.mark.parametrize(
    ("server", "requirement"),
    [(server, one) for server, kept in KEPT.items() for one, outcome in kept.items() if outcome in UNMET],
)
def test_each_kept_failure_has_its_program(server: str, requirement: str, tmp_path: Path) -> None:
    if (server, requirement) in NO_PROGRAM:
        assert "no program shows it alone: " in reproduced(server, requirement).stderr
    else:
        expect_shown(server, requirement, tmp_path)


def test_where_there_is_no_fault_it_says_so() -> None:
    done = reproduced("hypercorn", "WS-SERVER-10")
    assert (done.returncode, done.stdout) == (2, "")
    assert "WS-SERVER-10, pass: there is no fault to be shown." in done.stderr
