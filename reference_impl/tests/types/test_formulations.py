"""Other formulations of the stubs do to the checkers what is written of them."""

import pytest
from programs import missing

import formulations
import runner
from bareasgi_ws._command.checkers import CHECKERS
from formulations import Formulation

KEPT = formulations.kept()
FORMULATIONS = formulations.formulations()


def test_every_formulation_has_been_compared() -> None:
    assert list(KEPT) == [one.name for one in FORMULATIONS]


def test_none_is_better_for_a_checker_and_worse_for_none() -> None:
    """One that is would have to be taken."""
    for name, differences in KEPT.items():
        closes = any(one.closes for one in differences.values())
        assert not closes or any(one.opens for one in differences.values()), name


@pytest.mark.nightly
@pytest.mark.parametrize("formulation", FORMULATIONS, ids=lambda one: one.name)
def test_it_does_what_is_written(formulation: Formulation) -> None:
    """In the files of which something is written; `--write` asks about all."""
    if any(checker.version is None for checker in CHECKERS):
        missing("a checker")
    kept = KEPT[formulation.name]
    touched = {name for one in kept.values() for name in (*one.closes, *one.opens)}
    files = [file for file in runner.cases().files if file.name in touched]
    assert formulations.compared(formulation, files) == kept
