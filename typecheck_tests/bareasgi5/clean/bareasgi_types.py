"""What bareASGI 5 calls a WebSocket, a scope and an application stands where ours is expected."""

from typing import assert_type

import bareasgi
from bareasgi.websockets.typing import WebSocketScope

from bareasgi_ws import Application, Scope, WebSocket, WebSocketHandler, messages
from bareasgi_ws.backends.bareasgi import with_absolute_paths


def case_its_web_socket(theirs: bareasgi.WebSocket) -> None:
    ours: WebSocket = theirs
    print(ours)


def case_its_scope(theirs: WebSocketScope) -> None:
    ours: Scope = theirs
    print(ours)


def case_its_application_for_http(theirs: bareasgi.Application) -> None:
    Application(http=theirs)


async def case_its_messages(theirs: bareasgi.WebSocket) -> None:
    async for content in messages(theirs):
        assert_type(content, bytes | str)


def case_its_application_on_absolute_paths(theirs: bareasgi.Application) -> None:
    with_absolute_paths(theirs)


def case_a_handler_of_ours_served_by_it(application: bareasgi.Application, handler: WebSocketHandler) -> None:
    async def adapted(request: bareasgi.WebSocketRequest) -> None:
        await handler(request.scope, request.info, request.matches, request.web_socket)

    application.ws_router.add("/", adapted)
