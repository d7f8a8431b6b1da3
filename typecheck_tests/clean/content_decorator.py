"""The decorator gives the very function back, and takes what add takes."""

from typing import TypedDict, assert_type

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket


def case_either_kind() -> None:
    application = Application()

    @application.on_ws_request("/either")
    async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    assert either.__name__ == "either"


def case_matches_of_a_typed_dict() -> None:
    application = Application()

    class Room(TypedDict):
        room: str

    @application.on_ws_request("/rooms/{room}")
    async def enter(scope: Scope, info: Info, matches: Room, web_socket: WebSocket) -> None: ...

    assert enter.__name__ == "enter"


class Greeter:
    greeting = "Hello"

    async def __call__(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


class TextGreeter:
    async def __call__(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...


class BinaryGreeter:
    async def __call__(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


def case_an_object_keeps_its_type() -> None:
    application = Application()
    greeter = application.on_ws_request("/object")(Greeter())
    assert_type(greeter, Greeter)
    assert greeter.greeting == "Hello"


def case_an_object_for_text_keeps_its_type() -> None:
    application = Application()
    assert_type(application.on_ws_request("/text-object", content=str)(TextGreeter()), TextGreeter)


def case_an_object_for_bytes_keeps_its_type() -> None:
    application = Application()
    assert_type(application.on_ws_request("/bytes-object", content=bytes)(BinaryGreeter()), BinaryGreeter)


async def case_a_decorated_function_keeps_its_keywords(
    scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket
) -> None:
    application = Application()

    @application.on_ws_request("/keywords")
    async def keeps(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket, limit: int = 1) -> None: ...

    await keeps(scope, info, matches, web_socket=web_socket, limit=2)
