"""Each backend passes the conformance kit, with no deviation but those that its library forces."""

from pathlib import Path

import pytest

from bareasgi_ws.backends import bareasgi, starlette, websockets
from bareasgi_ws.conformance import Outcome, iter_checks, read_deviations, run

from ..bareasgi_environments import GENERATIONS, results

EXTRAS = ("SupportsInject", "SupportsPause", "SupportsCancel", "SupportsServerScope")
OVER_A_SOCKET = {f"its peer is not a {extra}" for extra in EXTRAS}
FOLDER = Path(__file__).parent
DEVIATIONS = FOLDER / "deviations_starlette.toml"


@pytest.mark.anyio
async def test_on_starlette() -> None:
    deviations = read_deviations(DEVIATIONS)
    report = await run(starlette.backend, deviations=deviations)
    assert report.conforms, str(report)
    others = {result.requirement.id for result in report.results if result.outcome is not Outcome.PASS}
    assert others == set(deviations)


@pytest.mark.slow
@pytest.mark.parametrize("generation", GENERATIONS)
def test_on_bareasgi(generation: int, tmp_path: Path) -> None:
    file = FOLDER / f"deviations_bareasgi_{generation}.toml"
    deviations = read_deviations(file) if file.exists() else {}
    options = ["--deviations", str(file)] if deviations else []
    found = results(generation, "bareasgi_ws.backends.bareasgi:backend", tmp_path, "--no-static", *options)
    others = {number: result["outcome"] for number, result in found.items() if result["outcome"] != "pass"}
    assert others == dict.fromkeys(deviations, "deviates")
    assert list(found) == [check.requirement for check in iter_checks()]


@pytest.mark.anyio
async def test_on_bareasgi_3_here() -> None:
    report = await run(bareasgi.backend)
    assert {result.outcome for result in report.results} == {Outcome.PASS}, str(report)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_on_websockets() -> None:
    report = await run(websockets.backend)
    assert report.conforms, str(report)
    assert {result.outcome for result in report.results} == {Outcome.PASS, Outcome.NOT_SEEN}
    assert {result.step for result in report.results if result.outcome is Outcome.NOT_SEEN} <= OVER_A_SOCKET
