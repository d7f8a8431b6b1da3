"""A checker says the same whichever Python it checks for, from the oldest that is supported to the newest."""

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
PARAMS = [pytest.param(one, marks=pytest.mark.nightly) if one in BETWEEN else one for one in MINORS]
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


@pytest.fixture(scope="module", params=PARAMS, ids="3.{}".format)
def minor(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    path: Path = tmp_path_factory.mktemp("probe") / "probe.py"
    path.write_text(PROBE, encoding="utf-8")
    return CaseFile("probe", path, {})


@pytest.fixture(scope="module")
def verdicts(minor: int, probe: CaseFile) -> dict[str, Verdict]:
    installed = [checker for checker in CHECKERS if checker.version is not None]
    suite = Suite([*CASES.files, probe], CASES.configuration + CONFIGURATION.format(minor))
    return {one.run.name: one for one in runner.run(installed, suite)}


@pytest.mark.parametrize("checker", NAMES)
def test_the_results_are_the_same(checker: str, minor: int, probe: CaseFile, verdicts: dict[str, Verdict]) -> None:
    if checker not in verdicts:
        missing(checker)
    verdict = verdicts[checker]
    assert verdict.failure is None
    reported = [one["code"] for one in results.exceptions(verdict.run, probe)]
    assert reported == PROBE.splitlines()[2 : 3 + MINORS.index(minor)]
    assert results.text(verdict.run, CASES.files) == results.path(checker).read_text(encoding="utf-8")
