"""What a run selects, what it makes of deviations, and what its report says."""

import platform
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from bareasgi_ws import SPEC_VERSION
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import Outcome, Result, StaticResult, iter_checks, read_deviations, requirements, run
from bareasgi_ws.conformance.deviations import apply_to_all

from .broken import FAULTS

pytestmark = pytest.mark.anyio


EMPTY_BINARY_IS_THE_END = FAULTS["EmptyBinaryIsTheEnd"].backend


async def test_a_known_deviation_is_none_of_the_failures() -> None:
    report = await run(
        EMPTY_BINARY_IS_THE_END, select=["WS-RECEIVE-04"], deviations={"WS-RECEIVE-04": "as the library has it"}
    )
    (result,) = report.unmet
    assert (result.outcome, result.reason) == (Outcome.DEVIATES, "as the library has it")
    assert (result.step, result.expected, result.actual) == ("handler: receive()", "b''", "returned None")
    assert report.is_met
    assert str(report).endswith("expected b'', returned None (as the library has it)")


@pytest.mark.parametrize("number", ["WS-CLOSE-02", "WS-CLOSE-03"])
async def test_a_deviation_that_is_met_fails(number: str) -> None:
    report = await run(backend, select=[number], deviations={number: "it was so"})
    (result,) = report.unmet
    assert (result.outcome, result.step, result.actual) == (Outcome.FAIL, "the deviation", "pass")
    assert "it was so" in result.expected
    assert not report.conforms


async def test_a_deviation_that_is_not_offered_fails() -> None:
    less = backend.with_profile("daphne")
    report = await run(less, select=["WS-CAPABILITY-05"], deviations={"WS-CAPABILITY-05": "daphne has no denial"})
    assert [(result.outcome, result.actual) for result in report.unmet] == [(Outcome.FAIL, "not offered")]


async def test_a_deviation_that_is_met_blocks_nothing() -> None:
    known = {"WS-HANDSHAKE-01": "it was so"}
    report = await run(backend, select=["WS-HANDSHAKE-02"], deviations=known)
    # It passed, so that it does not block, though the deviation failed.
    assert [result.outcome for result in report.results] == [Outcome.FAIL, Outcome.PASS]


async def test_what_a_deviation_blocks_is_not_seen() -> None:
    faulty = FAULTS["TheEndIsAnEmptyMessage"].backend
    known = {"WS-RECEIVE-05": "the library has its own end"}
    report = await run(faulty, select=["WS-CLOSE-05", "WS-RECEIVE-05"], deviations=known)
    outcomes = {one.requirement.id: one.outcome for one in report.unmet}
    assert outcomes == {"WS-RECEIVE-05": Outcome.DEVIATES, "WS-CLOSE-05": Outcome.NOT_SEEN}
    assert (report.is_met, report.not_seen) == (True, {"WS-RECEIVE-05": 1})


@pytest.mark.parametrize(
    ("known", "not_seen"),
    [
        (["WS-CLOSE-01"], ["WS-CLOSE-02", "WS-CLOSE-03"]),
        (["WS-CLOSE-04"], []),
        (["WS-CLOSE-01", "WS-CLOSE-04"], ["WS-CLOSE-02", "WS-CLOSE-03", "WS-CLOSE-05"]),
    ],
    ids=str,
)
def test_only_what_is_blocked_by_deviations_alone_is_not_seen(known: list[str], not_seen: list[str]) -> None:
    numbered = requirements()
    needs = {"WS-CLOSE-03": "WS-CLOSE-02", "WS-CLOSE-02": "WS-CLOSE-01", "WS-CLOSE-05": "WS-CLOSE-01, WS-CLOSE-04"}
    results = [Result(numbered[one], Outcome.BLOCKED, f"needs {need}") for one, need in needs.items()]
    results += [Result.of_failure(numbered[one], "", "", "") for one in ("WS-CLOSE-01", "WS-CLOSE-04")]
    results.append(Result(numbered["WS-CLOSE-06"], Outcome.BLOCKED, "the run has taken its 300 s (--max-time)"))
    held = apply_to_all(results, dict.fromkeys(known, "it is so"))
    assert sorted(one.requirement.id for one in held if one.outcome is Outcome.NOT_SEEN) == not_seen


def test_deviations_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "deviations.toml"
    file.write_text('# a comment\nWS-CLOSE-03 = "one"\nWS-CODE-01 = "two"\n')
    assert read_deviations(file) == {"WS-CLOSE-03": "one", "WS-CODE-01": "two"}
    file.write_bytes(b"\xff")
    with pytest.raises(ValueError, match="expected TOML"):
        read_deviations(file)


@pytest.mark.parametrize(("level", "levels"), [("MUST", {"MUST"}), ("SHOULD", {"MUST", "SHOULD"}), ("INFO", None)])
def test_a_level_is_the_lowest_one(level: Any, levels: set[str] | None) -> None:
    of_backends = (r for r in requirements(own_server=True).values() if r.binds == "backend" or r.chapter != "server")
    expected = {r.id for r in of_backends if levels is None or requirements()[r.id].level in levels}
    assert {check.requirement for check in iter_checks(["WS-"], level)} == expected


def test_what_a_selected_check_needs_is_selected() -> None:
    assert [check.requirement for check in iter_checks(["WS-CLOSE-10"])] == [
        "WS-HANDSHAKE-01",
        "WS-CLOSE-07",
        "WS-CLOSE-10",
    ]


async def test_the_report_says_what_was_run_and_when(anyio_backend: str) -> None:
    report = await run(backend, select=["WS-HANDSHAKE-01"], name="mine")
    assert (report.backend, report.spec_version, report.library) == ("mine", SPEC_VERSION, anyio_backend)
    loop = {"trio": version("trio")} if anyio_backend == "trio" else {}
    assert (
        report.versions
        == {
            "Python": platform.python_version(),
            "bareasgi-ws": version("bareasgi-ws"),
            "anyio": version("anyio"),
        }
        | loop
    )
    date = datetime.fromisoformat(report.date)
    assert timedelta() <= datetime.now(date.tzinfo) - date < timedelta(minutes=1)
    unnamed = await run(backend, select=["WS-HANDSHAKE-01"])
    assert unnamed.backend == "bareasgi_ws.conformance.memory.MemoryBackend"


async def test_a_type_checker_that_found_an_error_decides_too() -> None:
    report = await run(backend, select=["WS-HANDSHAKE-01"])
    assert report.is_met
    for outcome, conforms in (("pass", True), ("fail", False), ("could not run", False)):
        static: Any = (StaticResult("mypy", "2.4.1", "pass", ()), StaticResult("ty", "1", outcome, ("said",)))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        assert report._replace(static=static).is_met is conforms
    assert report._replace(static=static).as_json()["static"][1] == {
        "checker": "ty",
        "version": "1",
        "outcome": "could not run",
        "messages": ["said"],
    }


async def test_the_record_of_a_failure_is_a_conversation() -> None:
    report = await run(EMPTY_BINARY_IS_THE_END, select=["WS-RECEIVE-04"])
    record = report.unmet[0].steps
    assert {step.side for step in record} == {"handler", "client"}
    assert all(0 <= step.began <= step.ended for step in record)
    assert [step.ended for step in record] == sorted(step.ended for step in record)
    first = next(step for step in record if step.failed)
    assert (first.side, first.action, first.result) == ("handler", "receive()", "expected b'', returned None")
