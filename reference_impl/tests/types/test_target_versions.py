"""A checker says the same whichever Python it checks for, from the oldest that is supported to the newest."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from programs import missing

import results
import runner
from bareasgi_ws._command.checkers import CHECKERS
from case_files import CaseFile
from runner import NAMES, Suite, Verdict

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


PAIRS = [
    pytest.param(minor, name, marks=[pytest.mark.nightly] if minor in BETWEEN else [])
    for minor in MINORS
    for name in asked(minor)
]
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
def verdicts(probe: CaseFile) -> Callable[[int], dict[str, Verdict]]:
    """What the checkers say for a Python, each of which is asked once."""

    @cache
    def of(minor: int) -> dict[str, Verdict]:
        checkers = [checker for checker in CHECKERS if checker.version is not None and checker.name in asked(minor)]
        suite = Suite([*CASES.files, probe], CASES.configuration + CONFIGURATION.format(minor))
        return {one.run.name: one for one in runner.run(checkers, suite)}

    return of


@pytest.mark.parametrize(("minor", "checker"), PAIRS)
def test_the_results_are_the_same(
    checker: str, minor: int, probe: CaseFile, verdicts: Callable[[int], dict[str, Verdict]]
) -> None:
    if checker not in verdicts(minor):
        missing(checker)
    verdict = verdicts(minor)[checker]
    assert verdict.failure is None
    reported = [one["code"] for one in results.exceptions(verdict.run, probe)]
    assert reported == PROBE.splitlines()[2 : 3 + MINORS.index(minor)]
    assert results.text(verdict.run, CASES.files) == results.path(checker).read_text(encoding="utf-8")
