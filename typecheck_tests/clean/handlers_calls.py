"""Calling a handler, and writing a function that takes or gives one."""

from collections.abc import Awaitable, Mapping
from typing import Any, TypedDict, assert_type

from bareasgi_ws import Info, RouteMatches, Router, Scope, WebSocket, WebSocketHandler


class Seat(TypedDict):
    number: int


async def hang_up(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.close()


async def case_called_with_four_arguments(
    scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket
) -> None:
    async def call(handler: WebSocketHandler) -> None:
        assert_type(await handler(scope, info, matches, web_socket), None)

    await call(hang_up)


async def case_the_call_gives_an_awaitable(
    scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket
) -> None:
    def call(handler: WebSocketHandler) -> Awaitable[None]:
        awaitable = handler(scope, info, matches, web_socket)
        assert_type(awaitable, Awaitable[None])
        return awaitable

    await call(hang_up)


def case_the_defaults_of_the_type_arguments() -> None:
    def take(handler: WebSocketHandler) -> None:
        assert_type(handler, WebSocketHandler[dict[str, Any], Mapping[str, Any], bytes | str])

    take(hang_up)


def case_the_defaults_behind_an_info() -> None:
    async def counting(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    def take(handler: WebSocketHandler[int]) -> None:
        assert_type(handler, WebSocketHandler[int, Mapping[str, Any], bytes | str])

    take(counting)


def case_the_default_behind_a_typed_dict() -> None:
    async def sit(scope: Scope, info: Info, matches: Seat, web_socket: WebSocket) -> None: ...

    def take(handler: WebSocketHandler[Info, Seat]) -> None:
        assert_type(handler, WebSocketHandler[dict[str, Any], Seat, bytes | str])

    take(sit)


def case_a_handler_for_more_stands_for_one_for_less() -> None:
    async def any_info(scope: Scope, info: object, matches: Mapping[str, object], web_socket: WebSocket) -> None: ...

    def narrowed(handler: WebSocketHandler[object, Mapping[str, object]]) -> WebSocketHandler[int, RouteMatches, str]:
        return handler

    assert narrowed(any_info) is any_info


def case_a_handler_for_any_matches_stands_for_one_for_a_typed_dict() -> None:
    def narrowed(handler: WebSocketHandler) -> WebSocketHandler[Info, Seat]:
        return handler

    assert narrowed(hang_up) is hang_up


def case_a_function_that_gives_a_handler() -> None:
    def twice(handler: WebSocketHandler) -> WebSocketHandler:
        async def both(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
            await handler(scope, info, matches, web_socket)
            await handler(scope, info, matches, web_socket)

        return both

    Router().add("/", twice(hang_up))
