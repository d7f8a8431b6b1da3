"""A handler that receives one kind is registered with that kind."""

from typing import Any

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket


async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
async def untyped(scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...


def case_an_untyped_handler_with_any_content() -> None:
    Router().add("/none", untyped)
    Router().add("/str", untyped, content=str)
    Router().add("/bytes", untyped, content=bytes)


def case_by_name() -> None:
    Router().add(path="/", handler=text, content=str)
    Application().ws_router.add(path="/", handler=binary, content=bytes)
