"""A handler is called with four arguments, by position."""

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket, WebSocketHandler


async def too_few(handler: WebSocketHandler, scope: Scope, info: Info, matches: RouteMatches) -> None:
    await handler(scope, info, matches)  # E


async def too_many(handler: WebSocketHandler, scope: Scope, matches: RouteMatches, web_socket: WebSocket) -> None:
    await handler(scope, {}, matches, web_socket, 1)  # E


async def by_name(handler: WebSocketHandler, scope: Scope, matches: RouteMatches, web_socket: WebSocket) -> None:
    await handler(scope, {}, matches, web_socket=web_socket)  # E
    await handler(scope, {}, matches=matches, web_socket=web_socket)  # E
    await handler(scope, info={}, matches=matches, web_socket=web_socket)  # E
    await handler(scope=scope, info={}, matches=matches, web_socket=web_socket)  # E


async def wrong_types(handler: WebSocketHandler, scope: Scope, matches: RouteMatches, web_socket: WebSocket) -> None:
    await handler("scope", {}, matches, web_socket)  # E
    await handler(scope, 1, matches, web_socket)  # E
    await handler(scope, {}, 1, web_socket)  # E
    await handler(scope, {}, matches, "web_socket")  # E


async def either_kind_for_text(
    handler: WebSocketHandler[Info, RouteMatches, str], scope: Scope, matches: RouteMatches, web_socket: WebSocket
) -> None:
    await handler(scope, {}, matches, web_socket)  # E


async def a_result(handler: WebSocketHandler, scope: Scope, matches: RouteMatches, web_socket: WebSocket) -> None:
    code: int = await handler(scope, {}, matches, web_socket)  # E
    print(code)


def a_coroutine(handler: WebSocketHandler, scope: Scope, matches: RouteMatches, web_socket: WebSocket) -> None:
    handler(scope, {}, matches, web_socket).close()  # E


def of_another_info(handler: WebSocketHandler[str]) -> None:
    other: WebSocketHandler[int] = handler  # E
    print(other)


def for_less(handler: WebSocketHandler[Info, RouteMatches, str]) -> None:
    for_more: WebSocketHandler[Info, RouteMatches, bytes | str] = handler  # E
    print(for_more)


def for_a_narrower_info(handler: WebSocketHandler[bool]) -> None:
    for_a_wider: WebSocketHandler[int] = handler  # E
    print(for_a_wider)


def of_no_content(handler: WebSocketHandler[Info, RouteMatches, int]) -> None:  # E
    print(handler)


def of_no_matches(handler: WebSocketHandler[Info, int]) -> None:  # E
    print(handler)


class Incomplete(WebSocketHandler):
    pass


Incomplete()  # E
