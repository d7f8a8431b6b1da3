"""The kit: what it does with a backend that hangs, crashes, or offers little."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import anyio
import pytest

from bareasgi_ws._reference.socket import DenyingWebSocket, ReferenceWebSocket
from bareasgi_ws._rules.states import OPEN
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import Backend, Check, MemoryBackend, Outcome, Peer, iter_checks, run
from bareasgi_ws.conformance._context import CheckContext
from bareasgi_ws.conformance._ends import HandlerEnd
from bareasgi_ws.conformance.runner import run_checks

from ..sample_reports import SmallBackend, reference_with

pytestmark = pytest.mark.anyio


class HangsInReceive(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        await anyio.sleep_forever()


class CrashesInReceive(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        raise ZeroDivisionError("a fault of its own")


async def test_a_hang_fails_with_the_name_of_its_step() -> None:
    report = await run(reference_with(HangsInReceive), select=["WS-RECEIVE-07"], deadline=1)
    result = report.results[-1]
    assert result.outcome is Outcome.FAIL
    assert (result.step, result.expected) == ("handler: receive()", "an end within 1 s")
    assert result.actual == "still waiting after 1 s"
    steps = [(step.side, step.action, step.result) for step in result.steps if not step.failed]
    assert ("handler", "accept()", "returned") in steps
    hung = next(step for step in result.steps if step.failed)
    assert (hung.side, hung.action) == ("handler", "receive()")
    assert hung.result == "expected an end within 1 s, still waiting after 1 s"


@pytest.mark.parametrize(("requirement", "code"), [("WS-SERVER-12", 4001), ("WS-LIFETIME-03", 1000)])
async def test_in_the_suite_for_servers_the_client_leaves_first(requirement: str, code: int) -> None:
    codes: list[int | None] = []

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()

    async def checked(context: CheckContext) -> None:
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await anyio.wait_all_tasks_blocked()
            await client.close(4001)
        codes.append(client.peer.code)

    check = Check(requirement, "checked", (), checked)
    [result] = [result async for result in run_checks([check], backend, deadline=1)]
    assert result.outcome is Outcome.PASS
    assert codes == [code]


async def test_a_crash_is_a_failed_check() -> None:
    report = await run(reference_with(CrashesInReceive), select=["WS-RECEIVE-07"], deadline=1)
    assert report.results[-1].actual == "ZeroDivisionError: a fault of its own"


async def test_what_needs_a_failed_requirement_is_blocked() -> None:
    report = await run(reference_with(CrashesInReceive), select=["WS-RECEIVE-06"], deadline=1)
    assert [(result.requirement.id, result.outcome) for result in report.results] == [
        ("WS-HANDSHAKE-01", Outcome.PASS),
        ("WS-RECEIVE-05", Outcome.FAIL),
        ("WS-RECEIVE-06", Outcome.BLOCKED),
    ]
    assert str(report).endswith("WS-RECEIVE-06 blocked: needs WS-RECEIVE-05")


class CrashingBackend:
    socket_type = ReferenceWebSocket

    @asynccontextmanager
    async def connect(self, handler: Any, **how: Any) -> AsyncIterator[Peer]:
        raise ZeroDivisionError("no connection")
        yield


async def test_a_backend_that_crashes_fails_and_the_kit_goes_on() -> None:
    report = await run(CrashingBackend(), deadline=1)
    assert not report.conforms
    assert report.counts[Outcome.PASS] == 0
    assert report.results[0].actual == "ZeroDivisionError: no connection"


async def test_a_memory_backend_takes_an_application_of_any_signature() -> None:
    def make_application(handler: Any, route: str, content: Any, info: Any) -> Any:
        made = reference_with(DenyingWebSocket)._make_application(handler, route, content, info)

        async def application(*arguments: Any) -> None:
            await made(*arguments)

        return application

    report = await run(MemoryBackend(make_application, ReferenceWebSocket), select=["WS-HANDSHAKE-01"])
    assert report.is_met


async def test_the_five_members_alone_conform() -> None:
    report = await run(SmallBackend(), deadline=1)
    assert report.conforms
    lacking = {result.requirement.id: result.outcome for result in report.unmet}
    assert set(lacking.values()) == {Outcome.NOT_OFFERED, Outcome.NOT_SEEN}
    assert {lacking[f"WS-CAPABILITY-0{number}"] for number in range(1, 8)} == {Outcome.NOT_OFFERED}
    for result in report.unmet:
        whose = "web_socket" if result.outcome is Outcome.NOT_OFFERED else "peer"
        assert result.step == f"its {whose} is not a {result.missing}"


class ReopensWhenCancelled(DenyingWebSocket[Any]):
    async def close(self, code: Any = 1000) -> None:
        try:
            await super().close(code)
        except anyio.get_cancelled_exc_class():
            self._enter(OPEN)
            self._code = None
            raise LookupError("a fault of its own") from None


async def test_an_error_in_a_checks_handler_is_a_failure() -> None:
    report = await run(reference_with(ReopensWhenCancelled), select=["WS-CANCELLATION-03"], deadline=1)
    assert report.results[-1].outcome is Outcome.FAIL


class HangingBackend:
    socket_type = ReferenceWebSocket

    @asynccontextmanager
    async def connect(self, handler: Any, **how: Any) -> AsyncIterator[Peer]:
        await anyio.sleep_forever()
        yield cast("Peer", None)


async def test_a_backend_that_hangs_outside_every_step_ends() -> None:
    report = await run(HangingBackend(), select=["WS-HANDSHAKE-01"], deadline=0.01)
    result = report.results[0]
    assert (result.step, result.expected) == ("client: connecting", "an end within 0.1 s")
    assert result.actual == "still waiting after 0.1 s"


async def test_a_backend_that_hangs_everywhere_ends_the_run_soon() -> None:
    report = await run(HangingBackend(), deadline=0.01)
    assert report.counts[Outcome.PASS] == 0
    # Each of these took ten deadlines; the others were not tried.
    tried = [result for result in report.results if result.outcome is not Outcome.BLOCKED]
    assert len(tried) == len([check for check in iter_checks() if not check.needs]) <= 5
    assert {result.expected for result in tried} == {"an end within 0.1 s"}


async def test_what_is_not_offered_is_not_blocked() -> None:
    class Less(SmallBackend):
        @asynccontextmanager
        async def connect(self, handler: Any, **how: Any) -> AsyncIterator[Any]:
            async def late(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
                web_socket.close = cast("Any", None)
                await handler(scope, info, matches, web_socket)

            async with super().connect(late, **how) as client:
                yield client

    report = await run(cast("Backend", Less()), select=["WS-CAPABILITY-06"], deadline=1)
    outcomes = {result.requirement.id: result.outcome for result in report.results}
    assert outcomes["WS-CLOSE-01"] is Outcome.FAIL
    assert outcomes["WS-CAPABILITY-06"] is Outcome.NOT_OFFERED


async def test_the_report_is_json() -> None:
    report = (await run(backend, select=["WS-HANDSHAKE-01"])).as_json()
    assert report["conforms"] is None
    assert report["verdict"] == "met what was looked at: 1 of 1"
    assert report["counts"]["pass"] == 1
    assert report["results"][0]["requirement"]["id"] == "WS-HANDSHAKE-01"
    assert report["results"][0]["outcome"] == "pass"
