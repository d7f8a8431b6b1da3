"""Handlers as endpoints of Starlette's routes."""

from typing import assert_type

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.backends.starlette import backend, endpoint, not_found
from bareasgi_ws.conformance import Backend, MemoryBackend
from bareasgi_ws.testing import connect


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


def case_each_kind_is_an_endpoint() -> None:
    routes = [
        WebSocketRoute("/either", endpoint(either)),
        WebSocketRoute("/info", endpoint(either, info={"n": 1}, content=None)),
        WebSocketRoute("/text", endpoint(text, info={"n": 1}, content=str)),
        WebSocketRoute("/binary", endpoint(binary, info={"n": 1}, content=bytes)),
        WebSocketRoute("/{path:path}", not_found),
    ]
    Starlette(routes=routes)


def case_without_info() -> None:
    endpoint(text, content=str)
    endpoint(binary, content=bytes)


def case_an_endpoint_is_an_application() -> None:
    connect(endpoint(either))
    connect(endpoint(text, content=str))
    connect(endpoint(binary, content=bytes))
    connect(not_found)


def case_the_backend() -> None:
    assert_type(backend, MemoryBackend)
    for_the_kit: Backend = backend
    assert for_the_kit.socket_type is backend.socket_type
