"""The checks of what binds servers bite: a server with one fault fails the requirement that the fault breaks."""

import pytest

from bareasgi_ws.conformance import Outcome, Result, requirements
from bareasgi_ws.conformance._server.check import run_check
from bareasgi_ws.conformance._server.checks import CHECKS
from bareasgi_ws.conformance._server.failure import NoResponseError
from bareasgi_ws.conformance._server.server import Server, Target

from .faulty_server import FAULTS, PATIENCE, failed, raw_server

pytestmark = pytest.mark.slow

SERVERS = [requirement.id for requirement in requirements().values() if requirement.binds == "server"]


def checked(number: str, target: Target, deadline: float) -> Result:
    try:
        return run_check(CHECKS[number], Server(target, deadline)).result
    except NoResponseError as error:
        return Result.of_failure(requirements()[number], "server: going on", "a response", str(error))


def test_a_healthy_server_has_none() -> None:
    with raw_server() as target:
        results = [checked(number, target, PATIENCE) for number in CHECKS]
    assert [str(one) for one in results if one.outcome is not Outcome.PASS] == []


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_fails_its_own_requirement(name: str) -> None:
    fault = FAULTS[name]
    with fault.raw() as target:
        for need in CHECKS[fault.requirement].needs:
            assert checked(need, target, PATIENCE).outcome is Outcome.PASS
        result = checked(fault.requirement, target, fault.deadline)
    assert result.outcome is failed(fault.requirement)
    assert result.step
    assert result.expected
    assert result.actual


def test_all_that_binds_servers_has_a_check_and_a_fault() -> None:
    assert sorted(CHECKS) == sorted(SERVERS)
    assert {fault.requirement for fault in FAULTS.values()} == {*SERVERS}
