"""Endpoints for Starlette of what is no handler, or of a handler of another kind."""

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.backends.starlette import backend, endpoint, not_found


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...


def the_handler() -> None:
    endpoint(text, content=None)  # E
    endpoint("handler")  # E


def by_position() -> None:
    endpoint(either, {})  # E


def the_result() -> None:
    endpoint(either).handler  # E
    endpoint(either)()  # E


def the_application() -> None:
    not_found()  # E
    not_found.handler  # E


def a_member_that_the_backend_has_not() -> None:
    print(backend.run)  # E
