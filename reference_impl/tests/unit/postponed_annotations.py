"""Handlers whose annotations are strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

if TYPE_CHECKING:
    from bareasgi_ws import WebSocket as CheckersOnly


class Seat(TypedDict):
    room: str
    number: int


class SeatOrNone(TypedDict):
    room: str
    number: NotRequired[int]


async def postponed(scope: Any, info: Any, matches: Seat, web_socket: CheckersOnly) -> None: ...
async def postponed_not_required(scope: Any, info: Any, matches: SeatOrNone, web_socket: Any) -> None: ...


def postponed_local() -> Any:
    class Local(TypedDict):
        room: str

    async def handler(scope: Any, info: Any, matches: Local, web_socket: Any) -> None: ...

    return handler


def local_items() -> Any:
    class Seat(int):
        """Of the name of a class of the module's."""

    class Local(TypedDict):
        x: Seat

    return Local
