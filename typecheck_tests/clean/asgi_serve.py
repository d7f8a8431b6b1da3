"""An adapter on ASGI: one connection, served with one handler."""

from collections.abc import Mapping
from typing import Any, assert_type

from starlette.types import Receive, Send
from starlette.types import Scope as StarletteScope

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket, WebSocketHandler
from bareasgi_ws.backends.asgi import backend, check_content, check_handler, not_found, serve
from bareasgi_ws.conformance import Backend, MemoryBackend


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


SCOPE: Mapping[str, Any] = {"type": "websocket", "path": "/", "headers": []}


async def receive() -> Mapping[str, Any]:
    return {"type": "websocket.connect"}


async def send(event: Mapping[str, Any]) -> None:
    assert event["type"] == "websocket.close"


async def case_either_kind() -> None:
    assert_type(await serve(either, SCOPE, receive, send), None)


async def case_with_info_and_matches() -> None:
    assert_type(await serve(either, SCOPE, receive, send, info={"n": 1}, matches={"room": "1"}, content=None), None)


async def case_in_an_application_of_starlettes(scope_: StarletteScope, receive_: Receive, send_: Send) -> None:
    await serve(either, scope_, receive_, send_)


def case_what_is_registered_is_checked(handler: object, content: object) -> None:
    assert_type(check_handler("my_route", handler), None)
    assert_type(check_content(call="my_route", content=content), None)
    check_handler(call="my_route", handler=not_found)


async def case_a_path_without_a_route() -> None:
    handler: WebSocketHandler = not_found
    assert_type(await serve(not_found, SCOPE, receive, send), None)
    assert handler is not_found


def case_the_reference_backend() -> None:
    assert_type(backend, MemoryBackend)
    for_the_kit: Backend = backend
    assert for_the_kit.socket_type is backend.socket_type
