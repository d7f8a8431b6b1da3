"""The application that holds its own server to the requirements, called wrongly and given to what takes no such one."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from wsgiref.types import WSGIApplication

from uvicorn._types import ASGI2Application, ASGI3Application

from bareasgi_ws import Application, Router, WebSocket, WebSocketHandler
from bareasgi_ws.backends.asgi import serve
from bareasgi_ws.conformance import Backend, MemoryBackend, URLBackend, run
from bareasgi_ws.conformance import application as module
from bareasgi_ws.conformance.application import application
from bareasgi_ws.conformance.url import Serve
from bareasgi_ws.testing import connect


async def receive() -> dict[str, Any]:
    return {}


async def send(event: Any) -> None: ...


async def called_wrongly() -> None:
    await application()  # E
    await application({})  # E
    await application({}, receive)  # E
    await application({}, receive, send, None)  # E
    await application(scope={}, receive=receive, send=send)  # E
    await application({}, receive, send=send)  # E
    await module({}, receive, send)  # E


async def a_result() -> None:
    status: int = await application({}, receive, send)  # E
    (await application({}, receive, send)).status  # E
    print(status)


async def not_awaited() -> None:
    status: None = application({}, receive, send)  # E
    print(status)


async def not_awaited_and_nothing_done_with_it() -> None:
    application({}, receive, send)  # E !mypy !pyright !basedpyright !ty !pyrefly !zuban


def what_it_is_not() -> None:
    of_ours: Application = application  # E
    of_any_info: Application[Any] = application  # E
    handler: WebSocketHandler = application  # E
    backend: Backend = application  # E
    serves: Serve = application  # E
    synchronous: Callable[[Any, Any, Any], None] = application  # E
    of_a_result: Callable[[Any, Any, Any], Awaitable[int]] = application  # E
    of_a_scope: Callable[[Any], Awaitable[None]] = application  # E
    of_asgi_2: ASGI2Application = application  # E
    of_wsgi: WSGIApplication = application  # E
    by_name: str = application  # E
    the_module: ASGI3Application = module  # E
    print(of_ours, of_any_info, handler, backend, serves, synchronous, of_a_result, of_a_scope, of_asgi_2, of_wsgi)
    print(by_name, the_module)


async def it_is_no_backend(web_socket: type[WebSocket]) -> None:
    await run(application)  # E
    MemoryBackend(application, web_socket)  # E
    URLBackend(application, web_socket)  # E


async def it_is_no_handler(router: Router[Any]) -> None:
    router.add("/", application)  # E
    connect(application, content=str)  # E
    await serve(application, {}, receive, send, content=bytes)  # E


def what_it_has_not() -> None:
    print(application.ws_router)  # E
    print(application.info)  # E
    application.run("127.0.0.1", 8000)  # E
    print(application["url"])  # E


def what_its_module_has_not() -> None:
    print(module.app)  # E
    module.application = 1  # E !pyright !basedpyright


def requirements_of_it() -> Iterable[str]:
    return application  # E
