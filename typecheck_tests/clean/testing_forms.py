"""Connecting to handlers by their protocols and by what a route holds, and a lifespan; the forms are in the matrix."""

from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any, TypedDict, assert_type

from bareasgi_ws import Application, Info, Route, RouteMatches, Scope, WebSocket, WebSocketHandler
from bareasgi_ws.testing import Client, connect, lifespan


class Room(TypedDict):
    room: str


class Services:
    name = "services"


async def plain(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_services(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
async def of_anything(scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...
async def more(scope: Scope, info: Info, matches: Room, web_socket: WebSocket, count: int) -> None: ...


def case_handlers_that_the_matrix_has_not() -> None:
    connect(of_anything)
    connect(of_anything, info=1, content=str)
    connect(partial(more, count=1))
    assert_type(connect(of_services, info=Services()), AbstractAsyncContextManager[Client, bool | None])
    assert_type(connect(text, info=Services(), content=str), AbstractAsyncContextManager[Client, bool | None])
    assert_type(connect(binary, info=Services(), content=bytes), AbstractAsyncContextManager[Client, bool | None])


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


async def case_a_lifespan() -> None:
    application = Application()
    alive = lifespan(application, deadline=1)
    assert_type(alive, AbstractAsyncContextManager[dict[str, Any], bool | None])
    async with alive as state, connect(application, state=state) as client:
        assert (await client.handshake()).status == 404
    async with connect(application, lifespan=True) as client:
        assert (await client.handshake()).status == 404
