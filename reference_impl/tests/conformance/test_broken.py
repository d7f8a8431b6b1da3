"""The checks bite: a backend with one fault fails the requirement that the fault breaks, and no other."""

from typing import Any

import pytest

from bareasgi_ws._reference import lifetime
from bareasgi_ws.conformance import Outcome, requirements, run

from .broken import FAULTS

pytestmark = pytest.mark.slow


@pytest.mark.anyio
@pytest.mark.parametrize("requirement", FAULTS)
async def test_one_fault_fails_its_own_requirement(requirement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = FAULTS[requirement]
    if fault.web_socket is not None:

        def open_broken(*arguments: Any) -> Any:
            assert fault.web_socket is not None
            return fault.web_socket(*arguments)

        monkeypatch.setattr(lifetime, "open_web_socket", open_broken)
    report = await run(fault.backend, deadline=1)
    came = {result.requirement.id: result.outcome for result in report.unmet}
    assert came == {requirement: Outcome.FAIL} | dict.fromkeys(fault.blocked, Outcome.BLOCKED), str(report)
    failed = next(result for result in report.results if result.requirement.id == requirement)
    assert failed.step
    assert failed.expected
    assert failed.came
    assert not report.conforms


def test_every_must_that_binds_a_backend_has_a_fault() -> None:
    musts = {r.id for r in requirements().values() if r.level == "MUST" and r.binds == "backend"}
    assert set(FAULTS) == musts
