"""What makes of a checker's outcome a verdict, with adapters made for the purpose."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bareasgi_ws._command import canary
from bareasgi_ws._command.checkers import Checker, CheckerRun
from bareasgi_ws._command.checkers.base import Batch, Job
from bareasgi_ws._command.findings import Finding, Severity, by_line
from bareasgi_ws._command.report import CheckReport, as_json, outcome

HEARD = list(canary.EXPECTED)


def finding(file: Path, line: int = 1, checker: str = "fake", severity: Severity = "error") -> Finding:
    return Finding(file, line, 1, line, checker, "code", severity, f"{checker} says no")


def run(check: Callable[[Job], Iterable[Batch]], *files: Path) -> CheckerRun:
    return Checker("fake", "pytest", check).run(files)


def hears(job: Job, lines: Iterable[int] = HEARD) -> list[Finding]:
    return [finding(job.canary, line) for line in lines]


def test_the_canary_has_errors_of_two_kinds() -> None:
    assert list(canary.EXPECTED.values()) == ["a wrong argument", "an unknown method"]


def test_a_checker_that_hears_the_canary_and_finds_nothing_is_clean(tmp_path: Path) -> None:
    verdict = run(lambda job: [Batch(hears(job))], tmp_path / "a.py")
    assert (verdict.findings, verdict.crash, verdict.notes, outcome(verdict)) == ((), None, (), "clean")


def test_the_canary_is_there_while_the_checker_runs_and_gone_afterwards(tmp_path: Path) -> None:
    seen: list[Path] = []

    def check(job: Job) -> list[Batch]:
        assert job.canary.read_text() == canary.SOURCE
        seen.append(job.canary)
        return [Batch(hears(job))]

    run(check, tmp_path / "a.py")
    assert not seen[0].exists()


def test_findings_in_the_canary_and_in_other_files_are_left_out(tmp_path: Path) -> None:
    own, other = tmp_path / "a.py", tmp_path / "b.py"
    verdict = run(lambda job: [Batch([*hears(job), finding(own), finding(other)])], own)
    assert verdict.findings == (finding(own),)


@pytest.mark.parametrize("reported", ["real.py", "link.py"])
def test_a_finding_under_either_name_of_a_link_is_given_the_name_the_user_gave(tmp_path: Path, reported: str) -> None:
    (tmp_path / "real.py").touch()
    link = tmp_path / "link.py"
    link.symlink_to(tmp_path / "real.py")
    verdict = run(lambda job: [Batch([*hears(job), finding(tmp_path / reported)])], link)
    assert verdict.findings == (finding(link),)


def test_silence_about_the_canary_is_a_failure(tmp_path: Path) -> None:
    verdict = run(lambda job: [Batch()], tmp_path / "a.py")
    assert verdict.crash is not None
    assert verdict.crash.startswith("fake read nothing")
    assert verdict.notes == ()
    assert outcome(verdict) == "failed"


def test_every_process_of_a_checker_must_hear_the_canary(tmp_path: Path) -> None:
    verdict = run(lambda job: [Batch(hears(job)), Batch()], tmp_path / "a.py")
    assert verdict.crash is not None
    assert "read nothing" in verdict.crash


def test_hearing_only_that_the_import_is_wrong_means_that_the_stubs_were_not_seen(tmp_path: Path) -> None:
    verdict = run(lambda job: [Batch(hears(job, [1]))], tmp_path / "a.py")
    assert verdict.crash is not None
    assert verdict.crash.startswith("fake did not see the stubs of bareasgi_ws")
    assert "'fake says no'" in verdict.crash


@pytest.mark.parametrize(("heard", "unheard"), [(HEARD[:1], "an unknown method"), (HEARD[1:], "a wrong argument")])
def test_hearing_half_of_the_canary_is_noted(tmp_path: Path, heard: list[int], unheard: str) -> None:
    verdict = run(lambda job: [Batch(hears(job, heard))], tmp_path / "a.py")
    assert verdict.crash is None
    assert verdict.notes == (f"fake does not report {unheard}: your configuration of it turns that off.",)


def test_some_silenced_files_are_noted_and_all_of_them_are_a_failure(tmp_path: Path) -> None:
    one, other = tmp_path / "a.py", tmp_path / "b.py"
    some = run(lambda job: [Batch(hears(job), silenced=(one,))], one, other)
    assert some.crash is None
    assert some.notes == (f"fake reports no errors of {one}: your configuration of it silences them.",)
    whole = run(lambda job: [Batch(hears(job), silenced=(one, other))], one, other)
    assert whole.crash is not None
    assert str(other) in whole.crash


def test_a_crash_keeps_what_was_found_before_it(tmp_path: Path) -> None:
    own = tmp_path / "a.py"
    verdict = run(lambda job: [Batch([finding(own)], crash="fell over"), Batch(hears(job))], own)
    assert verdict.crash == "fake fell over"
    assert verdict.findings == (finding(own),)


def test_findings_are_merged_by_file_line_and_checker_each_once() -> None:
    a, b = Path("a.py"), Path("b.py")
    findings = [finding(b, 1), finding(a, 2, "two"), finding(a, 2, "one"), finding(a, 1), finding(b, 1)]
    assert [(file, line, [one.checker for one in group]) for file, line, group in by_line(findings)] == [
        (a, 1, ["fake"]),
        (a, 2, ["one", "two"]),
        (b, 1, ["fake"]),
    ]


@pytest.mark.parametrize(
    ("severities", "crash", "status"),
    [([], None, 0), (["note", "warning"], None, 0), (["error"], None, 1), ([], "fell over", 2), (["error"], "x", 2)],
)
def test_the_exit_status(severities: list[Severity], crash: str | None, status: int) -> None:
    findings = tuple(finding(Path("a.py"), severity=severity) for severity in severities)
    result = CheckReport((Path("a.py"),), (CheckerRun("fake", "1", 0.5, findings, crash),))
    assert result.exit_status == status
    assert as_json(result, Path())["exit_status"] == status


def test_the_json_report(tmp_path: Path) -> None:
    own = tmp_path / "a.py"
    runs = (
        CheckerRun("one", "1.0", 0.123, (finding(own, 3, "one", "warning"),), None, ("A note.", "Another.")),
        CheckerRun("two", "2.0", 1.0, (), "two fell over."),
    )
    assert as_json(CheckReport((own, tmp_path / "b.py"), runs), tmp_path) == {
        "format": 1,
        "checkers": [
            {
                "name": "one",
                "version": "1.0",
                "seconds": 0.12,
                "findings": 1,
                "outcome": "findings",
                "message": "A note. Another.",
            },
            {
                "name": "two",
                "version": "2.0",
                "seconds": 1.0,
                "findings": 0,
                "outcome": "failed",
                "message": "two fell over.",
            },
        ],
        "findings": [
            {
                "file": "a.py",
                "line": 3,
                "column": 1,
                "end_line": 3,
                "checker": "one",
                "code": "code",
                "severity": "warning",
                "message": "one says no",
            }
        ],
        "summary": {"files": 2, "files_with_findings": 1, "findings": 1, "errors": 0, "warnings": 1, "notes": 0},
        "exit_status": 2,
    }
