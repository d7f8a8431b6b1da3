"""The kit's functions and results, used wrongly."""

from typing import Any, Literal, assert_never

from bareasgi_ws import SPEC_VERSION
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import (
    Check,
    Level,
    Step,
    Outcome,
    Report,
    Requirement,
    Result,
    StaticResult,
    iter_checks,
    read_deviations,
    requirements,
    run,
)
from bareasgi_ws.conformance.deviations import apply_deviations
from bareasgi_ws.conformance.report import Library
from bareasgi_ws.conformance.requirements import select_requirements
from bareasgi_ws.conformance.runner import new_report, run_checks


async def function(context: Any) -> None: ...
def synchronous(context: Any) -> None: ...


async def runs() -> None:
    await run("backend")  # E
    await run()  # E
    await run(backend, select=1)  # E
    await run(backend, select=[1])  # E
    await run(backend, deadline="1")  # E
    await run(backend, ["WS-CLOSE"])  # E
    await run(backend, timeout=1)  # E
    await run(backend, level="MAY")  # E
    await run(backend, level=1)  # E
    await run(backend, deviations=["WS-CLOSE-02"])  # E
    await run(backend, deviations={1: "a reason"})  # E
    await run(backend, deviations={"WS-CLOSE-02": 1})  # E
    await run(backend, name=1)  # E


async def not_awaited() -> None:
    run(backend)  # E


async def a_report_without_await() -> None:
    print(run(backend).conforms)  # E


def a_report(report: Report) -> None:
    report.conforms = True  # E
    report.counts = {}  # E
    report.unmet = ()  # E
    report.results = ()  # E
    print(report.conforms())  # E
    report.is_met = True  # E
    print(report.is_met())  # E
    report.is_partial = True  # E
    print(report.is_partial())  # E
    report.verdict = "conforms"  # E
    print(report.verdict())  # E
    report.not_seen = {}  # E
    print(report.profile.nothing)  # E
    print(report.select[0].nothing)  # E
    print(report.level.nothing)  # E
    print(report.as_json + "")  # E
    print(report.unmet[0].id)  # E
    print(report.as_json()[1])  # E
    print(report.passed)  # E
    report.backend = "mine"  # E
    print(report.versions[1])  # E
    report.versions["Python"] = "3.13"  # E
    print(report.date.year)  # E
    print(report.static[0].verdict)  # E
    report.subject = "server"  # E
    print(report.subject())  # E
    print(report.subject.name)  # E


def a_report_on_nobody(report: Report) -> None:
    if report.subject == "handler": print(report)  # E !pyrefly


def a_report_on_a_server(report: Report) -> None:
    server: Literal["server"] = report.subject  # E
    print(server)
    if report.subject != "backend": assert_never(report.subject)  # E


def a_report_on_a_backend(report: Report) -> None:
    if report.subject != "server": assert_never(report.subject)  # E


def a_subject_that_is_any_text(subject: str) -> None:
    Report("mine", "1.0", "trio", {}, "", (), subject=subject)  # E


def counts(report: Report) -> None:
    print(report.counts[1])  # E
    print(report.not_seen[1])  # E
    print(report.not_seen["SupportsPause"] + "")  # E


def a_result(result: Result) -> None:
    print(result.requirement.number)  # E
    print(result.outcome + 1)  # E
    print(result.seconds.upper())  # E
    result.steps.append("")  # E
    result.outcome = Outcome.PASS  # E


def a_requirement(requirement: Requirement) -> None:
    requirement.id = "WS-CLOSE-03"  # E
    if requirement.level == "MAY": print(requirement)  # E !pyrefly


def a_requirement_that_binds_nobody(requirement: Requirement) -> None:
    if requirement.binds == "client": print(requirement)  # E !pyrefly


