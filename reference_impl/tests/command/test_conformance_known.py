"""``bareasgi-ws conformance --write-known`` writes the failures that ``--deviations`` then excuses."""

import tomllib
from pathlib import Path

import pytest

from bareasgi_ws._command.conformance.known import write_known
from bareasgi_ws.conformance import Outcome, Report, Result, read_deviations, requirements

from .backends import EMPTY_IS_THE_END, REFERENCE
from .running import Command, write

SOME = ("--select", "WS-RECEIVE-04", "--no-static")


def report_of(*results: Result) -> Report:
    return Report("mine", "1.0", "asyncio", {}, "2026-11-30T00:00:00+00:00", results)


def result_of(number: str, outcome: Outcome, actual: str = "2") -> Result:
    return Result(requirements()[number], outcome, "client: what comes next", "1", actual)


@pytest.mark.slow
def test_what_was_written_is_excused_until_it_is_met(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": EMPTY_IS_THE_END})
    written = command("conformance", "mine:backend", *SOME, "--write-known", "known.toml", cwd=tmp_path)
    assert written.status == 0
    assert written.err == "bareasgi-ws: wrote known.toml: 1 known failure, 1 new.\n"
    assert written.out.startswith("mine:backend does not conform ")
    assert read_deviations(tmp_path / "known.toml") == {
        "WS-RECEIVE-04": "handler: receive(): expected b'', returned None"
    }
    excused = command("conformance", "mine:backend", *SOME, "--deviations", "known.toml", cwd=tmp_path)
    assert (excused.status, "WS-RECEIVE-04 deviates" in excused.out) == (0, True)
    write(tmp_path, {"mine.py": REFERENCE})
    met = command("conformance", "mine:backend", *SOME, "--deviations", "known.toml", cwd=tmp_path)
    assert (met.status, "expected a requirement that is not met" in met.out) == (1, True)
    again = command("conformance", "mine:backend", *SOME, "--write-known", "known.toml", cwd=tmp_path)
    assert again.err == "bareasgi-ws: wrote known.toml: 0 known failures, 0 new, 1 met now, and left out.\n"
    assert read_deviations(tmp_path / "known.toml") == {}


@pytest.mark.parametrize(("outcome", "is_known"), [(one, one in ("fail", "non-strict")) for one in Outcome])
def test_only_what_is_not_met_is_written(tmp_path: Path, outcome: Outcome, is_known: bool) -> None:
    file = tmp_path / "known.toml"
    write_known(file, report_of(result_of("WS-SERVER-05", outcome)), {})
    reasons = {"WS-SERVER-05": "client: what comes next: expected 1, got 2"} if is_known else {}
    assert read_deviations(file) == reasons


@pytest.mark.parametrize(
    ("outcome", "stays"), [(one, one in ("fail", "non-strict", "blocked", "not seen")) for one in Outcome]
)
def test_a_reason_stays_where_it_is_not_met_or_does_not_show(tmp_path: Path, outcome: Outcome, stays: bool) -> None:
    file = tmp_path / "known.toml"
    kept = {"WS-SERVER-05": "mine", "WS-CLOSE-03": "not looked at"}
    write_known(file, report_of(result_of("WS-SERVER-05", outcome)), kept)
    assert read_deviations(file) == (kept if stays else {"WS-CLOSE-03": "not looked at"})


def test_any_text_is_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "known.toml"
    said = "\"'\\ \n\t\x00\x7f\x1b\u202e\ud800 é 😀 = # ]"
    kept = {"WS-CLOSE-03": "\"'\\ \n\t\x00\x7f é 😀"}
    write_known(file, report_of(result_of("WS-SERVER-05", Outcome.FAIL, said)), kept)
    reasons = tomllib.loads(file.read_text("utf-8"))
    assert reasons["WS-CLOSE-03"] == kept["WS-CLOSE-03"]
    assert reasons["WS-SERVER-05"].endswith("got \"'\\ \n\\t\\x00\\x7f\\x1b\\u202e\\ud800 é 😀 = # ]")


def test_what_did_not_show_is_told(tmp_path: Path) -> None:
    found = report_of(result_of("WS-SERVER-05", Outcome.FAIL), result_of("WS-SERVER-06", Outcome.BLOCKED))
    assert write_known(tmp_path / "known.toml", found, {}).endswith(
        "1 known failure, 1 new, 1 that did not show are not among them."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["mine:backend", "--deviations", "other.toml"],
            "--write-known keeps the reasons of its own file, known.toml: leave out --deviations other.toml.",
        ),
        (["mine:backend", "--write-known", "bad.toml"], "bad.toml: expected TOML: "),
        (["mine:backend", "--write-known", "."], "cannot read .: Is a directory."),
        (["--server", "uvicorn"], "--write-known is for one server, and these are 3."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    command: Command, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    write(tmp_path, {"mine.py": REFERENCE, "other.toml": "", "bad.toml": "a ="})
    done = command("conformance", "--write-known", "known.toml", *arguments, cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert not (tmp_path / "known.toml").exists()
