"""Every form of handler, connected to with its own info, matches and content."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypedDict, assert_type

from bareasgi_ws import Application, Info, Route, RouteMatches, Scope, WebSocket, WebSocketHandler
from bareasgi_ws.testing import Client, connect, lifespan


class Room(TypedDict):
    room: str


class Services:
    name = "services"


async def plain(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_services(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def enter(scope: Scope, info: Services, matches: Room, web_socket: WebSocket) -> None: ...
async def of_anything(scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...
async def text(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def text_of_a_room(scope: Scope, info: Services, matches: Room, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Services, matches: Room, web_socket: WebSocket[bytes]) -> None: ...
async def more(scope: Scope, info: Info, matches: Room, web_socket: WebSocket, count: int) -> None: ...


class Text:
    async def __call__(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
    async def method(self, scope: Scope, info: Services, matches: Room, web_socket: WebSocket[str]) -> None: ...
    @staticmethod
    async def static(scope: Scope, info: Services, matches: Room, web_socket: WebSocket[bytes]) -> None: ...


@dataclass(frozen=True)
class Binary:
    size: int

    async def __call__(self, scope: Scope, info: Services, matches: Room, web_socket: WebSocket[bytes]) -> None: ...


def case_functions() -> None:
    assert_type(connect(of_services, info=Services()), AbstractAsyncContextManager[Client, bool | None])
    connect(enter, info=Services(), matches={"room": "1"})
    connect(of_anything)
    connect(of_anything, info=1, content=str)
    connect(plain, info=None, content=bytes)
    assert_type(connect(text, info=Services(), content=str), AbstractAsyncContextManager[Client, bool | None])
    connect(text_of_a_room, info=Services(), content=str, matches=None)
    assert_type(connect(binary, info=Services(), content=bytes), AbstractAsyncContextManager[Client, bool | None])
    connect(partial(more, count=1))


def case_objects() -> None:
    connect(Text(), content=str)
    connect(Text().method, info=Services(), content=str)
    connect(Text.static, info=Services(), content=bytes)
    connect(Binary(1), info=Services(), content=bytes)


def case_a_routes_own_content() -> None:
    router = Application().ws_router
    router.add("/", plain)
    route = router.resolve("/")
    assert route is not None
    connect(plain, content=route.content)
    connect(of_services, info=Services(), content=route.content)


def case_a_handler_by_its_protocol(handler: WebSocketHandler[Any, Any], of: WebSocketHandler[Services]) -> None:
    connect(handler)
    connect(handler, info=1)
    connect(of, info=Services())


def case_what_a_route_holds(route: Route) -> None:
    connect(route.handler, info={}, matches=route.matches)


def case_what_the_server_tells_a_handler(scheme: Literal["ws", "wss"], state: Mapping[str, Any] | None) -> None:
    where: tuple[str, int | None] | None = None
    who: tuple[str, int] | None = None
    connect(plain, client=who, server=where, scheme=scheme, root_path="", query_string="a", state=state)
    connect(text, info=Services(), content=str, client=None, server=None, query_string=None, state=None)
    connect(text, info=Services(), content=str, scheme="ws", root_path="/api")
    connect(binary, info=Services(), content=bytes, client=who, server=where, query_string=b"", state=state)
    connect(binary, info=Services(), content=bytes, scheme=scheme, root_path="/api")


def case_text_and_bytes_of_the_default_info() -> None:
    async def string(scope: Scope, info: Info, matches: Room, web_socket: WebSocket[str]) -> None: ...
    async def octets(scope: Scope, info: Info, matches: Room, web_socket: WebSocket[bytes]) -> None: ...

    connect(string, content=str, client=None, server=None, scheme="ws", root_path="", query_string="", state={})
    connect(octets, content=bytes, client=None, server=None, scheme="ws", root_path="", query_string="", state={})


async def case_a_lifespan() -> None:
    application = Application()
    alive = lifespan(application, deadline=1)
    assert_type(alive, AbstractAsyncContextManager[dict[str, Any], bool | None])
    async with alive as state, connect(application, state=state) as client:
        assert (await client.handshake()).status == 404
    async with connect(application, lifespan=True) as client:
        assert (await client.handshake()).status == 404
