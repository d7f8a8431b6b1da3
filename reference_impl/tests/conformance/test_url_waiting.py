"""Over a URL the kit sees what a call of the handler's leaves behind while it waits: one fault, one failure."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import anyio.lowlevel
import pytest
import uvicorn

from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import Outcome, URLBackend, run

from ..sample_reports import reference_with
from .broken import cancellation, capability, close, concurrency
from .faulty_server.server import Healthy, listening

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

FILLED = {
    "WS-CLOSE-11": close.IsClosedInTheEnd,
    "WS-CANCELLATION-02": cancellation.GivesUpWhenASendIsCancelled,
    "WS-CANCELLATION-03": cancellation.TakesBackACancelledClose,
    "WS-CAPABILITY-08": capability.ForgetsAReasonThatWasCancelled,
}
"""Faults of calls that wait where the buffers of TCP are full."""

ANSWERING = {
    "WS-CONCURRENCY-05": concurrency.TakesTheFirstAcceptForItsOwn,
    "WS-CANCELLATION-04": cancellation.TakesBackACancelledAccept,
    "WS-CAPABILITY-09": capability.TakesBackACancelledDenial,
}
"""Faults of calls that wait where the server has them wait."""


def on_socket(in_memory: Any, *, waits: bool = False) -> URLBackend:
    """Return what is a backend in memory as one on a real server, which may have each event wait for a turn."""

    @asynccontextmanager
    async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
        application = in_memory._make_application(handler, route, content, info)

        async def served(scope: Any, receive: Any, send: Any) -> None:
            async def send_later(event: Any) -> None:
                if waits:
                    await anyio.lowlevel.checkpoint()
                await send(event)

            await application(scope, receive, send_later)

        config = uvicorn.Config(served, interface="asgi3", lifespan="off", http="h11", log_config=None)
        async with anyio.create_task_group() as tasks, listening(Healthy, config, tasks.start_soon) as url:
            yield url

    return URLBackend(serve, in_memory.socket_type, logger="uvicorn.error", close_timeout=in_memory.close_timeout)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("requirement", [*FILLED, *ANSWERING])
async def test_a_fault_of_a_call_that_waits_is_seen(requirement: str) -> None:
    in_memory = reference_with({**FILLED, **ANSWERING}[requirement])
    report = await run(on_socket(in_memory, waits=requirement in ANSWERING), select=[requirement])
    actual = {result.requirement.id: result.outcome for result in report.unmet}
    assert actual == {requirement: Outcome.FAIL}, str(report)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_call_that_never_waits_shows_nothing(anyio_backend: str) -> None:
    report = await run(on_socket(reference), select=[*FILLED, *ANSWERING])
    assert {result.requirement.id for result in report.unmet} == {*ANSWERING}, str(report)
    assert {str(result) for result in report.unmet} == {"its peer is not a SupportsPause"}


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_the_reference_keeps_them_where_its_server_waits(anyio_backend: str) -> None:
    report = await run(on_socket(reference, waits=True), select=[*FILLED, *ANSWERING])
    assert not report.unmet, str(report)
