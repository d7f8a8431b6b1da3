"""Serving on the websockets library with wrong arguments."""

from typing import Any

from bareasgi_ws import Info, RouteMatches, Router, Scope, WebSocket
from bareasgi_ws.backends.websockets import backend, serve, serve_routes


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


def the_handler() -> None:
    serve(text)  # E
    serve(binary)  # E
    serve(text, content=None)  # E
    serve(text, content=bytes)  # E
    serve(binary, content=str)  # E
    serve("handler")  # E
    serve("handler", content=str)  # E
    serve("handler", content=bytes)  # E


def the_content() -> None:
    serve(either, content=int)  # E


async def the_address_of_either() -> None:
    serve(either, 1)  # E
    serve(either, port="80")  # E
    serve(either, "127.0.0.1", 80, {})  # E


async def the_result_of_either() -> None:
    await serve(either)  # E
    serve(either).sockets  # E
    with serve(either):  # E
        pass


async def the_address_of_text() -> None:
    serve(text, 1, content=str)  # E
    serve(text, port="80", content=str)  # E
    serve(text, "127.0.0.1", 80, {}, content=str)  # E


async def the_result_of_text() -> None:
    await serve(text, content=str)  # E
    serve(text, content=str).sockets  # E
    with serve(text, content=str):  # E
        pass


async def the_address_of_binary() -> None:
    serve(binary, 1, content=bytes)  # E
    serve(binary, port="80", content=bytes)  # E
    serve(binary, "127.0.0.1", 80, {}, content=bytes)  # E


async def the_result_of_binary() -> None:
    await serve(binary, content=bytes)  # E
    serve(binary, content=bytes).sockets  # E
    with serve(binary, content=bytes):  # E
        pass


async def the_routes(router: Router[Any]) -> None:
    serve_routes(either)  # E
    serve_routes(router, 1)  # E
    serve_routes(router, port="80")  # E
    serve_routes(router, "127.0.0.1", 80, {})  # E
    await serve_routes(router)  # E
    serve_routes(router).sockets  # E


def a_member_that_the_backend_has_not() -> None:
    print(backend.serve)  # E
