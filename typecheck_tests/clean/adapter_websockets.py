"""Handlers on the server of the websockets library."""

from typing import Any

from bareasgi_ws import Info, RouteMatches, Router, Scope, WebSocket
from bareasgi_ws.backends.websockets import backend, serve, serve_routes
from bareasgi_ws.conformance import Backend, URLBackend


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


async def case_each_kind_is_served() -> None:
    async with serve(either, "127.0.0.1", 0) as server:
        await server.serve_forever()
    async with serve(text, "127.0.0.1", 0, info=1, content=str, max_size=None) as server:
        await server.serve_forever()
    async with serve(binary, "127.0.0.1", 0, info=1, content=bytes, max_size=None) as server:
        await server.serve_forever()


async def case_on_all_addresses() -> None:
    async with serve(either, None, None, info=1, content=None, max_size=None), serve(either):
        pass
    async with serve(text, None, None, content=str), serve(text, content=str):
        pass
    async with serve(binary, None, None, content=bytes), serve(binary, content=bytes):
        pass


async def case_routes(router: Router[Any]) -> None:
    async with serve_routes(router, "127.0.0.1", 0, info=1, max_size=None) as server:
        await server.serve_forever()
    async with serve_routes(router, None, None), serve_routes(router):
        pass


def case_the_backend() -> None:
    for_the_kit: Backend = backend
    over_a_socket: URLBackend = backend
    assert for_the_kit.socket_type is over_a_socket.socket_type
