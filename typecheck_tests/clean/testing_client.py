"""The client's end of a connection, in a test."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, assert_type

from bareasgi_ws import Application, Headers, Info, RouteMatches, Scope, WebSocket, WebSocketClosedError, messages
from bareasgi_ws.testing import Client, Handshake, connect


async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    with suppress(WebSocketClosedError):
        await web_socket.accept()
        async for content in messages(web_socket):
            await web_socket.send(content)


async def case_the_handshake() -> None:
    async with connect(Application()) as client:
        handshake = await client.handshake()
        assert_type(handshake, Handshake)
        assert_type(handshake.status, int)
        assert_type(handshake.headers, Headers)
        assert_type(handshake.subprotocol, str | None)
        assert_type(handshake.body, bytes)


async def case_messages_of_either_kind() -> None:
    async with connect(echo) as client:
        assert_type(await client.send("text"), None)
        await client.send(content=b"bytes")
        assert_type(await client.receive(), bytes | str | None)
        assert await client.receive() == b"bytes"


async def case_closed_with_a_code_and_a_reason() -> None:
    async with connect(echo) as client:
        assert_type(await client.close(4000, "Enough"), None)
        assert_type(client.code, int | None)
        assert_type(client.reason, str | None)


async def case_closed_with_nothing() -> None:
    async with connect(echo) as client:
        await client.close()


async def case_closed_without_a_code() -> None:
    async with connect(echo) as client:
        await client.close(code=None, reason="")


async def case_lost() -> None:
    async with connect(echo) as client:
        assert_type(await client.drop(), None)
        assert_type(client.reported, Mapping[str, Any] | None)


async def case_what_the_handler_raised() -> None:
    async with connect(echo) as client:
        await client.close()
        assert_type(await client.server_error(), str | None)


async def case_paused_and_resumed() -> None:
    async with connect(echo) as client:
        client.pause()
        client.resume()


async def case_an_event_of_the_servers() -> None:
    async with connect(echo) as client:
        await client.handshake()
        client.inject({"type": "websocket.receive", "text": "injected"})
        client.inject(event={"type": "websocket.receive", "bytes": b""})
        assert await client.receive() == "injected"


async def case_cancelled() -> None:
    async with connect(echo) as client:
        await client.handshake()
        client.cancel()
        assert_type(await client.cancelled(), bool)


def case_a_client_is_given_a_server_and_a_deadline(server: object) -> None:
    Client(server, 1)
    Client(server=server, deadline=0.5)


def case_a_handshake_is_a_named_tuple() -> None:
    status, headers, subprotocol, body = Handshake(101, [(b"x-one", b"1")], None, b"")
    assert_type(status, int)
    assert_type(headers, list[tuple[bytes, bytes]])
    assert_type(subprotocol, str | None)
    assert_type(body, bytes)
    assert Handshake(status=101, headers=[], subprotocol="chat", body=b"").subprotocol == "chat"
