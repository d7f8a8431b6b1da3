"""Each example of a backend that has a kit of its own conforms, over a real socket."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from bareasgi_ws.conformance import Outcome, run

BACKENDS = Path(__file__).parents[3] / "examples" / "backends"
OVER_A_SOCKET = {f"its peer is no {extra}" for extra in ("CanInject", "CanPause", "CanCancel")}


@pytest.mark.anyio
@pytest.mark.slow
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_the_tutorial_conforms_with_every_capability(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BACKENDS)
    kit: dict[str, Any] = runpy.run_path(str(BACKENDS / "on_aiohttp_kit.py"))
    report = await run(kit["backend"])
    assert report.conforms, str(report)
    assert {result.outcome for result in report.results} == {Outcome.PASS, Outcome.NOT_OFFERED}
    assert {result.step for result in report.results if result.outcome is Outcome.NOT_OFFERED} <= OVER_A_SOCKET


def test_the_tutorial_is_short() -> None:
    assert len((BACKENDS / "on_aiohttp.py").read_text("utf-8").splitlines()) <= 60
