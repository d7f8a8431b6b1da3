"""Handlers on the server of the websockets library, which needs asyncio: these cases are not run."""

from socket import socket

from bareasgi_ws import Info, RouteMatches, Router, Scope, WebSocket
from bareasgi_ws.backends.websockets import backend, serve, serve_routes
from bareasgi_ws.conformance import Backend, URLBackend


class Services: ...


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


async def case_each_kind_is_served(address: str) -> None:
    async with serve(either, address, 0, info={"n": 1}, content=None, max_size=None) as server:
        assert server.is_serving()
    async with serve(text, address, 0, info={"n": 1}, content=str, max_size=None) as server:
        assert server.is_serving()
    async with serve(binary, address, 0, info={"n": 1}, content=bytes, max_size=None) as server:
        assert server.is_serving()


async def case_on_a_socket_of_ones_own(own: socket) -> None:
    async with serve(either, None, None, sock=own), serve(either, sock=own):
        pass


async def case_routes(address: str, own: socket) -> None:
    router: Router[Info] = Router()
    async with serve_routes(router, address, 0, info={"n": 1}, max_size=None) as server:
        assert server.is_serving()
    async with serve_routes(router, None, None, sock=own), serve_routes(router, sock=own):
        pass


async def case_routes_of_services(router: Router[Services]) -> None:
    serve_routes(router, None, None, info=Services())
    serve_routes(router, "127.0.0.1", 0, info=Services())


def case_the_backend() -> None:
    for_the_kit: Backend = backend
    over_a_socket: URLBackend = backend
    assert for_the_kit.socket_type is over_a_socket.socket_type
