"""The checks of what binds servers bite: a server with one fault fails the requirement that the fault breaks."""

import pytest

from bareasgi_ws.conformance import iter_checks, requirements, run

from .faulty_server import FAULTS, PATIENCE, Fault, failed, server

pytestmark = pytest.mark.slow

SERVERS = [requirement.id for requirement in requirements().values() if requirement.binds == "server"]

# These checks take longer than all others together, so that they are run for their own faults only.
LONG = {f"WS-SERVER-{number}" for number in (11, 14, 26, 30, 33, 34, 36)}


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_healthy_server_has_none() -> None:
    report = await run(server(), select=SERVERS, deadline=PATIENCE)
    assert not report.unmet, str(report)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("name", FAULTS)
async def test_one_fault_fails_its_own_requirement(name: str) -> None:
    await fails(FAULTS[name], {FAULTS[name].requirement})


# A hundred runs of all checks take minutes.
@pytest.mark.nightly
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("name", FAULTS)
async def test_one_fault_fails_no_other_requirement(name: str) -> None:
    await fails(FAULTS[name], {*SERVERS} - LONG | {FAULTS[name].requirement})


async def fails(fault: Fault, select: set[str]) -> None:
    report = await run(fault.backend, select=select, deadline=fault.deadline)
    expected = {number: outcome for number, outcome in fault.unmet.items() if number in select}
    assert {result.requirement.id: result.outcome for result in report.unmet} == expected, str(report)
    (own,) = [result for result in report.results if result.requirement.id == fault.requirement]
    assert own.outcome is failed(fault.requirement)
    assert own.step
    assert own.expected
    assert own.actual


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_what_its_requirement_needs(name: str) -> None:
    fault = FAULTS[name]
    (needs,) = [check.needs for check in iter_checks([fault.requirement]) if check.requirement == fault.requirement]
    assert needs
    assert not {*needs} & {*fault.unmet}


def test_all_that_binds_servers_has_a_fault() -> None:
    assert {fault.requirement for fault in FAULTS.values()} == {*SERVERS}
