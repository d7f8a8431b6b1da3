"""The application: scopes, routing, and what happens where a handler or a server does what it should not."""

from collections.abc import Awaitable
from functools import partial
from typing import Any

import pytest

from bareasgi_ws import Application, WebSocketClosedError, WebSocketError
from bareasgi_ws.backends.asgi import serve
from bareasgi_ws.testing import connect

pytestmark = pytest.mark.anyio

Event = dict[str, Any]


class Server:
    """A server that gives these events, and keeps what it is sent."""

    def __init__(self, *events: Event, fails: dict[str, Exception] | None = None) -> None:
        self._events = list(events)
        self._fails = fails or {}
        self.sent: list[Event] = []

    async def receive(self) -> Event:
        return self._events.pop(0)

    async def send(self, event: Event) -> None:
        self.sent.append(event)
        if error := self._fails.get(event["type"]):
            raise error


CONNECT = {"type": "websocket.connect"}
GONE = {"type": "websocket.disconnect", "code": 1006}
SCOPE = {"type": "websocket", "path": "/", "headers": [], "subprotocols": []}
DENIAL = {**SCOPE, "extensions": {"websocket.http.response": {}}}


async def accept(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()


def handled(handler: Any, **how: Any) -> Application:
    application = Application(**how)
    application.ws_router.add("/", handler)
    return application


@pytest.mark.parametrize("kind", ["quic", None, b"websocket"])
async def test_an_unknown_scope_type_is_refused(kind: Any) -> None:
    server = Server()
    with pytest.raises(ValueError, match=f"type 'websocket', 'http' or 'lifespan', got {kind!r}"):
        await Application()({"type": kind}, server.receive, server.send)
    with pytest.raises(ValueError, match=f"type 'websocket', got {kind!r}"):
        await serve(accept, {"type": kind}, server.receive, server.send)
    assert server.sent == []


async def test_http_without_an_application_is_answered_404() -> None:
    server = Server()
    await Application()({"type": "http", "path": "/"}, server.receive, server.send)
    assert [event["type"] for event in server.sent] == ["http.response.start", "http.response.body"]
    assert server.sent[0]["status"] == 404
    assert server.sent[1]["body"] == b"Not Found"


async def test_the_lifespan_without_an_application_is_completed() -> None:
    server = Server({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    await Application()({"type": "lifespan"}, server.receive, server.send)
    assert [event["type"] for event in server.sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def test_http_and_lifespan_go_to_the_http_application() -> None:
    seen = []

    async def http(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope["type"], receive, send))

    application, server = Application(http=http), Server()
    receive, send = server.receive, server.send
    for kind in ("http", "lifespan"):
        await application({"type": kind}, receive, send)
    assert seen == [("http", receive, send), ("lifespan", receive, send)]


def test_http_is_something_to_call() -> None:
    with pytest.raises(TypeError, match="expected http as an ASGI application"):
        Application(http="app")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]


@pytest.mark.parametrize(
    ("root_path", "path", "status"),
    [
        ("", "/room", 101),
        ("/app", "/app/room", 101),
        ("/app/", "/app/room", 101),
        ("/app", "/room", 101),
        ("/app", "/application/room", 404),
        ("/app", "/app", 404),
        ("/app", "/app/app/room", 404),
    ],
)
async def test_root_path_is_taken_off_the_path(root_path: str, path: str, status: int) -> None:
    application = Application()
    application.ws_router.add("/room", accept)

    async def mounted(scope: Any, receive: Any, send: Any) -> None:
        await application({**scope, "root_path": root_path}, receive, send)

    async with connect(mounted, path) as client:
        assert (await client.handshake()).status == status


async def test_info_is_shared_by_identity() -> None:
    info: dict[str, Any] = {}

    async def handler(scope: Any, given: Any, matches: Any, web_socket: Any) -> None:
        given["seen"] = given is info

    async with connect(handled(handler, info=info)) as client:
        assert (await client.handshake()).status == 403
    assert info == {"seen": True}


@pytest.mark.parametrize("result", [None, "x", 1])
async def test_a_call_that_gives_no_awaitable_is_named(result: Any) -> None:
    def not_async(scope: Any, info: Any, matches: Any, web_socket: Any) -> Any:
        return result

    expected = f"not_async to be async or give an awaitable, but its call gave {type(result).__name__}"
    for handler in (not_async, partial(not_async)):
        with pytest.raises(TypeError, match=expected):
            async with connect(handled(handler)) as client:
                assert (await client.handshake()).status == 500


async def test_a_plain_function_that_gives_an_awaitable_is_a_handler() -> None:
    def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> Awaitable[None]:
        return accept(scope, info, matches, web_socket)

    async with connect(handled(handler)) as client:
        assert (await client.handshake()).status == 101


async def test_the_client_is_gone_before_the_handler_begins() -> None:
    server = Server(GONE)
    seen: list[Any] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        with pytest.raises(WebSocketClosedError, match=r"accept\(\): the client has gone"):
            await web_socket.accept()
        seen.extend([web_socket.code, await web_socket.receive()])

    await handled(handler)(SCOPE, server.receive, server.send)
    assert seen == [1006, None]
    assert server.sent == []


async def test_a_first_event_that_should_not_come() -> None:
    server = Server({"type": "websocket.receive", "text": "early"})
    with pytest.raises(WebSocketError, match="as the first event, got 'websocket\\.receive'"):
        await handled(accept)(SCOPE, server.receive, server.send)
    assert server.sent == [{"type": "websocket.close", "code": 1011, "reason": ""}]


async def test_raising_before_accept_without_the_denial_extension_sends_nothing() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        raise LookupError("boom")

    server = Server(CONNECT)
    with pytest.raises(LookupError, match="boom"):
        await handled(handler)(SCOPE, server.receive, server.send)
    assert server.sent == []


async def test_no_route_without_the_denial_extension_refuses() -> None:
    server = Server(CONNECT)
    await Application()(SCOPE, server.receive, server.send)
    assert server.sent == [{"type": "websocket.close", "code": 1000, "reason": ""}]


async def test_a_failed_1011_does_not_hide_the_handlers_error() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        raise LookupError("boom")

    server = Server(CONNECT, fails={"websocket.close": ValueError("close failed")})
    with pytest.raises(LookupError, match="boom"):
        await handled(handler)(SCOPE, server.receive, server.send)
    assert [event.get("code") for event in server.sent] == [None, 1011, 1000]


async def test_a_failed_denial_does_not_hide_the_handlers_error() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        raise LookupError("boom")

    server = Server(CONNECT, fails={"websocket.http.response.start": ValueError("denial failed")})
    with pytest.raises(LookupError, match="boom"):
        await handled(handler)(DENIAL, server.receive, server.send)


async def test_a_code_that_the_server_refuses_becomes_1000() -> None:
    class Daphne(Server):
        async def send(self, event: Event) -> None:
            await super().send(event)
            if event.get("code") == 1001:
                raise Exception("close code must be 1000 or 3000-4999")  # as daphne 4.2 does

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        await web_socket.close(1001)
        assert web_socket.code == 1001

    server = Daphne(CONNECT)
    await handled(handler)(SCOPE, server.receive, server.send)
    assert [event["code"] for event in server.sent[1:]] == [1001, 1000]


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("gone")])
async def test_what_a_server_raises_for_a_client_that_has_gone(error: Exception) -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        with pytest.raises(WebSocketClosedError, match=r"send\(\): the client has gone") as closed:
            await web_socket.send("x")
        assert closed.value.__cause__ is error

    server = Server(CONNECT, fails={"websocket.send": error, "websocket.close": error})
    await handled(handler)(SCOPE, server.receive, server.send)


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("gone")])
async def test_an_accept_that_finds_the_client_gone(error: Exception) -> None:
    seen: list[Any] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        with pytest.raises(WebSocketClosedError, match=r"accept\(\): the client has gone") as closed:
            await web_socket.accept()
        assert closed.value.__cause__ is error
        seen.extend([web_socket.code, await web_socket.receive(), web_socket.code])

    server = Server(CONNECT, GONE, fails={"websocket.accept": error})
    await handled(handler)(SCOPE, server.receive, server.send)
    assert seen == [None, None, 1006]


async def test_any_other_error_of_the_servers_passes_unchanged() -> None:
    error = LookupError("the server's own")

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        with pytest.raises(LookupError) as passed:
            await web_socket.send("x")
        assert passed.value is error
        await web_socket.send(b"still open")

    class Fails(Server):
        async def send(self, event: Event) -> None:
            await super().send(event)
            if event.get("text") == "x":
                raise error

    server = Fails(CONNECT)
    await handled(handler)(SCOPE, server.receive, server.send)
    assert [event["type"] for event in server.sent] == [
        "websocket.accept",
        "websocket.send",
        "websocket.send",
        "websocket.close",
    ]
