"""The results that are kept are what the checkers say today, and say enough."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bareasgi_ws._command.checkers import CHECKERS, Checker
from typecheck_tests import results, runner
from typecheck_tests.results import Note
from typecheck_tests.runner import NAMES, Suite

from ..required_programs import missing_program

NOTES = results.notes()
SWITCHES = [(note, checker) for note, checker in product(NOTES, NAMES) if checker in note.switch]
# In percent, of the erroneous cases.
CAUGHT = {"mypy": 95, "pyright": 98, "basedpyright": 98, "ty": 94, "pyrefly": 92, "zuban": 92}
# Each has its note: most are forms of an info that a checker takes for a plain dict.
FALSE_POSITIVES = 7


@pytest.fixture(params=NAMES)
def kept(request: pytest.FixtureRequest) -> dict[str, Any]:
    return results.read(request.param)


def test_enough_is_caught_and_little_is_not_true(kept: dict[str, Any]) -> None:
    caught = 100 * (1 - kept["gaps"] / kept["erroneous"])
    assert caught >= CAUGHT[kept["checker"]]
    assert kept["false_positives"] <= FALSE_POSITIVES


def test_there_is_a_note_for_everything_that_is_not_right(kept: dict[str, Any]) -> None:
    assert [one for one in kept["wrong"] if not one["note"]] == []
    assert {name for name, verdict in kept["files"].items() if verdict != "right"} == {
        one["file"] for one in kept["wrong"]
    }


def test_every_note_is_about_something() -> None:
    wrong = [one for name in NAMES for one in results.read(name)["wrong"]]
    assert [note for note in NOTES if not any(note.matches(one["file"], one["code"]) for one in wrong)] == []


@pytest.mark.nightly
@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.name)
def test_a_users_own_configuration_can_be_as_strict(checker: Checker) -> None:
    if checker.version is None:
        missing_program(checker.name)
    cases = runner.cases()
    suite = Suite(cases.files, f"{results.STRICT[checker.name]}\n{cases.configuration}")
    (verdict,) = runner.run([checker], suite, strict=False)
    assert verdict.failure is None
    assert results.text(verdict.run, cases.files) == results.path(checker.name).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("note", "checker"), SWITCHES, ids=lambda value: getattr(value, "code", value))
def test_what_can_be_switched_on_closes_the_gap(note: Note, checker: str, tmp_path: Path) -> None:
    (chosen,) = (one for one in CHECKERS if one.name == checker)
    if chosen.version is None:
        missing_program(checker)
    [file] = [file for file in runner.cases().files if file.name == note.file]
    configuration = f"{results.STRICT[checker]}\n{note.switch[checker]}\n"
    # Not by the command's --strict, which resets what pyright's configuration sets singly.
    (verdict,) = runner.run([chosen], Suite([file], configuration), strict=False)
    open_still = [one for one in results.exceptions(verdict.run, file) if re.search(note.code, one["code"])]
    assert (verdict.failure, open_still) == (None, [])
