"""What is no ASGI 3 application, and an application called wrongly."""

from typing import Any

from starlette.types import ASGIApp
from uvicorn._types import ASGI3Application

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket


async def four(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def two(scope: Any, receive: Any) -> None: ...
def synchronous(scope: Any, receive: Any, send: Any) -> None: ...
async def receive() -> dict[str, Any]:
    return {}


async def send(event: dict[str, Any]) -> None: ...
async def send_nothing() -> None: ...
async def receive_text() -> str:
    return ""


def synchronously() -> dict[str, Any]:
    return {}


def send_synchronously(event: Any) -> None: ...


application = Application()
for_starlette: ASGIApp = four  # E
for_uvicorn: ASGI3Application = four  # E
Application(http=four)  # E
Application(http=two)  # E
Application(http=synchronous)  # E
Application(http="application")  # E
Application(info=1, http=four)  # E
Application(info=1, http=synchronous)  # E


async def called_wrongly() -> None:
    await application({}, receive)  # E
    await application({}, receive, send, 1)  # E
    await application("scope", receive, send)  # E
    await application({1: 2}, receive, send)  # E
    await application({}, send, receive)  # E
    await application({}, receive_text, send)  # E
    await application({}, synchronously, send)  # E
    await application({}, receive, send_nothing)  # E
    await application({}, receive, send_synchronously)  # E
    await application(scope={}, receive=receive)  # E
    await application(environ={}, receive=receive, send=send)  # E
    await application({}, receive, respond=send)  # E
    await application(scope={}, receive=send, send=receive)  # E
    await application({}, receive, send, send=send)  # E


async def not_awaited() -> None:
    application({}, receive, send)  # E


async def a_result() -> None:
    status: int = await application({}, receive, send)  # E
    print(status)
