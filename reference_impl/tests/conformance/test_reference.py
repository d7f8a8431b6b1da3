"""The reference keeps every requirement."""

import pytest

from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import Outcome, iter_checks, run


@pytest.mark.anyio
async def test_the_reference_passes_every_check(anyio_backend: str) -> None:
    report = await run(backend)
    assert report.library == anyio_backend
    assert [str(result.requirement.id) for result in report.unmet] == []
    assert [result.requirement.id for result in report.results] == [check.requirement for check in iter_checks()]
    assert report.counts[Outcome.PASS] == len(report.results)
    assert report.conforms
