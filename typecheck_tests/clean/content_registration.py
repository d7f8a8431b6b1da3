"""A handler that receives one kind is registered with that kind."""

from typing import Any

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
async def untyped(scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...


def case_either_kind_without_content() -> None:
    Router().add("/", either)
    Application().ws_router.add("/", either)


def case_either_kind_with_none() -> None:
    Router().add("/", either, content=None)
    Application().ws_router.add("/", either, content=None)


def case_text_with_str() -> None:
    Router().add("/", text, content=str)
    Application().ws_router.add("/", text, content=str)


def case_bytes_with_bytes() -> None:
    Router().add("/", binary, content=bytes)
    Application().ws_router.add("/", binary, content=bytes)


def case_either_kind_with_a_content() -> None:
    Router().add("/", either, content=str)
    Application().ws_router.add("/", either, content=bytes)


def case_an_untyped_handler_with_any_content() -> None:
    Router().add("/none", untyped)
    Router().add("/str", untyped, content=str)
    Router().add("/bytes", untyped, content=bytes)


def case_by_name() -> None:
    Router().add(path="/", handler=text, content=str)
    Application().ws_router.add(path="/", handler=binary, content=bytes)
