"""Handlers whose annotations are strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from bareasgi_ws import WebSocket as CheckersOnly


class Seat(TypedDict):
    room: str
    number: int


async def postponed(scope: Any, info: Any, matches: Seat, web_socket: CheckersOnly) -> None: ...


def local_items() -> Any:
    class Seat(int):
        """Of the name of a class of the module's."""

    class Local(TypedDict):
        x: Seat

    return Local
