"""Holding a backend to the requirements, and reading what came of it."""

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, assert_type

from bareasgi_ws import SPEC_VERSION
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import (
    Check,
    Level,
    Outcome,
    Report,
    Requirement,
    Result,
    StaticResult,
    Step,
    iter_checks,
    read_deviations,
    requirements,
    run,
)
from bareasgi_ws.conformance.deviations import apply_deviations
from bareasgi_ws.conformance.report import Library
from bareasgi_ws.conformance.requirements import select_requirements
from bareasgi_ws.conformance.runner import new_report, run_checks


async def case_a_run() -> None:
    report = await run(backend, select=["WS-CLOSE-01"], deadline=1)
    assert_type(report, Report)
    assert_type(report.spec_version, str)
    assert_type(report.backend, str)
    assert_type(report.library, Library)
    assert_type(report.versions, Mapping[str, str])
    assert_type(report.date, str)
    assert_type(report.static, tuple[StaticResult, ...])
    assert_type(report.subject, Literal["backend", "server"])
    assert_type(report.results, tuple[Result, ...])
    assert_type(report.conforms, bool | None)
    assert_type(report.is_met, bool)
    assert_type(report.is_partial, bool)
    assert_type(report.verdict, str)
    assert_type(report.not_seen, dict[str, int])
    assert_type(report.profile, str)
    assert_type(report.select, tuple[str, ...])
    assert_type(report.level, Level)
    assert_type(report.counts, dict[Outcome, int])
    assert_type(report.as_json(), dict[str, Any])
    assert_type(report.unmet, tuple[Result, ...])
    assert report.is_met
    assert report.conforms is None
    assert report.spec_version == SPEC_VERSION


async def case_a_run_of_a_selection() -> None:
    level: Level = "SHOULD"
    report = await run(
        backend=backend,
        select=("WS-CLOSE-01", "WS-CLOSE-02"),
        level=level,
        deviations=None,
        deadline=0.5,
        name="the reference",
    )
    for result in report.results:
        assert_type(result.requirement, Requirement)
        assert_type(result.outcome, Outcome)
        assert_type(result.step, str)
        assert_type(result.expected, str)
        assert_type(result.actual, str)
        assert_type(result.steps, tuple[Step, ...])
        assert_type(result.seconds, float)
        assert_type(result.reason, str)
        assert_type(result.explanation, tuple[str, ...])
        assert_type(result.missing, str)
        assert_type(result.needed_by, tuple[str, ...])


async def case_a_run_with_deviations() -> None:
    report = await run(backend, select={"WS-CLOSE-02"}, deviations={"WS-CLOSE-02": "daphne rejects them"}, name=None)
    assert not report.is_met


def case_deviations_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "deviations.toml"
    file.write_text("WS-CLOSE-02 = 'daphne rejects them'")
    assert_type(read_deviations(file), dict[str, str])
    assert read_deviations(file=file) == {"WS-CLOSE-02": "daphne rejects them"}


def case_a_step() -> None:
    step = Step(0.0, 1, 1, "client", "close()", "returned", False)
    assert_type(step.began, float)
    assert_type(step.ended, float)
    assert_type(step.connection, int)
    assert_type(step.side, str)
    assert_type(step.action, str)
    assert_type(step.result, str)
    assert_type(step.failed, bool)
    assert step == Step(
        began=0.0, ended=1.0, connection=1, side="client", action="close()", result="returned", failed=False
    )


def case_what_a_type_checker_said() -> None:
    static = StaticResult("mypy", "2.4.1", "fail", ("an error",))
    assert_type(static.checker, str)
    assert_type(static.version, str)
    assert_type(static.outcome, Literal["pass", "fail", "could not run"])
    assert_type(static.messages, tuple[str, ...])
    assert StaticResult(checker="mypy", version="2.4.1", outcome="fail", messages=("an error",)) == static
    assert [StaticResult("mypy", "2", "pass", ()), StaticResult("mypy", "2", "could not run", ())]


def case_the_requirements() -> None:
    assert_type(requirements(), dict[str, Requirement])
    assert_type(requirements(own_server=True), dict[str, Requirement])
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
    assert_type(iter_checks(["WS-CLOSE"], "MUST"), Iterator[Check])
    check = next(iter_checks(select=("WS-CLOSE",), level="SHOULD"))
    assert_type(check.requirement, str)
    assert_type(check.name, str)
    assert_type(check.needs, tuple[str, ...])
    assert check.function is not None


async def case_a_check_is_run() -> None:
    async def function(context: object) -> None: ...

    check = Check("WS-CLOSE-01", "closes", (), function)
    await check.function("any context")
    assert Check(requirement="WS-CLOSE-01", name="closes", needs=("WS-CLOSE-02",), function=function) != check


async def case_results_as_they_come() -> None:
    def began(requirement: str, step: Step) -> None: ...

    report = new_report(backend)
    assert_type(report, Report)
    assert new_report(backend=backend, name="mine").backend == "mine"
    async for result in run_checks(iter_checks(["WS-CLOSE-01"]), backend):
        assert_type(apply_deviations(result, {}), Result)
    outcomes: Mapping[str, Outcome] = {"WS-HANDSHAKE-01": Outcome.PASS}
    results = run_checks(
        checks=[*iter_checks(["WS-CODE-01"])], backend=backend, deadline=1, outcomes=outcomes, on_step=began
    )
    assert_type(results, AsyncIterator[Result])
    assert [apply_deviations(result=result, deviations={"WS-CODE-01": "why"}) async for result in results]


