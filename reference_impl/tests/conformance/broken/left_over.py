"""Faults that fail a requirement of WS-LIFETIME: what is left when the handler has ended, or is cancelled."""

from collections.abc import Callable
from typing import Any

import anyio

from bareasgi_ws import WebSocketClosedError
from bareasgi_ws._reference import cancellation
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import BEFORE, GONE

from .fault import application_fails, serve, web_socket_fails


def with_end(handler: Any, route: str, content: Any, info: Any, end: Callable[[Any], None]) -> Any:
    """Return an application that does something to the web_socket when its handler has ended."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        web_sockets: list[Any] = []

        async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
            web_sockets.append(web_socket)
            await handler(scope, info, matches, web_socket)

        try:
            await serve(handled, route, content, info)(scope, receive, send)
        finally:
            for web_socket in web_sockets:
                end(web_socket)

    return application


@application_fails("WS-LIFETIME-17")
def forgets_the_code_at_the_end(handler: Any, route: str, content: Any, info: Any) -> Any:
    def forget(web_socket: Any) -> None:
        web_socket._code = None

    return with_end(handler, route, content, info, forget)


@application_fails("WS-LIFETIME-17")
def begins_again_at_the_end(handler: Any, route: str, content: Any, info: Any) -> Any:
    """As one that keeps its web_sockets for connections to come."""

    def begin_again(web_socket: Any) -> None:
        web_socket._state = BEFORE

    return with_end(handler, route, content, info, begin_again)


@web_socket_fails("WS-LIFETIME-17")
class RaisesInAReceiveThatIsLeftOver(DenyingWebSocket[Any]):
    _failed = False

    async def fail(self) -> None:
        self._failed = self._waiting is not None and self._state.can_receive
        await super().fail()

    async def receive(self) -> Any:
        content = await super().receive()
        if self._failed:
            raise WebSocketClosedError("receive(): the handler has failed")
        return content


@application_fails("WS-LIFETIME-18")
def ends_well_by_a_cancellation(handler: Any, route: str, content: Any, info: Any) -> Any:
    served = serve(handler, route, content, info)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        try:
            await served(scope, receive, send)
        except anyio.get_cancelled_exc_class():
            if not cancellation.is_asked_for():
                raise

    return application


@application_fails("WS-LIFETIME-18")
def takes_a_cancellation_for_an_error(handler: Any, route: str, content: Any, info: Any) -> Any:
    served = serve(handler, route, content, info)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        try:
            await served(scope, receive, send)
        except anyio.get_cancelled_exc_class() as error:
            if not cancellation.is_asked_for():
                raise
            raise RuntimeError("the handler was cancelled") from error

    return application


@application_fails("WS-LIFETIME-18")
def ends_well_by_a_cancellation_once_the_client_has_gone(handler: Any, route: str, content: Any, info: Any) -> Any:
    found_gone = [False]

    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        try:
            await handler(scope, info, matches, web_socket)
        finally:
            found_gone.append(web_socket.state is GONE)

    served = serve(handled, route, content, info)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        try:
            await served(scope, receive, send)
        except anyio.get_cancelled_exc_class():
            if not found_gone[-1]:
                raise

    return application
