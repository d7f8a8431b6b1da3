"""What the adapters of ty, pyrefly and zuban make of a checker's output."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bareasgi_ws._command.checkers import pyrefly, ty, zuban
from bareasgi_ws._command.checkers.base import Batch
from bareasgi_ws._command.checkers.process import Process
from bareasgi_ws._command.findings import Finding, Severity

CWD = Path("/project")
Reader = Callable[[Process], Batch]
READERS: dict[str, Reader] = {
    "ty": lambda process: ty.read(process, CWD),
    "pyrefly": pyrefly.read,
    "zuban": lambda process: zuban.read(process, CWD, expected=2),
}


def ty_output(returncode: int = 1, **fields: str) -> Process:
    positions = {"begin": {"line": 2, "column": 5}, "end": {"line": 3, "column": 1}}
    entry = {"check_name": "bad", "description": "bad: No.", "severity": "major"} | fields
    return Process(returncode, json.dumps([entry | {"location": {"path": "a.py", "positions": positions}}]), "")


def pyrefly_output(returncode: int = 1, severity: str = "error") -> Process:
    place = {"path": "/project/a.py", "line": 2, "column": 5, "stop_line": 3, "stop_column": 1}
    entry = place | {"name": "bad", "description": "No.", "concise_description": "N", "severity": severity}
    return Process(returncode, json.dumps({"errors": [entry]}), "")


def zuban_output(*lines: str, checked: int = 2, returncode: int = 1) -> Process:
    return Process(returncode, "\n".join([*lines, f"Found 1 error in 1 file (checked {checked} source files)", ""]), "")


def found(checker: str, severity: Severity = "error", message: str = "No.") -> Finding:
    return Finding(CWD / "a.py", 2, 5, 3, checker, "bad", severity, message)


@pytest.mark.parametrize(
    ("said", "severity"),
    [("blocker", "error"), ("critical", "error"), ("major", "error"), ("minor", "warning"), ("info", "note")],
)
def test_tys_findings(said: str, severity: Severity) -> None:
    assert ty.read(ty_output(severity=said), CWD) == Batch([found("ty", severity)])


@pytest.mark.parametrize(("said", "severity"), [("error", "error"), ("warn", "warning"), ("info", "note")])
def test_pyreflys_findings(said: str, severity: Severity) -> None:
    assert pyrefly.read(pyrefly_output(severity=said)) == Batch([found("pyrefly", severity)])


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_zubans_findings(severity: Severity) -> None:
    batch = zuban.read(zuban_output(f"a.py:2:5:3:1: {severity}: No.  [bad]"), CWD, expected=2)
    assert batch == Batch([found("zuban", severity)])


def test_zubans_note_belongs_to_the_error_on_its_line() -> None:
    lines = ["a.py:2:5:3:1: error: No.  [bad]", "a.py:2:5:3:1: note: So.", "a.py:9:1:9:2: note: Else."]
    first, second = zuban.read(zuban_output(*lines), CWD, expected=2).findings
    assert first == found("zuban", message="No.\n  So.")
    assert (second.line, second.message, second.code, second.severity) == (9, "Else.", None, "note")


def test_a_file_that_ty_cannot_read_is_a_finding_and_no_crash() -> None:
    assert ty.read(ty_output(returncode=2, check_name="io", description="io: gone"), CWD).crash is None


@pytest.mark.parametrize(
    ("checker", "process", "crash"),
    [
        ("ty", ty_output(returncode=101), "failed with exit status 101: "),
        ("ty", Process(2, "", "ty failed\n  Cause: no such rule\n  Cause: line 3"), "failed: no such rule: line 3"),
        ("ty", Process(2, "", "out of memory"), "failed with exit status 2: out of memory"),
        ("pyrefly", pyrefly_output(returncode=3), "failed with exit status 3: "),
        ("pyrefly", Process(1, "", " INFO one\nERROR bad key\n ERROR more"), "failed: ERROR bad key"),
        ("pyrefly", Process(139, "", ""), "failed with exit status 139: (it wrote nothing)"),
        ("zuban", zuban_output(checked=1), "read 1 of 2 files, its canary included."),
        ("zuban", Process(0, "", ""), "read 0 of 2 files, its canary included."),
        ("zuban", Process(101, "", "thread panicked at a.rs:1:\nindex\nnote: run"), "failed: index"),
        ("zuban", Process(2, "", "no such option"), "failed with exit status 2: no such option"),
    ],
)
def test_what_a_checker_could_not_do_is_a_crash(checker: str, process: Process, crash: str) -> None:
    assert str(READERS[checker](process).crash).startswith(crash)
