"""A handler that asks for a room and a number, and what gives it the number, for the tests of the forms of handlers."""

from typing import Any, TypedDict


class Seat(TypedDict):
    room: str
    number: int


async def seat_handler(scope: Any, info: Any, matches: Seat, web_socket: Any) -> None:
    await web_socket.accept()
    await web_socket.send(f"{matches['room']} {matches['number']}")


async def add(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await seat_handler(scope, info, {**matches, "number": 7}, web_socket)  # type: ignore[typeddict-item]
