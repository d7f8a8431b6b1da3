"""A checker that read nothing, or did not see the stubs, has no verdict: its silence is never a success."""

from collections.abc import Iterable

from bareasgi_ws._command.canary import EXPECTED
from bareasgi_ws._command.checkers.base import Batch, Checker, Job
from bareasgi_ws._command.findings import Finding
from typecheck_tests import case_files, runner
from typecheck_tests.runner import NAMES, Suite

SUITE = Suite([file for file in case_files.read(case_files.HOME, NAMES) if file.name == "clean/errors_hierarchy"])


def verdict_of(lines: Iterable[int]) -> runner.Verdict:
    """Run a checker that reports errors on these lines of the canary, and nothing else."""

    def check(job: Job) -> Iterable[Batch]:
        yield Batch([Finding(job.canary, line, 1, line, "fake", None, "error", "a message") for line in lines])

    (verdict,) = runner.run([Checker(name="fake", requirement="pytest", check=check)], SUITE)
    return verdict


def test_a_checker_that_reports_the_canary_has_a_verdict() -> None:
    verdict = verdict_of(EXPECTED)
    assert (verdict.failure, verdict.exit_status) == (None, 0)


def test_a_checker_that_reads_nothing_has_none() -> None:
    verdict = verdict_of([])
    assert verdict.exit_status == 2
    assert "no verdict. fake read nothing" in runner.report(verdict, SUITE.files)


def test_a_checker_that_does_not_see_the_stubs_has_none() -> None:
    verdict = verdict_of([1])
    assert verdict.exit_status == 2
    assert "did not see the stubs" in (verdict.failure or "")


def test_a_checker_that_is_deaf_to_one_kind_of_error_has_none() -> None:
    verdict = verdict_of(list(EXPECTED)[:1])
    assert verdict.exit_status == 2
    assert "does not report" in (verdict.failure or "")
