"""Routes of bareASGI for what is no handler, or for a handler of another kind."""

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.backends.bareasgi import backend, endpoint, not_found, with_absolute_paths


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...


def the_handler() -> None:
    endpoint(text, content=None)  # E
    endpoint("handler")  # E


def by_position() -> None:
    endpoint(either, None)  # E


def the_info_is_the_applications() -> None:
    endpoint(either, info={})  # E


async def the_result(request: object) -> None:
    endpoint(either).handler  # E
    (await endpoint(either)(request)).code  # E
    not_found.handler  # E
    (await not_found(request)).code  # E


async def what_the_server_is_given() -> None:
    with_absolute_paths("application")  # E
    with_absolute_paths(either)  # E
    with_absolute_paths()  # E
    with_absolute_paths(not_found).ws_router  # E
    await with_absolute_paths(not_found)({})  # E
    (await with_absolute_paths(not_found)({}, None, None)).code  # E


def a_member_that_the_backend_has_not() -> None:
    print(backend.run)  # E
