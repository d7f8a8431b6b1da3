"""Routers that are none, and routes that are put together wrongly."""

from typing import Any

from bareasgi_ws import (
    Application,
    Info,
    Route,
    RouteMatches,
    Router,
    Scope,
    WebSocket,
    WebSocketHandler,
    WebSocketRouter,
)


async def hang_up(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def count(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket) -> None: ...


class NoResolve:
    def add(self, path: str, handler: WebSocketHandler[Info, Any, Any], *, content: Any = None) -> None: ...


class NoAdd:
    def resolve(self, path: str) -> Route | None: ...


class OnlyEitherKind:
    def add(self, path: str, handler: WebSocketHandler) -> None: ...
    def resolve(self, path: str) -> Route | None: ...


class ResolvesToAHandler:
    def add(self, path: str, handler: WebSocketHandler[Info, Any, Any], *, content: Any = None) -> None: ...
    def resolve(self, path: str) -> WebSocketHandler | None: ...


class ResolvesInTime:
    def add(self, path: str, handler: WebSocketHandler[Info, Any, Any], *, content: Any = None) -> None: ...
    async def resolve(self, path: str) -> Route | None: ...


class ExplicitlyNoResolve(WebSocketRouter):
    def add(self, path: str, handler: WebSocketHandler[Info, Any, Any], *, content: Any = None) -> None: ...


class ExplicitlyNoAdd(WebSocketRouter):
    def resolve(self, path: str) -> Route | None: ...


Application(ws_router=NoResolve())  # E
Application(ws_router=NoAdd())  # E
Application(ws_router=OnlyEitherKind())  # E
Application(ws_router=ResolvesToAHandler())  # E
Application(ws_router=ResolvesInTime())  # E
ExplicitlyNoResolve()  # E
ExplicitlyNoAdd()  # E
WebSocketRouter()  # E
Router({})  # E
of_another_info: WebSocketRouter[int] = Router[str]()  # E

Route()  # E
Route("handler", {}, None)  # E
Route(hang_up, [], None)  # E
Route(hang_up, {}, int)  # E
Route(hang_up, {}, "str")  # E
of_an_int: Route[str] = Route(count, {}, None)  # E


def without_looking_for_none(router: Router) -> None:
    print(router.resolve("/").handler)  # E


def an_item_that_is_not_there(route: Route) -> None:
    print(route.info)  # E


def written(route: Route) -> None:
    route.content = str  # E
    route.matches = {}  # E
    route.handler = hang_up  # E


def unpacked_into_two(route: Route) -> None:
    print([(handler, matches) for handler, matches in [route]])  # E


async def a_handler_of_another_info(route: Route[int], scope: Scope, web_socket: WebSocket) -> None:
    await route.handler(scope, {}, {}, web_socket)  # E


def matches_written(route: Route) -> None:
    route.matches["room"] = "1"  # E


def content_of_another_type(route: Route) -> None:
    content: type[int] | None = route.content  # E
    print(content)


def a_handler_by_another_name(route: Route[int]) -> None:
    handler: WebSocketHandler[str] = route.handler  # E
    print(handler)
