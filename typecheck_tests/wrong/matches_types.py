"""What the path matched is read, and a TypedDict has its keys only."""

from typing import TypedDict

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket, WebSocketHandler


class Seat(TypedDict):
    room: str
    number: int


class Plain:
    room: str


async def sit(scope: Scope, info: Info, matches: Seat, web_socket: WebSocket) -> None:
    print(matches["rom"])  # E


async def sit_elsewhere(scope: Scope, info: Info, matches: Seat, web_socket: WebSocket) -> None:
    print(matches["room"] + matches["number"])  # E


async def write(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    matches["room"] = "1"  # E


async def delete(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    del matches["room"]  # E


async def index(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    print(matches[0])  # E


async def attribute(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    print(matches.room)  # E


async def plain(scope: Scope, info: Info, matches: Plain, web_socket: WebSocket) -> None: ...
async def numbered(scope: Scope, info: Info, matches: list[str], web_socket: WebSocket) -> None: ...


not_even_a_mapping: WebSocketHandler[Info, Plain] = plain  # E
of_another_typed_dict: WebSocketHandler = sit  # E
of_a_list: WebSocketHandler = numbered  # E
