"""The third argument: a mapping, or a TypedDict of the author's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NotRequired, TypedDict, assert_type

from bareasgi_ws import Application, Info, Route, RouteMatches, Router, Scope, WebSocket, WebSocketHandler


class Seat(TypedDict):
    room: str
    number: int
    since: NotRequired[datetime]


async def sit(scope: Scope, info: Info, matches: Seat, web_socket: WebSocket) -> None:
    assert_type(matches["room"], str)
    assert_type(matches["number"], int)
    assert_type(matches.get("since"), datetime | None)


async def sit_for_text(scope: Scope, info: Info, matches: Seat, web_socket: WebSocket[str]) -> None: ...
async def sit_for_bytes(scope: Scope, info: Info, matches: Seat, web_socket: WebSocket[bytes]) -> None: ...


def case_a_typed_dict() -> None:
    Router().add("/{room}/{number:int}", sit)
    Application().ws_router.add("/{room}/{number:int}", sit)


def case_a_typed_dict_and_a_content() -> None:
    Router().add("/{room}/{number:int}", sit_for_text, content=str)
    Router().add("/{room}/{number:int}", sit_for_bytes, content=bytes)
    Application().ws_router.add("/text/{room}/{number:int}", sit_for_text, content=str)
    Application().ws_router.add("/bytes/{room}/{number:int}", sit_for_bytes, content=bytes)


def case_a_mapping() -> None:
    async def mapped(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
        assert_type(matches["room"], Any)

    Router().add("/{room}", mapped)


def case_other_mappings_and_what_is_wider() -> None:
    async def of_text(scope: Scope, info: Info, matches: Mapping[str, str], web_socket: WebSocket) -> None: ...
    async def of_a_dict(scope: Scope, info: Info, matches: dict[str, str], web_socket: WebSocket) -> None: ...
    async def of_an_object(scope: Scope, info: Info, matches: object, web_socket: WebSocket) -> None: ...

    Router().add("/", of_text)
    Router().add("/", of_a_dict)
    Router().add("/", of_an_object)


def case_a_handler_type_with_a_typed_dict() -> None:
    handler: WebSocketHandler[Info, Seat] = sit
    handler_for_text: WebSocketHandler[Info, Seat, str] = sit_for_text
    Router().add("/{room}/{number:int}", handler)
    Router().add("/{room}/{number:int}", handler_for_text, content=str)


def case_the_handler_of_a_route_is_registered_again() -> None:
    route = Route(sit, {}, None)
    Router().add("/{room}/{number:int}", route.handler)
    Router().add("/{room}/{number:int}", route.handler, content=str)


def case_iterated(matches: RouteMatches) -> None:
    for name, value in matches.items():
        assert_type(name, str)
        assert_type(value, Any)
    assert "room" not in matches