def iterations() -> None:
    iter_checks(1)  # E
    iter_checks([1])  # E
    iter_checks(level="MAY")  # E
    iter_checks((), 1)  # E
    read_deviations("deviations.toml")  # E
    read_deviations()  # E
    print(read_deviations.nothing)  # E
    iter_checks().append(1)  # E
    print(iter_checks()[0])  # E
    requirements(1)  # E
    requirements()[1]  # E
    print(requirements()["WS-CLOSE-03"].level.nothing)  # E


PASSED = Result(requirements()["WS-CLOSE-03"], Outcome.PASS, "", "", "", (), 0)
MUST = requirements()["WS-CLOSE-03"]

Outcome("passed").nothing  # E
print(Outcome.PASSED)  # E
of_text: Outcome = "pass"  # E
of_a_number: int = Outcome.PASS  # E
print(SPEC_VERSION)
SPEC_VERSION = "2.0"  # E

Requirement(1, "close", "MUST", "backend", "1.0", "text", "source")  # E
Requirement("id", 1, "MUST", "backend", "1.0", "text", "source")  # E
Requirement("id", "close", "MAY", "backend", "1.0", "text", "source")  # E
Requirement("id", "close", "MUST", "client", "1.0", "text", "source")  # E
Requirement("id", "close", "MUST", "backend", 1.0, "text", "source")  # E
Requirement("id", "close", "MUST", "backend", "1.0", 1, "source")  # E
Requirement("id", "close", "MUST", "backend", "1.0", "text", None)  # E
Requirement("id", "close", "MUST", "backend", "1.0", "text")  # E

Result("WS-CLOSE-03", Outcome.PASS, "", "", "", (), 0)  # E
Result(MUST, "pass", "", "", "", (), 0)  # E
Result(MUST, Outcome.PASS, 1, "", "", (), 0)  # E
Result(MUST, Outcome.PASS, "", 1, "", (), 0)  # E
Result(MUST, Outcome.PASS, "", "", 1, (), 0)  # E
Result(MUST, Outcome.PASS, "", "", "", [], 0)  # E
Result(MUST, Outcome.PASS, "", "", "", ("a",), 0)  # E
Result(MUST, Outcome.PASS, "", "", "", (), "0")  # E
Result(MUST, Outcome.PASS, "", "", "", (), 0, None)  # E
Result(MUST, Outcome.PASS, "", "", "", (), 0, "", ["why"])  # E
Result(MUST, Outcome.PASS, "", "", "", (), 0, "", (1,))  # E
Result(MUST, Outcome.PASS, "", "", "", (), 0, "", (), 1)  # E
Result(MUST, Outcome.PASS, "", "", "", (), 0, "", (), "", [])  # E
Result(MUST, Outcome.PASS, "", "", "", (), 0, "", (), "", (1,))  # E
Result(MUST)  # E

Step("0", 0, 1, "client", "close()", "returned", False)  # E
Step(0, "0", 1, "client", "close()", "returned", False)  # E
Step(0, 0, 1.5, "client", "close()", "returned", False)  # E
Step(0, 0, 1, 1, "close()", "returned", False)  # E
Step(0, 0, 1, "client", 1, "returned", False)  # E
Step(0, 0, 1, "client", "close()", None, False)  # E
Step(0, 0, 1, "client", "close()", "returned", "no")  # E
Step(0, 0, 1, "client", "close()", "returned")  # E

StaticResult(1, "2.4.1", "pass", ())  # E
StaticResult("mypy", 2, "pass", ())  # E
StaticResult("mypy", "2.4.1", "passed", ())  # E
StaticResult("mypy", "2.4.1", "pass", [])  # E
StaticResult("mypy", "2.4.1", "pass", (1,))  # E
StaticResult("mypy", "2.4.1", "pass")  # E
PASSED.steps[0].nothing  # E
of_level: Level = "MAY"  # E

