"""Serving one connection with wrong arguments, for each kind of content."""

from typing import Any

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.backends.asgi import backend, check_content, check_handler, not_found, serve


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


async def receive() -> dict[str, Any]:
    return {}


async def receive_text() -> str:
    return ""


async def receive_numbers() -> dict[int, Any]:
    return {}


async def send(event: Any) -> None: ...


async def the_handler() -> None:
    await serve(text, {}, receive, send, content=None)  # E
    await serve("handler", {}, receive, send)  # E


async def the_events() -> None:
    await serve(either, {}, send, receive)  # E
    await serve(either, {}, receive_text, send)  # E
    await serve(either, {}, receive_numbers, send)  # E
    await serve(either, {}, receive)  # E


async def by_position() -> None:
    await serve(either, {}, receive, send, {})  # E


async def not_awaited() -> None:
    serve(either, {}, receive, send)  # E !zuban
    serve(text, {}, receive, send, content=str)  # E !zuban
    serve(binary, {}, receive, send, content=bytes)  # E !zuban


async def a_result() -> None:
    (await serve(either, {}, receive, send)).code  # E


def a_member_that_the_backend_has_not() -> None:
    print(backend.run)  # E


check_handler(not_found)  # E
check_handler(1, not_found)  # E
check_handler("my_route", not_found).name  # E
check_content(str)  # E
check_content(1, str)  # E
check_content("my_route", str).name  # E


async def what_serves_a_path_without_a_route(scope: Scope, info: Info, matches: RouteMatches, end: WebSocket) -> None:
    await not_found(scope, info, matches)  # E
    await not_found(1, info, matches, end)  # E
    await not_found(scope, info, matches, 1)  # E
    (await not_found(scope, info, matches, end)).name  # E
