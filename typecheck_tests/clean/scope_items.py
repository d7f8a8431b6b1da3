"""Items that middleware puts into the scope: a scope type of one's own, and a wrapper that makes it a handler's."""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket, WebSocketHandler

InfoT = TypeVar("InfoT")
MatchesT = TypeVar("MatchesT", bound=Mapping[str, Any])
ContentT = TypeVar("ContentT", bound=bytes | str)


class SignedIn(Scope):
    user: str


SignedInHandler = Callable[[SignedIn, InfoT, MatchesT, WebSocket[ContentT]], Awaitable[None]]


def signed_in(
    handler: SignedInHandler[InfoT, MatchesT, ContentT],
) -> WebSocketHandler[InfoT, MatchesT, ContentT]:
    @wraps(handler)
    async def known(scope: Scope, info: InfoT, matches: MatchesT, web_socket: WebSocket[ContentT]) -> None:
        await handler(cast(SignedIn, scope), info, matches, web_socket)

    return known


async def greet(scope: SignedIn, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.send("Hello " + scope["user"] + scope["path"])


async def greet_by_text(scope: SignedIn, info: int, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...


def case_a_wrapped_handler_is_added() -> None:
    Router().add("/", signed_in(greet))
    Application(info=1).ws_router.add("/", signed_in(greet_by_text), content=str)


def case_a_wrapped_handler_is_decorated() -> None:
    application = Application()

    @application.on_ws_request("/")
    @signed_in
    async def decorated(scope: SignedIn, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
        print(scope["user"].upper())


def case_it_is_read_where_it_is_needed(scope: Scope) -> None:
    print(cast(SignedIn, scope).get("user"))


def case_a_mapping_takes_any_key() -> None:
    async def handler(scope: Mapping[str, Any], info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
        print(scope["user"], scope.get("session"))

    Router().add("/", handler)
