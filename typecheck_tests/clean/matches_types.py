"""The third argument: a mapping, or a TypedDict of the author's."""

from datetime import datetime
from typing import Any, NotRequired, TypedDict, assert_type

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket


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


def case_iterated(matches: RouteMatches) -> None:
    for name, value in matches.items():
        assert_type(name, str)
        assert_type(value, Any)
    assert "room" not in matches
