"""An application is one for every server, with no cast."""

from typing import Any

from asgiref.typing import ASGI3Application as AsgirefApplication
from hypercorn.typing import ASGIFramework
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp
from uvicorn._types import ASGI3Application, ASGIApplication
from uvicorn.config import Config

from bareasgi_ws import Application

application = Application()


async def receive() -> dict[str, Any]:
    return {"type": "websocket.connect"}


async def send(event: dict[str, Any]) -> None:
    assert event["type"] == "websocket.close"


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
    Starlette(routes=[Mount("/ws", Application(info=1))])


def case_for_asgiref() -> None:
    one: AsgirefApplication = application
    assert one is application


def case_an_application_of_another_info() -> None:
    one: ASGI3Application = Application(info=1)
    other: ASGIApp = Application(info="1")
    assert one is not other


def case_their_applications_for_http(
    of_uvicorn: ASGI3Application, of_hypercorn: ASGIFramework, of_starlette: ASGIApp, of_asgiref: AsgirefApplication
) -> None:
    for http in (of_uvicorn, of_hypercorn, of_starlette, of_asgiref):
        Application(http=http)


def case_starlette_for_http() -> None:
    Application(http=Starlette())
    Application(info=1, http=Starlette())


def case_one_application_for_anothers_http() -> None:
    Application(http=Application())
    Application(http=None)
    Application(info=1, http=None)


async def case_called_with_three_arguments() -> None:
    await application({"type": "websocket", "path": "/none", "headers": []}, receive, send)


async def case_called_by_name_as_daphne_does() -> None:
    scope: dict[str, Any] = {"type": "websocket", "path": "/none", "headers": []}
    await application(scope=scope, receive=receive, send=send)
    await application(scope, receive, send=send)
    await application(scope, receive=receive, send=send)
