"""The report that a person reads, on a terminal and in a pipe."""

import re
from pathlib import Path

import pytest

from bareasgi_ws._command.checkers import CheckerRun
from bareasgi_ws._command.findings import Finding, Severity
from bareasgi_ws._command.report import CheckReport
from bareasgi_ws._command.terminal import print_report

from .running import IN_A_PIPE

LONG = "A message of many words that has no room on one line of a narrow terminal.\n  What belongs to it has many, too."


def finding(file: Path, message: str, checker: str = "mypy", severity: Severity = "error") -> Finding:
    return Finding(file, 1, 1, 1, checker, "code", severity, message)


@pytest.fixture(autouse=True)
def pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in IN_A_PIPE:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a folder" / "handlers.py"
    file.parent.mkdir()
    file.write_text("    the_line = 1  # [bold]\n")
    return file


def printed(capsys: pytest.CaptureFixture[str], file: Path, *runs: CheckerRun) -> list[str]:
    print_report(CheckReport((file,), runs), file.parents[1])
    plain = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    return [line.rstrip() for line in plain.splitlines()]


def run(*findings: Finding, name: str = "mypy", crash: str | None = None, notes: tuple[str, ...] = ()) -> CheckerRun:
    return CheckerRun(name, "1.0", 1.0, findings, crash, notes)


def test_in_a_pipe_a_message_is_not_wrapped_whatever_its_length(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, file, run(finding(file, LONG * 9)), run(finding(file, "No.", "other"), name="other"))
    assert lines[0] == "a folder/handlers.py:1  the_line = 1  # [bold]"
    assert lines[1].startswith("  mypy   A message of many words")
    assert "  other  No.  [code]" in lines


def test_on_a_narrow_terminal_what_goes_on_is_indented_below(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"TTY_COMPATIBLE": "1", "TERM": "xterm", "COLUMNS": "48"}.items():
        monkeypatch.setenv(name, value)
    lines = printed(capsys, file, run(finding(file, LONG)))
    assert lines[1 : lines.index("")] == [
        "  mypy  A message of many words that has no",
        "          room on one line of a narrow terminal.",
        "          [code]",
        "          What belongs to it has many, too.",
    ]


def test_what_is_no_error_is_called_by_its_name(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = finding(file, "Odd.", severity="warning"), finding(file, "So.", severity="note")
    lines = printed(capsys, file, run(*findings))
    assert lines[1:3] == ["  mypy  warning: Odd.  [code]", "        note: So.  [code]"]
    assert "mypy     1.0          1.0  1 warning, 1 note" in lines
    assert lines[-1] == "2 findings in 1 of 1 file."


def test_a_clean_run_says_so_after_its_notes(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, file, run(notes=("mypy did [not] look.",)))
    assert lines[1].endswith("none")
    assert lines[-2:] == ["Note: mypy did [not] look.", "No findings in 1 file."]


def test_a_failed_run_is_not_called_clean(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, file, run(crash="mypy fell over."))
    assert lines[1].endswith("failed")
    assert "No findings" not in "".join(lines)


def test_a_file_that_has_gone_meanwhile_is_still_reported(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = file.with_name("gone.py")
    assert printed(capsys, file, run(finding(gone, "No.")))[0] == "a folder/gone.py:1"
