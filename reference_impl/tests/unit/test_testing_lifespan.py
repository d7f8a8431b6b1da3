"""An application's lifespan in a test: around several clients, and around one."""

from typing import Any

import anyio
import anyio.lowlevel
import pytest

from bareasgi_ws import Application
from bareasgi_ws.testing import DeadlineError, connect, lifespan

pytestmark = pytest.mark.anyio


class Alive:
    """An ASGI application whose lifespan sends the events that it is made with, and raises what it is given."""

    def __init__(self, *answers: dict[str, Any], raises: dict[str, Exception] | None = None) -> None:
        self.answers = list(answers)
        self.raises = raises or {}
        self.told: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            self.told.append("websocket")
            scope["state"]["count"] += 1
            scope["state"]["list"].append(len(self.told))
            await receive()
            await send({"type": "websocket.close"})
            return
        scope["state"].update(count=0, list=[])
        for answer in self.answers:
            self.told.append((await receive())["type"])
            await send(answer)
            if self.told[-1] in self.raises:
                raise self.raises[self.told[-1]]


STARTED = {"type": "lifespan.startup.complete"}
STOPPED = {"type": "lifespan.shutdown.complete"}


async def test_clients_share_a_state_and_have_copies() -> None:
    application = Alive(STARTED, STOPPED)
    async with lifespan(application) as state:
        for _ in range(2):
            async with connect(application, state=state) as client:
                await client.handshake()
        assert state == {"count": 0, "list": [2, 3]}
        assert application.told == ["lifespan.startup", "websocket", "websocket"]
    assert application.told[3:] == ["lifespan.shutdown"]


async def test_connect_runs_it_around_its_connection() -> None:
    application = Alive(STARTED, STOPPED)
    async with connect(application, lifespan=True) as client:
        assert (await client.handshake()).status == 403
    assert application.told == ["lifespan.startup", "websocket", "lifespan.shutdown"]


async def test_an_application_of_ours_completes_it() -> None:
    async with connect(Application(), lifespan=True) as client:
        assert (await client.handshake()).status == 404


async def raises_for_a_lifespan(scope: Any, receive: Any, send: Any) -> None:
    assert scope["type"] == "websocket"
    await receive()
    await send({"type": "websocket.close"})


async def returns_for_a_lifespan(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await raises_for_a_lifespan(scope, receive, send)


@pytest.mark.parametrize("application", [raises_for_a_lifespan, returns_for_a_lifespan])
async def test_an_application_without_one_is_left_alone(application: Any) -> None:
    async with lifespan(application) as state, connect(application, state=state) as client:
        assert state == {}
        assert (await client.handshake()).status == 403


FAILED = {"type": "lifespan.startup.failed", "message": "no database"}
NOT_STOPPED = {"type": "lifespan.shutdown.failed", "message": "no way out"}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([FAILED], "lifespan: the application's startup failed: no database"),
        ([{"type": "lifespan.startup.failed"}], "lifespan: the application's startup failed: it gives no reason"),
        ([STARTED, NOT_STOPPED], "lifespan: the application's shutdown failed: no way out"),
    ],
)
async def test_a_failure_is_an_error(answers: list[dict[str, Any]], said: str) -> None:
    cause = LookupError("the cause")
    application = Alive(*answers, raises={"lifespan.startup" if len(answers) == 1 else "lifespan.shutdown": cause})
    with pytest.raises(RuntimeError) as raised:
        async with lifespan(application):
            assert len(answers) == 2, "the body of one that did not start"
    assert str(raised.value) == said
    assert raised.value.__cause__ is cause


@pytest.mark.parametrize("when", ["lifespan.startup", "lifespan.shutdown"])
async def test_what_it_raises_after_its_start_is_raised(when: str) -> None:
    error = LookupError("after the start")
    with pytest.raises(LookupError) as raised:
        async with lifespan(Alive(STARTED, STOPPED, raises={when: error})):
            pass
    assert raised.value is error


async def test_the_bodys_own_error_comes_first_and_the_application_stops() -> None:
    application = Alive(STARTED, NOT_STOPPED)
    failure = LookupError("the test's own")
    with pytest.raises(LookupError) as raised:
        async with lifespan(application):
            raise failure
    assert raised.value is failure
    assert application.told == ["lifespan.startup", "lifespan.shutdown"]
    assert failure.__notes__ == [
        "the application's end raised RuntimeError(\"lifespan: the application's shutdown failed: no way out\")"
    ]


async def test_a_body_that_is_cancelled_lets_the_application_stop() -> None:
    stopped = False

    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal stopped
        await receive()
        await send(STARTED)
        await receive()
        for _ in range(10):  # longer than a cancellation takes to arrive
            await anyio.lowlevel.checkpoint()
        stopped = True
        await send(STOPPED)

    with anyio.CancelScope() as scope:
        async with lifespan(application):
            scope.cancel()
            await anyio.sleep_forever()
    assert scope.cancelled_caught
    assert stopped


async def test_one_that_waits_on_after_its_end_is_cancelled() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        while True:
            await send({"type": (await receive())["type"] + ".complete"})

    async with lifespan(application, deadline=60):
        pass


@pytest.mark.parametrize("step", ["startup", "shutdown"])
async def test_a_deadline_names_the_step(step: str) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        while (event := await receive())["type"] != f"lifespan.{step}":
            await send({"type": event["type"] + ".complete"})
        await anyio.sleep_forever()

    said = f"^lifespan: the application did not answer 'lifespan.{step}' within 0.25 s$"
    with pytest.raises(DeadlineError, match=said):
        async with lifespan(application, deadline=0.25):
            assert step == "shutdown"


async def test_an_answer_that_was_not_asked_for_is_an_error_in_the_application() -> None:
    heard: list[str] = []
    done = anyio.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        for answer in (STOPPED, STARTED, STARTED):
            try:
                await send(answer)
            except RuntimeError as error:
                heard.append(str(error))
        done.set()

    async with lifespan(application):
        await done.wait()
    assert heard == [
        "unexpected event 'lifespan.shutdown.complete': the application was asked for its startup",
        "unexpected event 'lifespan.startup.complete': the application was asked for its startup",
    ]


async def test_it_is_entered_in_one_task_and_left_in_another() -> None:
    application = Alive(STARTED, STOPPED)
    alive = lifespan(application)

    async def leave() -> None:
        await alive.__aexit__(None, None, None)

    for step in (alive.__aenter__, leave):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(step)
    assert application.told == ["lifespan.startup", "lifespan.shutdown"]
