"""Middleware that keeps the type of the handler that it is given."""

from typing import Any, TypedDict, TypeVar, assert_type

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket, WebSocketHandler

HandlerT = TypeVar("HandlerT", bound=WebSocketHandler[Any, Any, Any])
InfoT = TypeVar("InfoT")
MatchesT = TypeVar("MatchesT", bound=RouteMatches)
ContentT = TypeVar("ContentT", bound=bytes | str)


class Seat(TypedDict):
    number: int


def known(handler: HandlerT) -> HandlerT:
    handlers.append(handler)
    return handler


handlers: list[WebSocketHandler[Any, Any, Any]] = []


def case_a_handler_of_either_kind() -> None:
    @known
    async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    Application().ws_router.add("/", either)


def case_a_handler_of_text_stays_one() -> None:
    @known
    async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...

    Application().ws_router.add("/", text, content=str)


def case_a_handler_of_another_info_stays_one() -> None:
    @known
    async def count(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    Application(info=1).ws_router.add("/", count)


def case_an_object_stays_of_its_class() -> None:
    class Chat:
        async def __call__(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    assert_type(known(Chat()), Chat)


def case_a_type_variable_for_each_argument() -> None:
    def timed(handler: WebSocketHandler[InfoT, MatchesT, ContentT]) -> WebSocketHandler[InfoT, MatchesT, ContentT]:
        return handler

    async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
    async def sit(scope: Scope, info: Info, matches: Seat, web_socket: WebSocket) -> None: ...
    async def text(scope: Scope, info: Info, matches: Seat, web_socket: WebSocket[str]) -> None: ...
    async def count(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...

    router = Application().ws_router
    router.add("/", timed(either))
    router.add("/{number:int}", timed(sit))
    router.add("/text/{number:int}", timed(text), content=str)
    Application(info=1).ws_router.add("/", timed(count), content=bytes)


def case_below_the_decorator() -> None:
    @Application().on_ws_request("/", content=bytes)
    @known
    async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...

    assert binary.__name__ == "binary"


def case_for_either_kind_only() -> None:
    def shielded(handler: WebSocketHandler) -> WebSocketHandler:
        return handler

    @shielded
    async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    assert_type(either, WebSocketHandler)
    Application().ws_router.add("/", either, content=str)