Report(1, "1.0", "trio", {}, "", (PASSED,))  # E
Report("mine", 1, "trio", {}, "", (PASSED,))  # E
Report("mine", "1.0", 1, {}, "", (PASSED,))  # E
Report("mine", "1.0", "trio", {1: ""}, "", (PASSED,))  # E
Report("mine", "1.0", "trio", {"Python": 3}, "", (PASSED,))  # E
Report("mine", "1.0", "trio", {}, 1, (PASSED,))  # E
Report("mine", "1.0", "trio", {}, "", [PASSED])  # E
Report("mine", "1.0", "trio", {}, "", (MUST,))  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), [])  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), ("mypy",))  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), (), "handler")  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), "server")  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), (), "server", 1)  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), (), "server", "", ["WS-CLOSE"])  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), (), "server", "", (1,))  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), (), "server", "", (), "MAY")  # E
Report("mine", "1.0", "trio", {}, "", (PASSED,), (), "server", "", (), "MUST", "more")  # E
Report("mine", "1.0", "trio", {}, "")  # E

Check(1, "closes", (), function)  # E
Check("WS-CLOSE-01", 1, (), function)  # E
Check("WS-CLOSE-01", "closes", ["WS-CLOSE-02"], function)  # E
Check("WS-CLOSE-01", "closes", (1,), function)  # E
Check("WS-CLOSE-01", "closes", (), "function")  # E
Check("WS-CLOSE-01", "closes", (), synchronous)  # E
Check("WS-CLOSE-01", "closes", ())  # E
Check("WS-CLOSE-01", "closes", (), function).function()  # E

Result.of_failure("WS-CLOSE-03", "step", "1000", "1006")  # E
Result.of_failure(MUST, 1, "1000", "1006")  # E
Result.of_failure(MUST, "step", 1000, "1006")  # E
Result.of_failure(MUST, "step", "1000", 1006)  # E
Result.of_failure(MUST, "step", "1000", "1006", [])  # E
Result.of_failure(MUST, "step", "1000", "1006", ("a",))  # E
Result.of_failure(MUST, "step", "1000", "1006", (), "1")  # E
Result.of_failure(MUST, "step", "1000", "1006", (), 1, ["why"])  # E
Result.of_failure(MUST, "step", "1000", "1006", (), 1, (1,))  # E
Result.of_failure(MUST, "step", "1000")  # E
Result.of_failure(MUST, "step", "1000", "1006").nothing  # E
Report.from_json()  # E
Report.from_json({}).nothing  # E
Report("mine", "1.0", "curio", {}, "", (PASSED,))  # E
of_library: Library = "curio"  # E
print(Outcome.PASS.blocks.nothing)  # E
print(Outcome.PASS.blocks())  # E


def selections() -> None:
    select_requirements(1)  # E
    select_requirements([1])  # E
    select_requirements((), "MAY")  # E
    print(select_requirements()[0].nothing)  # E
    print(select_requirements()["WS-CLOSE-03"])  # E


def deviations() -> None:
    apply_deviations("WS-CLOSE-03", {})  # E
    apply_deviations(PASSED, ["WS-CLOSE-03"])  # E
    apply_deviations(PASSED, {"WS-CLOSE-03": 1})  # E
    apply_deviations(PASSED, {1: "why"})  # E
    apply_deviations(PASSED)  # E
    apply_deviations(PASSED, {}).nothing  # E


async def results_as_they_come() -> None:
    run_checks(["WS-CLOSE-01"], backend)  # E
    run_checks(iter_checks(), "backend")  # E
    run_checks(iter_checks(), backend, 1)  # E
    run_checks(iter_checks(), backend, deadline="1")  # E
    run_checks(iter_checks(), backend, outcomes={"WS-CLOSE-01": "pass"})  # E
    run_checks(iter_checks(), backend, outcomes={1: Outcome.PASS})  # E
    run_checks(iter_checks(), backend, on_step=print())  # E
    run_checks(iter_checks(), backend, on_step=len)  # E
    await run_checks(iter_checks(), backend)  # E
    for result in run_checks(iter_checks(), backend): print(result)  # E
    async for result in run_checks(iter_checks(), backend): print(result.nothing)  # E
    new_report()  # E
    new_report("backend")  # E
    new_report(backend, 1)  # E
    print(new_report(backend).nothing)  # E
