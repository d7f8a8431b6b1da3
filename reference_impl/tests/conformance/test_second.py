# pyright: strict
"""A second backend conforms, takes every freedom that it says it takes, and owes the reference nothing."""

import ast
import inspect
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing
from http import HTTPStatus
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import anyio
import pytest

from bareasgi_ws import (
    SupportsCloseReason,
    SupportsDenial,
    SupportsSubprotocols,
    WebSocket,
    WebSocketClosedError,
    WebSocketStateError,
)
from bareasgi_ws.conformance import (
    Backend,
    Outcome,
    SupportsCancel,
    SupportsInject,
    SupportsPause,
    SupportsServerError,
    iter_checks,
    run,
)

from . import second
from .second.frames import message_frames
from .second.peer import SecondPeer
from .second.web_socket import SecondWebSocket

BACKEND: Backend = second
SOCKET_TYPE: type[WebSocket] = SecondWebSocket
NOT_OFFERED = {"WS-RECEIVE-09", "WS-CODE-06", "WS-CODE-08", "WS-CAPABILITY-01"}
SPECIFICATION = {
    "bareasgi_ws": {"Header", "Scope", "WebSocket", "WebSocketClosedError", "WebSocketHandler", "WebSocketStateError"},
    "bareasgi_ws.conformance": {"Handshake"},
}

pytestmark = pytest.mark.anyio


class Held(NamedTuple):
    """Both ends of a connection, and what the handler was called with."""

    web_socket: Any
    peer: SecondPeer
    scope: Any
    matches: Any


@asynccontextmanager
async def held(**how: Any) -> AsyncGenerator[Held]:
    """Hold both ends of a connection, while its handler sleeps."""
    calls: list[Any] = []

    async def handler(*call: Any) -> None:
        calls.extend(call)
        await anyio.sleep_forever()

    with anyio.fail_after(5):
        async with second.connect(handler, **how) as peer:
            await anyio.wait_all_tasks_blocked()
            scope, _, matches, web_socket = calls
            yield Held(web_socket, peer, scope, matches)


@asynccontextmanager
async def accepted(**how: Any) -> AsyncGenerator[Held]:
    async with held(**how) as ends:
        await ends.web_socket.accept()
        await ends.peer.handshake()
        yield ends


async def test_it_conforms() -> None:
    report = await run(second)
    actual = {result.requirement.id: result.outcome for result in report.results}
    assert actual == {check.requirement: Outcome.PASS for check in iter_checks()} | dict.fromkeys(
        NOT_OFFERED, Outcome.NOT_OFFERED
    )
    assert report.conforms


