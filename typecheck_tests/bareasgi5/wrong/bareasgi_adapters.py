"""Where bareASGI 5 promises more or less than the specification."""

import bareasgi
from bareasgi.http.typing import HTTPScope

from bareasgi_ws import Scope, WebSocket, WebSocketHandler


def of_one_kind(theirs: bareasgi.WebSocket) -> None:
    ours: WebSocket[str] = theirs  # E
    print(ours)


def the_other_way(ours: WebSocket) -> None:
    theirs: bareasgi.WebSocket = ours  # E
    print(theirs)


def its_http_scope(theirs: HTTPScope) -> None:
    ours: Scope = theirs  # E
    print(ours)


def a_handler_that_was_not_adapted(application: bareasgi.Application, handler: WebSocketHandler) -> None:
    application.ws_router.add("/", handler)  # E


async def a_request_for_a_scope(handler: WebSocketHandler, request: bareasgi.WebSocketRequest) -> None:
    await handler(request, request.info, request.matches, request.web_socket)  # E
