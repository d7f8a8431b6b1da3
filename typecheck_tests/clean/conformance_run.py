"""Holding a backend to the requirements, and reading what came of it."""

from collections.abc import Iterator
from typing import Any, Literal, assert_type

from bareasgi_ws import SPEC_VERSION
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import Check, Outcome, Report, Requirement, Result, iter_checks, requirements, run


async def case_a_run() -> None:
    report = await run(backend, select=["WS-CLOSE-01"], deadline=1)
    assert_type(report, Report)
    assert_type(report.spec_version, str)
    assert_type(report.library, str)
    assert_type(report.results, tuple[Result, ...])
    assert_type(report.conforms, bool)
    assert_type(report.counts, dict[Outcome, int])
    assert_type(report.as_json(), dict[str, Any])
    assert_type(report.unmet, tuple[Result, ...])
    assert report.conforms
    assert report.spec_version == SPEC_VERSION


async def case_a_run_of_a_selection() -> None:
    report = await run(backend=backend, select=("WS-CLOSE-01", "WS-CODE-01"), deadline=0.5)
    for result in report.results:
        assert_type(result.requirement, Requirement)
        assert_type(result.outcome, Outcome)
        assert_type(result.step, str)
        assert_type(result.expected, str)
        assert_type(result.came, str)
        assert_type(result.record, tuple[str, ...])
        assert_type(result.seconds, float)


def case_the_requirements() -> None:
    assert_type(requirements(), dict[str, Requirement])
    requirement = requirements()["WS-CLOSE-03"]
    assert_type(requirement.id, str)
    assert_type(requirement.chapter, str)
    assert_type(requirement.level, Literal["MUST", "SHOULD", "INFO"])
    assert_type(requirement.binds, Literal["handler", "backend", "server"])
    assert_type(requirement.since, str)
    assert_type(requirement.text, str)
    assert_type(requirement.source, str)


def case_the_checks() -> None:
    assert_type(iter_checks(), Iterator[Check])
    check = next(iter_checks())
    assert_type(check.requirement, str)
    assert_type(check.name, str)
    assert_type(check.needs, tuple[str, ...])
    assert check.play is not None


async def case_a_check_is_played() -> None:
    async def play(stage: object) -> None: ...

    check = Check("WS-CLOSE-01", "closes", (), play)
    await check.play("any stage")
    assert Check(requirement="WS-CLOSE-01", name="closes", needs=("WS-CLOSE-02",), play=play).play is play


def case_the_outcomes() -> None:
    outcomes: list[str] = [Outcome.PASS, Outcome.FAIL, Outcome.NON_STRICT, Outcome.BLOCKED, Outcome.NOT_OFFERED]
    assert_type(Outcome("pass"), Outcome)
    assert outcomes[0] == "pass"


def case_every_outcome_is_told_apart() -> None:
    def worst(outcome: Outcome) -> bool:
        match outcome:
            case Outcome.PASS | Outcome.NOT_OFFERED:
                return False
            case Outcome.FAIL | Outcome.BLOCKED | Outcome.NON_STRICT:
                return True

    assert worst(Outcome.FAIL)


def case_a_report_is_made() -> None:
    requirement = Requirement("WS-CLOSE-03", "close", "MUST", "backend", "1.0", "text", "source")
    result = Result(requirement, Outcome.PASS, "", "", "", (), 0.0)
    report = Report("1.0", "trio", (result,))
    assert Report(spec_version="1.0", library="trio", results=(result,)) == report


def case_a_result_by_name() -> None:
    requirement = Requirement(
        id="WS-CLOSE-03", chapter="close", level="SHOULD", binds="server", since="1.0", text="text", source="source"
    )
    Result(
        requirement=requirement,
        outcome=Outcome.FAIL,
        step="step",
        expected="1000",
        came="1006",
        record=("a",),
        seconds=1,
    )
    assert requirement._replace(level="INFO", binds="handler").level == "INFO"


def case_a_result_of_a_requirement() -> None:
    def unmet(report: Report) -> list[str]:
        return [result.requirement.id for result in report.unmet]

    assert unmet(Report("1.0", "asyncio", ())) == []
