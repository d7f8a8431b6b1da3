"""A checker says the same whichever Python it checks for, from the oldest that is supported to the newest."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from bareasgi_ws._command.checkers import CHECKERS
from typecheck_tests import case_files, results, runner
from typecheck_tests.case_files import CaseFile
from typecheck_tests.runner import NAMES, Suite, Verdict

from ..required_programs import missing_program

pytestmark = pytest.mark.slow
CASES = runner.cases()
MINORS = (11, 12, 13, 14)
# The stubs differ from 3.13 on, so that the oldest and the newest see both sides of them.
BETWEEN = (12, 13)
# Which Python each checks for by itself, as in test_cases.py: zuban for the newest, all others for the one they run on.
BY_ITSELF = {"zuban": MINORS[-1]}


def asked(minor: int) -> list[str]:
    """Name the checkers that have not said it elsewhere."""
    return [name for name in NAMES if minor != BY_ITSELF.get(name, sys.version_info.minor)]


# In most of its parts it is pyright, so that it is asked of all versions nightly.
FORK = "basedpyright"
PAIRS = [(minor, name) for minor in MINORS for name in asked(minor)]
BY_HAND = [file for file in CASES.files if not case_files.is_generated(file.path)]
# zuban reads mypy's section, and basedpyright reads pyright's.
CONFIGURATION = """
[tool.mypy]
python_version = "3.{0}"

[tool.pyright]
pythonVersion = "3.{0}"

[tool.ty.environment]
python-version = "3.{0}"

[tool.pyrefly]
python-version = "3.{0}"
"""
# Its last lines are errors for the newest versions alone: that proves that the version counts.
PROBE = "import sys\n\n" + "".join(f'if sys.version_info >= (3, {minor}): n{minor}: int = ""\n' for minor in MINORS)


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    path: Path = tmp_path_factory.mktemp("probe") / "probe.py"
    path.write_text(PROBE, encoding="utf-8")
    return CaseFile("probe", path, {})


@pytest.fixture(scope="module")
def verdicts(probe: CaseFile) -> Callable[[int, bool], dict[str, Verdict]]:
    """What the checkers say for a Python, each of which is asked once."""

    @cache
    def of(minor: int, every: bool) -> dict[str, Verdict]:
        names = {*asked(minor)} - (set[str]() if every else {FORK})
        checkers = [checker for checker in CHECKERS if checker.version is not None and checker.name in names]
        files = [*(CASES.files if every else BY_HAND), probe]
        return {
            one.run.name: one
            for one in runner.run(checkers, Suite(files, CASES.configuration + CONFIGURATION.format(minor)))
        }

    return of


def verdict_of(checker: str, minor: int, probe: CaseFile, verdicts: dict[str, Verdict]) -> Verdict:
    """Return what a checker said, which must have checked for that Python."""
    if checker not in verdicts:
        missing_program(checker)
    verdict = verdicts[checker]
    assert verdict.failure is None
    reported = [one["code"] for one in results.exceptions(verdict.run, probe)]
    assert reported == PROBE.splitlines()[2 : 3 + MINORS.index(minor)]
    return verdict


@pytest.mark.parametrize(("minor", "checker"), [pair for pair in PAIRS if pair[0] not in BETWEEN and pair[1] != FORK])
def test_what_is_written_by_hand_has_the_same_results(
    checker: str, minor: int, probe: CaseFile, verdicts: Callable[[int, bool], dict[str, Verdict]]
) -> None:
    verdict = verdict_of(checker, minor, probe, verdicts(minor, False))
    assert [line for file in BY_HAND for line in runner.describe(verdict, file)] == []


@pytest.mark.nightly
@pytest.mark.parametrize(("minor", "checker"), PAIRS)
def test_the_results_are_the_same(
    checker: str, minor: int, probe: CaseFile, verdicts: Callable[[int, bool], dict[str, Verdict]]
) -> None:
    verdict = verdict_of(checker, minor, probe, verdicts(minor, True))
    assert results.text(verdict.run, CASES.files) == results.path(checker).read_text(encoding="utf-8")
