"""Connecting in a test, to an application and to a handler."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any, TypedDict, assert_type

from starlette.types import ASGIApp

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.testing import Client, DeadlineError, Handshake, client, connect
from bareasgi_ws.testing.profiles import PROFILES, AfterDisconnect, Code, Disconnect, Profile, Reason, SendErrors


class Room(TypedDict):
    room: str


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
async def enter(scope: Scope, info: int, matches: Room, web_socket: WebSocket) -> None: ...


async def case_to_an_application() -> None:
    connection = connect(Application())
    assert_type(connection, AbstractAsyncContextManager[Client, bool | None])
    async with connection as client:
        assert_type(client, Client)


async def case_to_an_application_with_every_argument() -> None:
    headers: Iterable[tuple[bytes, bytes]] = iter([(b"origin", b"null")])
    connection = connect(
        Application(info=1),
        "/chat",
        subprotocols=("chat",),
        headers=headers,
        info=None,
        matches=None,
        content=None,
        deadline=1,
        client=("127.0.0.1", 1),
        server=("/run/socket", None),
        scheme="wss",
        root_path="/api",
        query_string=b"a=1",
        state={"shared": 1},
        lifespan=False,
        profile=None,
    )
    async with connection as client:
        assert (await client.handshake()).status == 404


async def case_to_an_application_of_anybodys(app: ASGIApp) -> None:
    connect(app, path="/")


async def case_to_a_handler() -> None:
    connection = connect(either, "/", subprotocols=["chat"], headers=[], info={}, matches={}, content=None, deadline=2)
    assert_type(connection, AbstractAsyncContextManager[Client, bool | None])
    async with connection as client:
        assert (await client.handshake()).status == 403


async def case_to_a_handler_of_text() -> None:
    connection = connect(text, "/", subprotocols=[], headers=[], info={}, matches=None, content=str, deadline=1.5)
    assert_type(connection, AbstractAsyncContextManager[Client, bool | None])
    async with connection as client:
        assert_type(client, Client)


async def case_to_a_handler_of_bytes() -> None:
    matches: Mapping[str, Any] = {"room": "1"}
    connection = connect(binary, "/", subprotocols=[], headers=[], matches=matches, content=bytes, deadline=1.5)
    assert_type(connection, AbstractAsyncContextManager[Client, bool | None])
    async with connection as client:
        assert_type(client, Client)


async def case_to_a_handler_of_another_info_and_matches() -> None:
    async with connect(enter, info=1, matches={"room": "1"}) as client:
        await client.drop()


async def case_to_a_server_of_a_profile() -> None:
    profile: Profile | None = replace(PROFILES["daphne"], name="mine", after_disconnect=AfterDisconnect.SAME)
    for connection in (
        connect(Application(), profile=profile),
        connect(either, profile=profile),
        connect(enter, info=1, matches={"room": "1"}, profile=profile),
        connect(text, content=str, profile=profile),
        connect(binary, content=bytes, profile=PROFILES["strict"]),
    ):
        async with connection as end:
            assert_type(end, Client)


def case_the_modules_of_testing() -> None:
    assert client.Client is Client
    assert client.Handshake is Handshake
    assert client.DeadlineError is DeadlineError
    assert_type(PROFILES["strict"].closed, Disconnect)
    assert_type(PROFILES["strict"].gone, SendErrors)
    assert [Code.NAMED, Reason.NEVER]


async def case_a_deadline_error_is_a_timeout_error() -> None:
    error: TimeoutError = DeadlineError("handshake")
    assert isinstance(error, DeadlineError)
