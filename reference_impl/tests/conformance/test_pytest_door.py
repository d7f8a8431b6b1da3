"""The pytest door: a backend author's own suite, in a folder of its own, with no configuration."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bareasgi_ws.conformance import iter_checks, requirements

from ..command.backends import around

pytestmark = pytest.mark.slow

SUITE = """\
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance.pytest import ConformanceTests
{more}

class TestMine(ConformanceTests):
    backend = backend
{attributes}
"""

LIBRARIES = ("asyncio", "trio")

# One fault, and requirements that need what it breaks.
FAULTY = around('content = "the end" if content is None else content')


def suite(folder: Path, *attributes: str, more: str = "", arguments: tuple[str, ...] = ()) -> list[str]:
    """Run a suite, and give the lines that pytest writes."""
    lines = "\n".join(f"    {attribute}" for attribute in attributes)
    (folder / "test_mine.py").write_text(SUITE.format(more=more, attributes=lines))
    # Loading Hypothesis takes longer than most of what is tried here.
    without = [word for plugin in ("asyncio", "cacheprovider", "hypothesispytest") for word in ("-p", f"no:{plugin}")]
    command = [sys.executable, "-m", "pytest", *without, "-rA", "-v", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines()


def test_each_requirement_is_a_test(tmp_path: Path) -> None:
    lines = suite(tmp_path)
    passed = {line.split("[")[1].split("]")[0] for line in lines if line.startswith("PASSED")}
    assert passed == {f"{check.requirement}-asyncio" for check in iter_checks()}
    assert f"{len(passed)} passed" in lines[-1]


def test_the_libraries_and_the_selection_are_the_authors(tmp_path: Path) -> None:
    both = "libraries = ('asyncio', 'trio')"
    lines = suite(tmp_path, both, "select = ['WS-CLOSE-02', 'WS-CLOSE-03']", "level = 'MUST'")
    passed = [line.split("[")[1].rstrip("]") for line in lines if line.startswith("PASSED")]
    # WS-HANDSHAKE-01 is what WS-CLOSE-03 needs.
    assert passed == [f"{number}-{library}" for number in ("WS-HANDSHAKE-01", "WS-CLOSE-03") for library in LIBRARIES]


def test_one_test_by_itself_runs_what_it_needs(tmp_path: Path) -> None:
    lines = suite(tmp_path, more=FAULTY, arguments=("-k", "WS-CLOSE-05"))
    text = "\n".join(lines)
    assert f"WS-CLOSE-05 (MUST, blocked): {requirements()['WS-CLOSE-05'].text}" in text
    assert "needs WS-RECEIVE-05" in text
    assert "1 failed" in lines[-1]


def test_a_failure_tells_the_step_and_what_happened(tmp_path: Path) -> None:
    lines = suite(tmp_path, more=FAULTY, arguments=("-k", "WS-RECEIVE-05"))
    start = next(number for number, line in enumerate(lines) if line.startswith("WS-RECEIVE-05 (MUST, fail)"))
    assert lines[start + 1] == "handler: receive(): expected None, got 'the end'"
    assert any(line.endswith("client   close(1000): returned") for line in lines[start:])


def test_a_deviation_is_an_expected_failure(tmp_path: Path) -> None:
    known = "deviations = {'WS-RECEIVE-05': 'the library has its own end', 'WS-CLOSE-05': 'needs an end'}"
    lines = suite(tmp_path, known, "select = ['WS-CLOSE-05', 'WS-RECEIVE-05']", more=FAULTY)
    xfailed = {line.split("[")[1].split("]")[0]: line for line in lines if line.startswith("XFAIL")}
    assert set(xfailed) == {"WS-RECEIVE-05-asyncio", "WS-CLOSE-05-asyncio"}
    assert xfailed["WS-RECEIVE-05-asyncio"].endswith("the library has its own end")


def test_what_deviations_block_is_skipped(tmp_path: Path) -> None:
    known = "deviations = dict.fromkeys(['WS-RECEIVE-05', 'WS-RECEIVE-08'], 'the library has its own end')"
    lines = suite(tmp_path, known, "select = ['WS-CLOSE-05']", more=FAULTY)
    skipped = [line for line in lines if line.startswith("SKIPPED")]
    assert len(skipped) == 1, "\n".join(lines)
    assert skipped[0].endswith("not seen: needs WS-RECEIVE-05, WS-RECEIVE-08")


def test_a_deviation_that_is_none_fails(tmp_path: Path) -> None:
    lines = suite(tmp_path, "deviations = {'WS-CLOSE-03': 'no reason'}", "select = ['WS-CLOSE-03']")
    assert "1 failed" in lines[-1]
    assert any("expected a requirement that is not met, as the deviation says (no reason)" in line for line in lines)


def test_what_makes_no_sense_is_an_error_of_the_collection(tmp_path: Path) -> None:
    lines = suite(tmp_path, "del backend")
    assert any("expected TestMine to have a backend, as in: backend = my_backend" in line for line in lines), lines
    assert "1 error" in lines[-1]


def test_what_is_not_offered_is_skipped_with_the_reason(tmp_path: Path) -> None:
    less = "from bareasgi_ws.conformance import MemoryBackend\nbackend = backend.with_profile('daphne')"
    lines = suite(tmp_path, "select = ['WS-CAPABILITY-05']", more=less)
    assert any("not offered: its web_socket is not a SupportsDenial" in line for line in lines)
    assert "skipped" in lines[-1]
