"""What the command prints of the tutorial's mistake, and which handlers it is content with."""

import json
from pathlib import Path
from typing import Any

import pytest

from .running import TEXT_ONLY, TUTORIAL, UNANNOTATED, Command, Done, write

pytestmark = pytest.mark.slow

LINE = 8  # of the tutorial's mistake


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"tutorial.py": TUTORIAL, "text_only.py": TEXT_ONLY, "unannotated.py": UNANNOTATED}
    return write(tmp_path_factory.mktemp("handlers"), files)


@pytest.fixture(scope="module")
def done(folder: Path, command: Command) -> Done:
    return command("check", ".", "--json", "report.json", cwd=folder)


@pytest.fixture(scope="module")
def report(folder: Path, done: Done) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report


def test_every_checker_finds_the_tutorials_mistake_and_nothing_else(report: dict[str, Any]) -> None:
    found = [(one["file"], one["line"], one["column"], one["checker"], one["code"]) for one in report["findings"]]
    assert found == [
        ("tutorial.py", LINE, 31, "basedpyright", "reportOperatorIssue"),
        ("tutorial.py", LINE, 31, "mypy", "operator"),
        ("tutorial.py", LINE, 31, "pyrefly", "unsupported-operation"),
        ("tutorial.py", LINE, 31, "pyright", "reportOperatorIssue"),
        ("tutorial.py", LINE, 31, "ty", "unsupported-operator"),
        ("tutorial.py", LINE, 31, "zuban", "operator"),
    ]
    assert report["summary"] == {
        "files": 3,
        "files_with_findings": 1,
        "findings": 6,
        "errors": 6,
        "warnings": 0,
        "notes": 0,
    }
    assert report["exit_status"] == 1


def test_the_report_has_a_heading_per_line_and_the_checkers_beneath(done: Done) -> None:
    lines = done.out.splitlines()
    assert lines[0] == f"tutorial.py:{LINE}  await web_socket.send('You said: ' + text)"
    [mypy] = [line for line in lines if line.startswith("  mypy          Unsupported operand types for +")]
    assert mypy.endswith("  [operator]")
    [pyright] = [line for line in lines if line.startswith("  pyright  ")]
    assert pyright.endswith("  [reportOperatorIssue]")
    assert done.out.count("tutorial.py") == 1


def test_the_table_has_each_checker_with_its_version_seconds_and_findings(done: Done, report: dict[str, Any]) -> None:
    header, *rows = [line.split() for line in done.out.splitlines()[-9:-2]]
    assert header == ["Checker", "Version", "Seconds", "Findings"]
    assert [[name, version, *findings] for name, version, _, *findings in rows] == [
        [one["name"], one["version"], "1", "error"] for one in report["checkers"]
    ]
    assert [float(row[2]) for row in rows] == pytest.approx([one["seconds"] for one in report["checkers"]], abs=0.1)
    assert done.out.splitlines()[-1] == "6 findings in 1 of 3 files."


def test_a_run_that_worked_says_nothing_on_standard_error_where_that_is_no_terminal(done: Done) -> None:
    assert (done.status, done.err) == (1, "")


def test_a_named_checker_runs_alone_and_a_clean_file_gives_exit_status_0(folder: Path, command: Command) -> None:
    done = command(
        "check", "text_only.py", "unannotated.py", "--checker", "pyright", "--checker", "pyright", cwd=folder
    )
    assert (done.status, done.err) == (0, "")
    _, row, _, summary = done.out.splitlines()
    assert row.split()[0] == "pyright"
    assert row.split()[-1] == "none"
    assert summary == "No findings in 2 files."
