"""The client's end in memory: what it shows, and that it never hangs."""

from contextlib import suppress
from math import inf
from typing import Any

import anyio
import pytest

from bareasgi_ws import Application, WebSocketClosedError, messages
from bareasgi_ws.testing import Client, DeadlineError, Handshake, connect
from bareasgi_ws.testing.profiles import PROFILES, Code, Reason

pytestmark = pytest.mark.anyio


async def echo(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    async for message in messages(web_socket):
        await web_socket.send(message)
    await web_socket.close()


async def raises_before_accept(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    raise LookupError("boom")


async def raises_while_open(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    await web_socket.receive()
    raise LookupError("boom")


async def never_accepts(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await anyio.sleep_forever()


async def never_sends(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    await anyio.sleep_forever()


async def returns_at_once(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    return


async def test_a_conversation_with_a_handler() -> None:
    async with connect(echo) as client:
        for message in ("hello", b"\x00", "", b""):
            await client.send(message)
            assert await client.receive() == message
        await client.close(4000, "bye")
    assert (client.code, client.reason) == (4000, "bye")
    assert client.reported == {"type": "websocket.disconnect", "code": 4000, "reason": "bye"}


async def test_a_conversation_with_an_application() -> None:
    application = Application()
    application.ws_router.add("/{name}", echo)
    async with connect(application, "/x") as client:
        await client.send("hello")
        assert await client.receive() == "hello"


async def test_the_scope_is_what_was_asked_for() -> None:
    seen: dict[str, Any] = {}

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        seen.update(scope, info=info, matches=matches)
        await web_socket.accept("b", [(b"X-Mine", b"1")])

    asked: dict[str, Any] = {"subprotocols": ("a", "b"), "headers": [(b"Cookie", b"c=1")]}
    async with connect(handler, "/a%20b?q=%201", **asked, info={"i": 1}, matches={"m": 2}, content=None) as client:
        assert await client.handshake() == Handshake(101, [(b"x-mine", b"1")], "b", b"")
    assert (seen["path"], seen["raw_path"], seen["query_string"]) == ("/a b", b"/a%20b", b"q=%201")
    assert seen["subprotocols"] == ["a", "b"]
    assert (b"cookie", b"c=1") in seen["headers"]
    assert (b"sec-websocket-protocol", b"a, b") in seen["headers"]
    assert (seen["info"], seen["matches"]) == ({"i": 1}, {"m": 2})


async def test_content_is_the_handlers() -> None:
    async with connect(echo, content=str) as client:
        await client.send(b"binary")
        assert await client.receive() is None
        assert client.code == 1003


@pytest.mark.parametrize(
    ("handler", "status", "said"),
    [
        (raises_before_accept, 500, "rejected with HTTP 500, and the application has raised LookupError('boom')"),
        (returns_at_once, 403, "rejected with HTTP 403, and the application has returned"),
    ],
)
async def test_a_rejected_handshake_is_said_at_once(handler: Any, status: int, said: str) -> None:
    async with connect(handler, deadline=60) as client:
        assert (await client.handshake()).status == status
        await client.server_error()
        for step in (client.send("x"), client.receive()):
            with pytest.raises(WebSocketClosedError) as rejected:
                await step
            assert said in str(rejected.value)


async def test_what_the_handler_raised_is_raised_at_the_end() -> None:
    async def converse() -> None:
        async with connect(raises_while_open, deadline=60) as client:
            await client.send("x")
            assert await client.receive() is None
            assert client.code == 1011

    with pytest.raises(LookupError, match="boom"):
        await converse()


async def test_an_error_that_was_asked_for_is_not_raised_again() -> None:
    async with connect(raises_while_open) as client:
        await client.send("x")
        assert await client.server_error() == "LookupError: boom"


async def test_a_handler_that_never_accepts_meets_the_deadline() -> None:
    with pytest.raises(DeadlineError, match=r"^handshake: nothing came within 0[.]01 s; the handshake is not answered"):
        async with connect(never_accepts, deadline=0.01) as client:
            await client.receive()


async def test_a_handler_that_never_sends_meets_the_deadline() -> None:
    said = "receive: nothing came within 0.25 s; the connection is open, and the application is still running"
    with pytest.raises(DeadlineError, match=said):
        async with connect(never_sends, deadline=0.25) as client:
            await client.receive()


async def test_a_handler_that_never_returns_meets_the_deadline() -> None:
    said = "the end of connect: nothing came within 0.25 s; the connection is closed with 1000"
    with pytest.raises(DeadlineError, match=said):
        async with connect(never_sends, deadline=0.25) as client:
            await client.handshake()


async def test_the_bodys_own_error_comes_out_as_it_is() -> None:
    error = LookupError("the test's own")
    with pytest.raises(LookupError) as raised:
        async with connect(never_sends):
            raise error
    assert raised.value is error


async def test_the_bodys_own_error_outlives_an_expired_scope() -> None:
    async def fail_late() -> None:
        with anyio.CancelScope() as scope:
            async with connect(never_sends) as client:
                await client.handshake()
                scope.cancel()
                raise LookupError("the test's own")

    with pytest.raises(LookupError, match="the test's own"):
        await fail_late()


async def test_the_bodys_own_error_names_what_the_application_raised() -> None:
    async def fail() -> None:
        async with connect(raises_while_open) as client:
            await client.send("x")
            assert await client.receive() == "a response"

    with pytest.raises(AssertionError) as raised:
        await fail()
    assert raised.value.__notes__ == ["the application raised LookupError('boom')"]


@pytest.mark.parametrize("name", PROFILES)
async def test_the_profile_is_the_server_that_speaks_to_the_application(name: str) -> None:
    profile, told = PROFILES[name], list[Any]()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        told.extend((scope, await receive()))

    async with connect(application, profile=profile) as client:
        await client.handshake()
        await client.close(4000, "bye")
    scope, event = told
    every = {"http_version", "scheme", "state", "extensions", "client", "server", "subprotocols", "raw_path"}
    assert every - scope.keys() == profile.scope_lacks
    assert scope["asgi"].get("spec_version") == profile.spec_version
    assert event["code"] == (4000 if isinstance(profile.closed.code, Code) else profile.closed.code)
    assert event.get("reason") == (None if profile.closed.reason is Reason.NEVER else "bye")
    assert client.rejects(1001) is (name == "daphne")


async def test_a_handler_meets_a_servers_way_to_reject_what_it_sends() -> None:
    raised = list[Exception]()

    async def sends_twice(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.close"})
        try:
            await send({"type": "websocket.send", "text": ""})
        except Exception as error:
            raised.append(error)

    for name in ("granian", "daphne", "hypercorn"):
        async with connect(sends_twice, profile=PROFILES[name]):
            pass
    assert [type(error) for error in raised] == [RuntimeError, Exception]


async def test_an_infinite_deadline_waits_for_no_handler_that_goes_on_when_cancelled() -> None:
    released, clients = anyio.Event(), list[Client]()

    async def goes_on(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        with anyio.CancelScope(shield=True):
            while not released.is_set():
                with suppress(anyio.get_cancelled_exc_class()):
                    await released.wait()

    async def release_late() -> None:
        await anyio.sleep(20)
        released.set()

    async def fail() -> None:
        async with connect(goes_on, deadline=inf) as client:
            clients.append(client)
            await anyio.wait_all_tasks_blocked()
            raise LookupError("the body's own")

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(release_late)
        with pytest.raises(LookupError) as raised:
            await fail()
        assert raised.value.__notes__ == ["the application has been cancelled, and is still running"]
        released.set()
        assert await clients[0].server_error() is None
        tasks.cancel_scope.cancel()


async def test_an_application_that_leaves_its_connection_open_loses_it() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})

    async with connect(application) as client:
        assert await client.receive() is None
        assert client.code == 1006


async def test_an_application_that_sends_what_it_may_not_hears_of_it() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.send", "text": "early"})

    with pytest.raises(RuntimeError, match=r"unexpected event 'websocket[.]send': the handshake is not answered"):
        async with connect(application) as client:
            assert (await client.handshake()).status == 500


async def test_send_after_the_close_says_so() -> None:
    async with connect(returns_open) as client:
        assert await client.receive() is None
        with pytest.raises(WebSocketClosedError, match="send: the connection is closed with 1000"):
            await client.send("late")


async def returns_open(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()


async def test_dropping_before_the_answer() -> None:
    async with connect(never_accepts) as client:
        await client.drop()
        with pytest.raises(WebSocketClosedError, match="this client has gone before the response"):
            await client.handshake()
        client.cancel()


async def test_iterating_goes_on_after_a_cancelled_step() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        iterator = messages(web_socket)
        with anyio.move_on_after(0):
            await anext(iterator)
        await web_socket.send("ready")
        async for message in iterator:
            await web_socket.send(message)

    async with connect(handler) as client:
        assert await client.receive() == "ready"
        await client.send("one")
        assert await client.receive() == "one"
