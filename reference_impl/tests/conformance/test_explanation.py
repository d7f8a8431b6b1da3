"""What a failure says beside the step: the exception that explains it, and which step is to blame."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest

from bareasgi_ws._reference.socket import DenyingWebSocket, ReferenceWebSocket
from bareasgi_ws._rules.arguments import error_line
from bareasgi_ws.conformance import MemoryBackend, Outcome, Result, run
from bareasgi_ws.conformance._explanation import explanation, whole
from bareasgi_ws.testing import connect

from ..sample_reports import BarePeer, application_with, reference_with
from .broken import FAULTS

pytestmark = pytest.mark.anyio

HERE = f"({__file__}, line "


def raises(*members: Exception) -> None:
    try:
        raise KeyError("nothing")
    except KeyError as cause:
        raise ExceptionGroup("several", members) from cause


def caught() -> BaseException:
    try:
        raises(ValueError("one"), TypeError("two"))
    except ExceptionGroup as error:
        return error
    raise AssertionError


def make_application(handler: Any, route: str, content: Any, info: Any) -> Any:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        raises(ValueError("one"), TypeError("two"))

    return application


FRAMEWORK_RAISES = MemoryBackend(make_application, ReferenceWebSocket)


class KnowsTheException:
    """A backend whose peer knows the very exception that reached its server."""

    socket_type = ReferenceWebSocket

    @asynccontextmanager
    async def connect(self, handler: Any, **how: Any) -> AsyncGenerator[Any]:
        async with FRAMEWORK_RAISES.connect(handler, **how) as client:
            peer: Any = BarePeer(client)

            async def server_exception() -> BaseException:
                return caught()

            peer.server_exception = server_exception
            yield peer
            await client.server_error()


def last(report: Any) -> Result:
    result: Result = report.results[-1]
    assert result.outcome is Outcome.FAIL
    return result


async def test_a_500_says_what_the_server_got() -> None:
    result = last(await run(FRAMEWORK_RAISES, select=["WS-HANDSHAKE-01"]))
    assert (result.expected, result.actual) == ("101", "500")
    assert result.explanation[0].startswith("the server got ExceptionGroup: several (2 sub-exceptions)")


async def test_the_exception_itself_says_its_members_and_its_cause() -> None:
    result = last(await run(KnowsTheException(), select=["WS-HANDSHAKE-01"]))
    group, *members, cause = result.explanation
    assert group.startswith(f"the server got ExceptionGroup: several (2 sub-exceptions) {HERE}")
    assert members == ["  its member ValueError: one", "  its member TypeError: two"]
    assert cause.startswith(f"caused by KeyError: 'nothing' {HERE}")


def test_an_exception_says_where_it_was_raised_and_what_it_was_raised_in() -> None:
    def wrong() -> None:
        try:
            raise KeyError("first")
        except Exception:
            raise LookupError("in its handling")  # noqa: B904  # the context is what is shown

    with pytest.raises(LookupError) as raised:
        wrong()
    own, context = explanation(raised.value)
    assert own == f"raised in {__file__}, line {wrong.__code__.co_firstlineno + 4}, in wrong"
    assert context.startswith(f"while handling KeyError: 'first' {HERE}")


def test_a_wrong_argument_is_said_to_be_where_it_was_given() -> None:
    """Not in the rules, which reject it."""

    def make() -> None:
        wrong: Any = caught  # takes no arguments
        MemoryBackend(wrong, ReferenceWebSocket)

    with pytest.raises(TypeError) as raised:
        make()
    assert explanation(raised.value)[0] == f"raised in {__file__}, line {make.__code__.co_firstlineno + 2}, in make"


def test_a_cause_that_is_hidden_or_circular_is_left_out() -> None:
    hidden, circular = ValueError("hidden"), ValueError("circular")
    hidden.__context__, hidden.__suppress_context__ = KeyError("not shown"), True
    circular.__cause__ = circular
    assert whole(hidden) == ("ValueError: hidden",)
    assert whole(circular) == ("ValueError: circular",)


class RaisesInReceive(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        raise ZeroDivisionError("a fault of its own") from KeyError("its cause")


async def test_an_exception_of_a_step_says_its_place_and_its_cause() -> None:
    result = last(await run(reference_with(RaisesInReceive), select=["WS-RECEIVE-07"]))
    assert result.actual == "ZeroDivisionError: a fault of its own"
    line = RaisesInReceive.receive.__code__.co_firstlineno + 1
    assert result.explanation == (f"raised in {__file__}, line {line}, in receive", "caused by KeyError: 'its cause'")


class ExitsInReceive(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        raise TooFar("past every except Exception")


class TooFar(BaseException):
    """What no ``except Exception`` catches."""


async def test_a_connection_that_ends_says_what_the_server_got() -> None:
    result = last(await run(reference_with(ExitsInReceive), select=["WS-RECEIVE-02"]))
    assert any("TooFar: past every except Exception" in line for line in result.explanation), result


class ReturnsNothing(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        return None


async def test_still_waiting_and_returned_none_are_told_apart() -> None:
    class Waits(DenyingWebSocket[Any]):
        async def receive(self) -> Any:
            await anyio.sleep_forever()

    waits = last(await run(reference_with(Waits), select=["WS-RECEIVE-01"], deadline=0.2))
    assert (waits.expected, waits.actual) == ("WebSocketStateError within 0.2 s", "still waiting after 0.2 s")
    assert str(waits).endswith("expected WebSocketStateError within 0.2 s, still waiting after 0.2 s")
    returns = last(await run(reference_with(ReturnsNothing), select=["WS-RECEIVE-01"]))
    assert (returns.expected, returns.actual) == ("WebSocketStateError", "returned None")
    received = last(await run(reference_with(ReturnsNothing), select=["WS-RECEIVE-02"]))
    assert received.actual == "returned None"


class LetsASecondCallWait(DenyingWebSocket[Any]):
    """A second accept, and a second receive, waits for good."""

    _is_accepting = False

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self._is_accepting:
            await anyio.sleep_forever()
        self._is_accepting = True
        await super().accept(subprotocol, headers)

    async def receive(self) -> Any:
        if self._waiting is not None:
            await anyio.sleep_forever()
        return await super().receive()


@pytest.mark.parametrize(
    ("requirement", "step"),
    [("WS-CONCURRENCY-05", "handler: accept(None)"), ("WS-CONCURRENCY-01", "handler: receive()")],
)
async def test_the_second_call_is_blamed_and_not_the_one_that_the_kit_holds(requirement: str, step: str) -> None:
    result = last(await run(reference_with(LetsASecondCallWait), select=[requirement], deadline=0.3))
    assert (result.step, result.expected) == (step, "WebSocketStateError within 0.3 s")
    assert result.actual == "still waiting after 0.3 s"


async def test_what_a_call_may_raise_is_named() -> None:
    report = await run(FAULTS["LetsTheServersErrorOutOfAccept"].backend, select=["WS-HANDSHAKE-13"])
    assert last(report).expected == "no exception, or WebSocketClosedError"


async def test_a_backend_without_matches_is_told_so() -> None:
    def without_matches(handler: Any, route: str, content: Any, info: Any) -> Any:
        async def served(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
            await handler(scope, info, {}, web_socket)

        return application_with(DenyingWebSocket, served, route, content, info)

    report = await run(MemoryBackend(without_matches, DenyingWebSocket), select=["WS-INDEPENDENCE-01"])
    assert (last(report).step, last(report).expected) == ("handler: matches", "a value of 'name'")


async def test_an_exception_that_cannot_be_shown_is_named() -> None:
    class CannotBeShown(Exception):
        def __str__(self) -> str:
            raise ValueError

    error = CannotBeShown()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise error

    async with connect(application) as client:
        assert await client.server_error() == error_line(error) == "CannotBeShown: <exception str() failed>"
