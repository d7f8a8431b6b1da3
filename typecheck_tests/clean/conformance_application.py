"""The application that holds its own server to the requirements, for every server and with no cast."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, assert_type

from asgiref.typing import ASGI3Application as AsgirefApplication
from hypercorn.typing import ASGIFramework
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp
from uvicorn._types import ASGI3Application, ASGIApplication
from uvicorn.config import Config

from bareasgi_ws import Application
from bareasgi_ws.conformance.application import application
from bareasgi_ws.testing import connect


def case_what_it_is() -> None:
    assert_type(application, Callable[[Any, Any, Any], Awaitable[None]])


def case_for_uvicorn() -> None:
    one: ASGIApplication = application
    other: ASGI3Application = application
    assert one is other


def case_given_to_uvicorn() -> None:
    assert Config(application).app is application


def case_for_hypercorn() -> None:
    framework: ASGIFramework = application
    assert framework is application


def case_for_starlette() -> None:
    app: ASGIApp = application
    assert app is application


def case_mounted_in_starlette() -> None:
    Starlette(routes=[Mount("/ws", application)])


def case_for_asgiref() -> None:
    one: AsgirefApplication = application
    assert one is application


def case_for_an_applications_http() -> None:
    Application(http=application)
    Application(info=1, http=application)


async def receive() -> Mapping[str, Any]:
    return {"type": "websocket.connect"}


async def case_called_with_three_arguments() -> None:
    events: list[dict[str, Any]] = []

    async def send(event: dict[str, Any]) -> None:
        events.append(event)

    scope: dict[str, Any] = {"type": "websocket", "path": "/none", "headers": []}
    assert_type(await application(scope, receive, send), None)
    assert events[0]["type"] == "websocket.close"


async def case_connected_to_in_a_test() -> None:
    async with connect(application, "/none") as client:
        assert (await client.handshake()).status == 404


async def case_wrapped_in_another() -> None:
    async def log(event: Mapping[str, Any]) -> None:
        assert event["type"] == "websocket.close"

    async def wrapper(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        await application({**scope, "path": "/none"}, receive, send)

    wrapped: ASGI3Application = wrapper
    assert wrapped is wrapper
    await wrapper({"type": "websocket", "headers": []}, receive, log)
