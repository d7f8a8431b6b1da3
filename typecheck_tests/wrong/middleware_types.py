"""Middleware keeps the type of its handler, errors included."""

from typing import Any, TypeVar

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket, WebSocketHandler

HandlerT = TypeVar("HandlerT", bound=WebSocketHandler[Any, Any, Any])


def known(handler: HandlerT) -> HandlerT:
    return handler


def for_either_kind(handler: WebSocketHandler) -> WebSocketHandler:
    return handler


async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def count(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def three(scope: Scope, info: Info, matches: RouteMatches) -> None: ...
def synchronous(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


router = Application().ws_router
router.add("/", known(text))  # E
router.add("/", known(text), content=bytes)  # E
router.add("/", known(count))  # E
router.add("/", known(three))  # E
router.add("/", known(synchronous))  # E
router.add("/", for_either_kind(text), content=str)  # E
router.add("/", for_either_kind(count))  # E
print(known(text).nothing)  # E