def case_the_requirements_of_a_level() -> None:
    assert_type(select_requirements(), list[Requirement])
    assert select_requirements(["ws-close"], "MUST") == select_requirements(select=("WS-CLOSE",), level="MUST")


def case_the_outcomes() -> None:
    outcomes: list[str] = [Outcome.PASS, Outcome.FAIL, Outcome.NON_STRICT, Outcome.BLOCKED, Outcome.NOT_OFFERED]
    outcomes += [Outcome.DEVIATES, Outcome.NOT_SEEN]
    assert_type(Outcome("pass"), Outcome)
    assert_type(Outcome.PASS.blocks, bool)
    assert outcomes[0] == "pass"


def case_every_outcome_is_told_apart() -> None:
    def worst(outcome: Outcome) -> bool:
        match outcome:
            case Outcome.PASS | Outcome.NOT_OFFERED | Outcome.NOT_SEEN | Outcome.NOT_ANNOUNCED | Outcome.DEVIATES:
                return False
            case Outcome.FAIL | Outcome.BLOCKED | Outcome.NON_STRICT:
                return True

    assert worst(Outcome.FAIL)


def case_a_report_is_made() -> None:
    requirement = Requirement("WS-CLOSE-03", "close", "MUST", "backend", "1.0", "text", "source")
    result = Result(requirement, Outcome.PASS, "", "", "", (), 0.0, "", (), "", ())
    assert result == Result(requirement, Outcome.PASS)
    static = (StaticResult("mypy", "2.4.1", "pass", ()),)
    report = Report("mine", "1.0", "trio", {"Python": "3.13"}, "2026-01-01", (result,), static)
    same = Report(
        backend="mine",
        spec_version="1.0",
        library="trio",
        versions={"Python": "3.13"},
        date="2026-01-01",
        results=(result,),
        static=static,
    )
    assert same == report


def case_a_report_on_a_server() -> None:
    report = Report("hypercorn", "1.0", "trio", {}, "2026-01-01", (), (), "server", "", ("WS-CLOSE",), "MUST")
    same = Report(
        backend="hypercorn",
        spec_version="1.0",
        library="trio",
        versions={},
        date="2026-01-01",
        results=(),
        subject="server",
        profile="",
        select=("WS-CLOSE",),
        level="MUST",
    )
    assert same == report
    whole = Report("hypercorn", "1.0", "trio", {}, "2026-01-01", ())
    assert report._replace(subject="backend", select=(), level="INFO") == whole


def case_every_subject_is_told_apart() -> None:
    def who(report: Report) -> str:
        match report.subject:
            case "backend":
                return report.backend
            case "server":
                return f"the server of {report.backend}"

    assert who(Report("mine", "1.0", "asyncio", {}, "", (), subject="backend")) == "mine"


def case_a_subject_that_was_read() -> None:
    subject: Literal["backend", "server"] = "server"
    assert_type(Report("mine", "1.0", "asyncio", {}, "", (), subject=subject).subject, Literal["backend", "server"])


def case_a_result_by_name() -> None:
    requirement = Requirement(
        id="WS-CLOSE-03", chapter="close", level="SHOULD", binds="server", since="1.0", text="text", source="source"
    )
    Result(
        requirement=requirement,
        outcome=Outcome.FAIL,
        step="step",
        expected="1000",
        actual="1006",
        steps=(Step(0.0, 0.0, 1, "client", "close()", "returned", False),),
        seconds=1,
        reason="",
        explanation=("raised in mine.py, line 1, in close",),
        missing="",
        needed_by=("WS-CLOSE-04",),
    )
    assert requirement._replace(level="INFO", binds="handler").level == "INFO"


def case_a_result_of_a_requirement() -> None:
    def unmet(report: Report) -> list[str]:
        return [result.requirement.id for result in report.unmet]

    assert unmet(Report("mine", "1.0", "asyncio", {}, "", ())) == []


def case_a_failure() -> None:
    step = Step(0.0, 0.0, 1, "client", "close()", "returned", False)
    failure = Result.of_failure(requirements()["WS-CLOSE-03"], "close()", "1000", "1006")
    assert_type(failure, Result)
    assert failure != Result.of_failure(
        requirement=requirements()["WS-CLOSE-03"],
        step="close()",
        expected="1000",
        actual="1006",
        steps=(step,),
        seconds=1,
        explanation=("caused by KeyError: 'x'",),
    )


def case_a_report_that_was_read() -> None:
    report = Report("mine", "1.0", "asyncio", {}, "", ())
    assert_type(Report.from_json(report.as_json()), Report)
    assert Report.from_json(value=report.as_json()) == report


def case_a_library() -> None:
    library: Library = "trio"
    assert Report("mine", "1.0", library, {}, "", ()).library == "trio"
