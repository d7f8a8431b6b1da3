"""A router of an author's own, and what the concrete one gives."""

from typing import Any, assert_type

from typing_extensions import override

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


async def hang_up(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.close()


class OnlyOne:
    """One route for all paths. Its ``add`` has no overloads: ``content`` is Any."""

    def __init__(self) -> None:
        self.route: Route | None = None

    def add(self, path: str, handler: WebSocketHandler[Info, Any, Any], *, content: Any = None) -> None:
        self.route = Route(handler, {}, content)

    def resolve(self, path: str) -> Route | None:
        return self.route


class OnlyOneOfAContent:
    """One whose ``content`` has a type, as its own ``add`` sees it."""

    def add(
        self, path: str, handler: WebSocketHandler[Info, Any, Any], *, content: type[bytes | str] | None = None
    ) -> None: ...
    def resolve(self, path: str) -> Route | None: ...


class Derived(Router):
    @override
    def resolve(self, path: str) -> Route | None:
        return super().resolve(path.rstrip("/") or "/")


class Explicit(WebSocketRouter):
    def add(self, path: str, handler: WebSocketHandler[Info, Any, Any], *, content: Any = None) -> None: ...
    def resolve(self, path: str) -> Route | None: ...


def case_a_router_of_ones_own() -> None:
    router: WebSocketRouter = OnlyOne()
    router.add("/", hang_up)
    Application(ws_router=OnlyOne())


def case_a_router_of_ones_own_with_a_type_for_the_content() -> None:
    router: WebSocketRouter = OnlyOneOfAContent()
    router.add("/", hang_up, content=str)
    Application(ws_router=OnlyOneOfAContent())


def case_a_subclass_of_the_concrete_one() -> None:
    application = Application(ws_router=Derived())
    application.ws_router.add("/", hang_up)
    assert application.ws_router.resolve("/") is not None


def case_an_explicit_subclass_of_the_protocol() -> None:
    router: WebSocketRouter = Explicit()
    assert router.resolve("/") is None


def case_what_the_concrete_one_finds() -> None:
    router = Router()
    assert_type(router.resolve("/"), Route[dict[str, Any]] | None)


def case_what_the_protocol_finds() -> None:
    application = Application(info=1)
    assert_type(application.ws_router.resolve("/"), Route[int] | None)


def case_the_concrete_one_is_a_router() -> None:
    def take(router: WebSocketRouter[int]) -> None:
        assert_type(router.resolve(path="/"), Route[int] | None)

    take(Router[int]())


def case_a_route_has_three_items() -> None:
    def take(route: Route[int]) -> None:
        assert_type(route.handler, WebSocketHandler[int, Any, Any])
        assert_type(route.content, type[str] | type[bytes] | None)
        matches: RouteMatches = route.matches
        assert matches == {}

    async def count(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    take(Route(count, {}, None))
    take(Route(handler=count, matches={}, content=str))


def case_a_route_of_either_content() -> None:
    routes: list[Route] = [Route(hang_up, {}, str), Route(hang_up, {}, bytes), Route(hang_up, {"room": "1"}, None)]
    for handler, matches, content in routes:
        assert_type(matches["room"] if matches else None, Any | None)
        assert handler is hang_up
        assert content in (str, bytes, None)


async def case_the_handler_of_a_route_is_called(scope: Scope, info: Info, web_socket: WebSocket) -> None:
    route = Route(hang_up, {}, None)
    await route.handler(scope, info, route.matches, web_socket)
