"""The reference implementation on real servers, in this process, over a real socket: each through a URLBackend."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

import anyio
import hypercorn.config
import hypercorn.trio
import pytest
import trio
import uvicorn
import uvicorn.server

from bareasgi_ws import Application
from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.conformance import Report, run
from bareasgi_ws.conformance.url import URLBackend

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


def on_uvicorn(implementation: Any, logger: str | None = "uvicorn.error") -> URLBackend:
    @asynccontextmanager
    async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
        application = Application(info=info, close_timeout=0.1)
        application.ws_router.add(route, handler, content=content)
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(application, ws=implementation, lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(server.serve, [listener])
            yield f"ws://127.0.0.1:{listener.getsockname()[1]}"
            await applications_ended(server)
            server.should_exit = True

    return URLBackend(serve, ReferenceWebSocket, logger=logger, close_timeout=0.1)


async def applications_ended(server: uvicorn.Server) -> None:
    """Let a handler that the kit cancelled before accept end while it can still answer.

    uvicorn 0.54 with websockets-sansio answers 500 itself as it stops, then again as the application ends: an
    AssertionError of its own, in a task that nobody awaits.
    """
    if tasks := server.server_state.tasks:
        await asyncio.wait(tasks, timeout=1)


@asynccontextmanager
async def serve_on_hypercorn(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    application: Any = Application(info=info, close_timeout=0.1)
    application.ws_router.add(route, handler, content=content)
    config = hypercorn.config.Config()
    config.bind, config.errorlog = ["127.0.0.1:0"], logging.getLogger("hypercorn.error")
    stopping = trio.Event()
    try:
        async with trio.open_nursery() as tasks:
            serving = partial(hypercorn.trio.serve, application, config, shutdown_trigger=stopping.wait)
            (url,) = await tasks.start(serving)
            yield url.replace("http", "ws")
            stopping.set()
    except* trio.BusyResourceError:
        # hypercorn 0.18 closes a connection without the lock under which it sends: a client's close and the handler's
        # end at the same time end the whole server.
        pass


# What a check may ask for that a peer at the other end of a socket does not have.
EXTRAS = ("SupportsInject", "SupportsPause", "SupportsCancel", "SupportsServerScope")
BESIDE_THE_SERVER = {f"its peer is not a {extra}" for extra in EXTRAS}

# uvicorn 0.54 reports a lost connection as 1005 on these two.
LOST_IS_1005 = {"WS-CODE-10": "non-strict"}

# uvicorn 0.54 decodes a header's value as Latin-1 for websockets, which encodes it as UTF-8.
VALUES_ARE_ENCODED_TWICE = {"WS-HANDSHAKE-17": "non-strict"}

# uvicorn 0.54 logs an error after every denial response on websockets-sansio (Kludex/uvicorn pull request 3138).
DENIAL_IS_LOGGED = {"WS-LIFETIME-08": "fail"}

# hypercorn 0.18 reports 1006 for every close of the client's.
EVERY_CLOSE_IS_1006 = {"WS-CODE-09": "non-strict"}

# hypercorn 0.18 on trio lets no send be cancelled that waits for its client (WS-SERVER-36).
NO_SEND_IS_CANCELLED = {"WS-CLOSE-12": "fail"} | dict.fromkeys(
    ("WS-LIFETIME-12", "WS-CONCURRENCY-06", "WS-CAPABILITY-13", "WS-CAPABILITY-14"), "blocked"
)

UVICORN = {
    "websockets": VALUES_ARE_ENCODED_TWICE,
    "websockets-sansio": LOST_IS_1005 | DENIAL_IS_LOGGED,
    "wsproto": LOST_IS_1005,
}


@pytest.fixture
def hasty_uvicorn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let uvicorn look every 5 ms whether it is to stop, instead of every 100: a run of the kit stops it 200 times."""
    hasty = SimpleNamespace(**vars(asyncio) | {"sleep": lambda seconds: asyncio.sleep(seconds / 20)})
    monkeypatch.setattr(uvicorn.server, "asyncio", hasty)


def unmet(report: Report) -> dict[str, str]:
    """Return the outcomes of the requirements that are no pass, but those that cannot be checked over a socket."""
    offered = [r for r in report.results if r.outcome != "not seen" or r.step not in BESIDE_THE_SERVER]
    return {r.requirement.id: r.outcome.value for r in offered if r.outcome != "pass"}


@pytest.mark.filterwarnings("ignore:The `websockets` implementation is deprecated")
@pytest.mark.filterwarnings(r"ignore:(websockets\.|remove second argument of ws_handler):DeprecationWarning")
@pytest.mark.usefixtures("hasty_uvicorn")
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("implementation", UVICORN)
async def test_the_reference_on_uvicorn(implementation: str) -> None:
    report = await run(on_uvicorn(implementation))
    assert unmet(report) == UVICORN[implementation], str(report)
    assert report.conforms is (implementation != "websockets-sansio")


@pytest.mark.parametrize("anyio_backend", ["trio"])
async def test_the_reference_on_hypercorn() -> None:
    backend = URLBackend(serve_on_hypercorn, ReferenceWebSocket, logger="hypercorn.error", close_timeout=0.1)
    report = await run(backend)
    assert unmet(report) == EVERY_CLOSE_IS_1006 | NO_SEND_IS_CANCELLED, str(report)
    assert not report.conforms


@pytest.mark.usefixtures("hasty_uvicorn")
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_without_the_servers_log_less_is_checked() -> None:
    report = await run(on_uvicorn("wsproto", None), select=["WS-LIFETIME-06", "WS-LIFETIME-08"])
    assert unmet(report) == {"WS-LIFETIME-06": "not seen"}
    assert report.is_met
