"""Handlers on the routes of a bareASGI application."""

from typing import Any, assert_type

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.backends.bareasgi import backend, endpoint, not_found, with_absolute_paths
from bareasgi_ws.conformance import Backend, MemoryBackend


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


async def case_what_bareasgi_3_calls(its_own: object) -> None:
    assert_type(await endpoint(either)({}, {}, {}, its_own), None)
    assert_type(await endpoint(text, content=str)({}, {}, {}, its_own), None)
    assert_type(await endpoint(binary, content=bytes)({}, {}, {}, its_own), None)
    assert_type(await not_found({}, {}, {}, its_own), None)


async def case_what_bareasgi_5_calls(request: object) -> None:
    assert_type(await endpoint(either, content=None)(request), None)
    assert_type(await endpoint(text, content=str)(request), None)
    assert_type(await endpoint(binary, content=bytes)(request), None)
    assert_type(await not_found(request), None)


async def case_what_the_server_is_given() -> None:
    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        assert scope["path"] == "/"

    on_absolute_paths = with_absolute_paths(application)
    Application(http=on_absolute_paths)
    assert_type(await on_absolute_paths({"type": "websocket", "path": ""}, None, None), None)
    with_absolute_paths(application=Application())


def case_the_backend() -> None:
    assert_type(backend, MemoryBackend)
    for_the_kit: Backend = backend
    assert for_the_kit.socket_type is backend.socket_type
