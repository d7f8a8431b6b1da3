"""The checks bite: a backend with one fault fails the requirement that the fault breaks, and no other."""

from typing import Any

import pytest

from bareasgi_ws._reference import lifetime
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import Outcome, run

from .broken import FAULTS


@pytest.mark.anyio
@pytest.mark.parametrize("requirement", FAULTS)
async def test_one_fault_fails_its_own_requirement(requirement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_broken(*arguments: Any) -> Any:
        return FAULTS[requirement](*arguments)

    monkeypatch.setattr(lifetime, "open_web_socket", open_broken)
    report = await run(backend, deadline=1)
    failed = [result for result in report.results if result.outcome in (Outcome.FAIL, Outcome.NON_STRICT)]
    assert [result.requirement.id for result in failed] == [requirement]
    for result in report.unmet:
        assert result.outcome is not Outcome.BLOCKED or requirement in result.step
    assert failed[0].step
    assert failed[0].expected
    assert failed[0].came
    assert not report.conforms