def test_it_shares_no_code_with_the_reference() -> None:
    for path in Path(second.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert not [alias.name for alias in node.names if alias.name.startswith("bareasgi_ws")], path.name
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bareasgi_ws") and not node.level:
                assert {alias.name for alias in node.names} <= SPECIFICATION[str(node.module)], path.name


async def test_a_module_is_the_backend_and_code_an_attribute() -> None:
    assert isinstance(second, ModuleType)
    assert not isinstance(inspect.getattr_static(second.socket_type, "code"), property)


async def test_some_is_offered_and_some_is_not() -> None:
    async with held() as ends:
        kinds = (SupportsCloseReason, SupportsDenial, SupportsSubprotocols)
        assert [isinstance(ends.web_socket, kind) for kind in kinds] == [True, True, False]
        extras = (SupportsServerError, SupportsPause, SupportsCancel, SupportsInject)
        assert [isinstance(ends.peer, extra) for extra in extras] == [True, True, True, False]


async def test_a_call_does_what_it_does_even_if_it_is_not_awaited() -> None:
    async with held() as ends:
        with closing(ends.web_socket.accept()):
            assert (await ends.peer.handshake()).status == 101
        with closing(ends.web_socket.send("sent")):
            assert await ends.peer.receive() == "sent"
        with closing(ends.web_socket.close(4000)):
            assert ends.web_socket.code == 4000
            assert await ends.peer.receive() is None


REJECTED: list[tuple[type[Exception], Callable[[Any], Any]]] = [
    (TypeError, lambda ws: ws.send(None)),
    (ValueError, lambda ws: ws.close(1005)),
    (WebSocketStateError, lambda ws: ws.accept()),
]


@pytest.mark.parametrize(("error", "call"), REJECTED)
async def test_a_rejection_is_a_subclass_at_the_call(error: type[Exception], call: Callable[[Any], Any]) -> None:
    async with accepted() as ends:
        with pytest.raises(error) as rejection:
            call(ends.web_socket).close()
        assert type(rejection.value) is not error


async def test_values_are_looked_at_before_the_state() -> None:
    async with held() as ends:
        with pytest.raises(TypeError):  # where WS-SEND-01 could reject it too
            await ends.web_socket.send(None)
        await ends.web_socket.accept()
        with pytest.raises(TypeError):  # WS-HANDSHAKE-10
            await ends.web_socket.accept(b"bytes")
        await ends.web_socket.close()
        with pytest.raises(TypeError):  # WS-SEND-06
            await ends.web_socket.send(None)
        await ends.web_socket.close(None)


async def test_accept_and_close_do_not_wait_for_the_client() -> None:
    async with held() as ends:
        ends.peer.pause()
        with anyio.CancelScope() as scope:
            scope.cancel()
            await ends.web_socket.accept()
            await ends.web_socket.close(4000)
        assert not scope.cancelled_caught
        ends.peer.resume()
        assert (await ends.peer.handshake()).status == 101
        assert await ends.peer.receive() is None
        assert ends.peer.code == 4000


async def test_a_message_that_is_there_is_received_in_a_cancelled_task() -> None:
    async with accepted() as ends:
        await ends.peer.send("there")
        await anyio.wait_all_tasks_blocked()
        with anyio.CancelScope() as scope:
            scope.cancel()
            assert await ends.web_socket.receive() == "there"
        assert not scope.cancelled_caught


async def test_a_list_of_two_is_a_header() -> None:
    async with held() as ends:
        await ends.web_socket.accept(None, [[b"x-one", b"1"]])
        assert (b"x-one", b"1") in (await ends.peer.handshake()).headers


async def test_a_frame_carries_one_byte() -> None:
    payloads = [[frame.payload for frame in message_frames(content)] for content in ("aé", b"")]
    assert payloads == [[b"a", b"\xc3", b"\xa9"], [b""]]


async def test_of_sends_that_wait_the_last_goes_first() -> None:
    async with accepted() as ends, anyio.create_task_group() as tasks:
        ends.peer.pause()
        for number in range(3):
            tasks.start_soon(ends.web_socket.send, str(number))
            await anyio.wait_all_tasks_blocked()
        ends.peer.resume()
        assert [await ends.peer.receive() for _ in range(3)] == ["2", "1", "0"]


async def test_a_cancelled_send_goes_out_in_its_place() -> None:
    async with accepted() as ends, anyio.create_task_group() as tasks:
        ends.peer.pause()
        with anyio.CancelScope() as scope:
            scope.cancel()
            await ends.web_socket.send("cancelled")
        assert scope.cancelled_caught
        tasks.start_soon(ends.web_socket.send, "after")
        await anyio.wait_all_tasks_blocked()
        ends.peer.resume()
        assert [await ends.peer.receive() for _ in range(2)] == ["cancelled", "after"]


async def test_the_wrong_kind_closes_before_the_handler_comes_to_it() -> None:
    async with accepted(content=str) as ends:
        await ends.peer.send("before")
        await ends.peer.send(b"wrong")
        assert await ends.peer.receive() is None
        assert ends.peer.code == 1003
        assert ends.web_socket.code is None
        assert [await ends.web_socket.receive() for _ in range(2)] == ["before", None]
        assert ends.web_socket.code == 1003


async def test_accept_does_not_tell_that_the_client_has_gone() -> None:
    async with held() as ends:
        await ends.peer.drop()
        await anyio.wait_all_tasks_blocked()
        await ends.web_socket.accept()
        assert ends.web_socket.code is None
        assert await ends.web_socket.receive() is None
        assert ends.web_socket.code == 1006


async def test_the_second_send_tells_that_the_client_has_gone() -> None:
    async with accepted() as ends:
        await ends.peer.send("one")
        await ends.peer.drop()
        await anyio.wait_all_tasks_blocked()
        await ends.web_socket.send("lost")
        with pytest.raises(WebSocketClosedError) as gone:
            await ends.web_socket.send("not sent")
        assert isinstance(gone.value.__cause__, BrokenPipeError)
        assert ends.web_socket.code is None  # WS-CODE-11
        assert [await ends.web_socket.receive() for _ in range(2)] == ["one", None]  # WS-SEND-11
        assert ends.web_socket.code == 1006


async def test_the_clients_reason_is_not_reported() -> None:
    async with accepted() as ends:
        await ends.peer.close(4001, "bye")
        assert await ends.web_socket.receive() is None
        assert (ends.web_socket.code, ends.web_socket.reason) == (4001, None)


async def test_a_close_without_a_code_reads_as_1005() -> None:
    async with accepted() as ends:  # WS-CODE-06, which the kit cannot check without SupportsInject
        await ends.peer.close(None)
        assert await ends.web_socket.receive() is None
        assert ends.web_socket.code == 1005


async def test_the_servers_own_headers_stand_between() -> None:
    async with held() as ends:
        await ends.web_socket.accept(None, [(b"x-one", b"1"), (b"x-two", b"2")])
        status, headers, *_ = await ends.peer.handshake()
        assert isinstance(status, HTTPStatus)
        assert [name for name, _ in headers] == [b"Upgrade", b"x-one", b"Via", b"x-two", b"Via", b"Connection"]


async def test_no_route_is_403() -> None:
    async def handler(*call: object) -> None:
        raise AssertionError("there is no route to this handler")

    with anyio.fail_after(5):
        async with second.connect(handler, route="/somewhere", path="/elsewhere") as peer:
            assert (await peer.handshake()).status == 403
            assert await peer.server_error() is None


async def test_scope_and_matches_are_the_least_that_they_may_be() -> None:
    async with held(route="/{name}", path="/a%20b") as ends:
        assert ends.scope == {"type": "websocket", "asgi": {}, "path": "/a b", "headers": ()}
        assert not isinstance(ends.matches, dict)
        assert dict(ends.matches) == {"name": "a b"}


async def test_a_cancelled_handler_goes_away_on_every_loop() -> None:
    async with accepted() as ends:
        ends.peer.cancel()
        assert await ends.peer.receive() is None
        assert ends.peer.code == 1001


async def test_a_receive_that_waits_ends_with_the_clients_answer() -> None:
    ended: list[object] = []

    async with accepted() as ends, anyio.create_task_group() as tasks:

        async def receive() -> None:
            ended.append(await ends.web_socket.receive())

        tasks.start_soon(receive)
        await anyio.wait_all_tasks_blocked()
        ends.peer.pause()
        await ends.web_socket.close(4000)
        await anyio.wait_all_tasks_blocked()
        assert ended == []
        ends.peer.resume()
        await anyio.wait_all_tasks_blocked()
        assert ended == [None]
