"""The checks bite: a backend with one fault fails the requirement that the fault breaks, and no other."""

from collections.abc import Iterable

import pytest

from bareasgi_ws.conformance import Outcome, requirements, run

from .broken import FAULTS, Fault

pytestmark = pytest.mark.slow

ALL = [requirement.id for requirement in requirements().values() if requirement.chapter != "server"]

# These checks wait for a close timeout, or take thousands of messages, so that they are run for their own faults only.
LONG = {
    "WS-CLOSE-12",
    "WS-CONCURRENCY-06",
    "WS-LIFETIME-12",
    "WS-RECEIVE-11",
    "WS-SEND-13",
    "WS-CONCURRENCY-07",
    "WS-CAPABILITY-13",
    "WS-CAPABILITY-14",
}


NAMES = [pytest.param(name, id=f"{fault.requirement}-{name}") for name, fault in FAULTS.items()]


@pytest.mark.anyio
@pytest.mark.parametrize("name", NAMES)
async def test_one_fault_fails_its_own_requirement(name: str) -> None:
    await fails(FAULTS[name], {FAULTS[name].requirement})


# Two hundred runs of the whole kit take minutes.
@pytest.mark.nightly
@pytest.mark.anyio
@pytest.mark.parametrize("name", NAMES)
async def test_one_fault_fails_no_other_requirement(name: str) -> None:
    fault = FAULTS[name]
    long = LONG if fault.requirement in LONG else set[str]()
    await fails(fault, {*ALL} - LONG | long, fault.blocked if long else fault.blocked - LONG)


async def fails(fault: Fault, select: set[str], blocked: Iterable[str] = ()) -> None:
    report = await run(fault.backend, select=select, deadline=1)
    actual = {result.requirement.id: result.outcome for result in report.unmet}
    is_must = requirements()[fault.requirement].level == "MUST"
    failing = Outcome.FAIL if is_must else Outcome.NON_STRICT
    expected = {fault.requirement: failing} | dict.fromkeys(blocked, Outcome.BLOCKED)
    assert actual == expected, str(report)
    failed = next(result for result in report.results if result.requirement.id == fault.requirement)
    assert failed.step
    assert failed.expected
    assert failed.actual
    assert report.conforms is not is_must


def test_every_must_that_binds_a_backend_has_a_fault() -> None:
    musts = {r.id for r in requirements().values() if r.level == "MUST" and r.binds == "backend"}
    assert {fault.requirement for fault in FAULTS.values()} >= musts
