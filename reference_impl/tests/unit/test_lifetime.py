"""A handler's lifetime: what goes to the server where the handler, or the server, does what it should not."""

from collections.abc import Generator
from functools import partial
from typing import Any

import pytest

from bareasgi_ws import WebSocketClosedError, WebSocketError
from bareasgi_ws.backends.asgi import serve
from bareasgi_ws.testing import connect

from .scripted_server import CONNECT, DISCONNECT, SCOPE, Event, ScriptedServer, accept, make_application

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("result", [None, "x", 1])
async def test_a_call_that_gives_no_awaitable_is_named(result: Any) -> None:
    def not_async(scope: Any, info: Any, matches: Any, web_socket: Any) -> Any:
        return result

    expected = f"not_async to be async or give an awaitable, but its call gave {type(result).__name__}"
    for handler in (not_async, partial(not_async)):
        with pytest.raises(TypeError, match=expected):
            async with connect(make_application(handler)) as client:
                assert (await client.handshake()).status == 500


async def test_an_info_that_is_left_out_is_an_empty_dict() -> None:
    given: list[Any] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        given.append(info)

    server = ScriptedServer(CONNECT)
    await serve(handler, SCOPE, server.receive, server.send)
    async with connect(handler) as client:
        await client.handshake()
    assert given == [{}, {}]


async def test_the_client_is_gone_before_the_handler_begins() -> None:
    server = ScriptedServer(DISCONNECT)
    seen: list[Any] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        with pytest.raises(WebSocketClosedError, match=r"accept\(\): the client has gone"):
            await web_socket.accept()
        seen.extend([web_socket.code, await web_socket.receive()])

    await make_application(handler)(SCOPE, server.receive, server.send)
    assert seen == [1006, None]
    assert server.sent == []


async def test_a_first_event_that_should_not_come() -> None:
    server = ScriptedServer({"type": "websocket.receive", "text": "early"})
    with pytest.raises(WebSocketError, match="as the first event, got 'websocket\\.receive'"):
        await make_application(accept)(SCOPE, server.receive, server.send)
    assert server.sent == [{"type": "websocket.close", "code": 1011, "reason": ""}]


@pytest.mark.parametrize("kind", ["websocket.connect", "websocket.send", "http.request", None])
@pytest.mark.parametrize("content", [{"text": "late"}, {"bytes": b"late"}])
async def test_an_event_of_another_type_is_no_message(kind: Any, content: Event) -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        await web_socket.receive()

    server = ScriptedServer(CONNECT, {"type": kind, **content})
    with pytest.raises(WebSocketError, match=r"expected 'websocket\.receive' or 'websocket\.disconnect', got "):
        await make_application(handler)(SCOPE, server.receive, server.send)
    assert server.sent[1:] == [{"type": "websocket.close", "code": 1011, "reason": ""}]


@pytest.mark.parametrize("content", [{"text": "late"}, {"bytes": b"late"}])
async def test_a_disconnect_with_a_content_is_an_end(content: Event) -> None:
    received: list[Any] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        received.extend([await web_socket.receive(), web_socket.code])

    server = ScriptedServer(CONNECT, {**DISCONNECT, **content})
    await make_application(handler)(SCOPE, server.receive, server.send)
    assert received == [None, 1006]


def test_a_connection_that_is_thrown_away_awaits_nothing_more() -> None:
    class Suspended:
        def __await__(self) -> Generator[None]:
            yield

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        await Suspended()

    server = ScriptedServer(CONNECT)
    serving = serve(handler, SCOPE, server.receive, server.send)
    serving.send(None)
    serving.close()
    assert [event["type"] for event in server.sent] == ["websocket.accept"]


async def test_an_answer_that_the_server_would_not_send_can_be_given_again() -> None:
    class Picky(ScriptedServer):
        async def send(self, event: Event) -> None:
            await super().send(event)
            if event.get("headers") == [(b"x", b"1")]:
                raise LookupError("not this header")

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        with pytest.raises(LookupError):
            await web_socket.accept(headers=[(b"x", b"1")])
        await web_socket.accept()

    server = Picky(CONNECT)
    await make_application(handler)(SCOPE, server.receive, server.send)
    assert [event["type"] for event in server.sent] == ["websocket.accept", "websocket.accept", "websocket.close"]
