"""Faults that fail a requirement of WS-LIFETIME."""

from typing import Any

import anyio

from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import BEFORE, OPEN

from .fault import Call, application_fails, handling_fails, serve, web_socket_fails


@handling_fails("WS-LIFETIME-02")
async def answers_500_for_a_return(call: Call, web_socket: Any) -> None:
    """As uvicorn 0.54 and hypercorn 0.18, where nothing is accepted."""
    await call()
    if web_socket.state == BEFORE:
        await web_socket.deny(500)


@handling_fails("WS-LIFETIME-03")
async def takes_a_return_for_an_error(call: Call, web_socket: Any) -> None:
    """As hypercorn 0.18 and gunicorn 27.0."""
    await call()
    if web_socket.state == OPEN:
        await web_socket.close(1011)


@handling_fails("WS-LIFETIME-04", blocks=("WS-LIFETIME-11",))
async def rejects_for_an_error(call: Call, web_socket: Any) -> None:
    """As granian 2.8."""
    try:
        await call()
    except Exception:
        if web_socket.state == BEFORE:
            await web_socket.close()
        raise


@handling_fails("WS-LIFETIME-05", blocks=("WS-LIFETIME-11",))
async def takes_an_error_for_a_return(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except Exception:
        if web_socket.state == OPEN:
            await web_socket.close()
        raise


@application_fails("WS-LIFETIME-08")
def raises_without_a_route(handler: Any, route: str, content: Any, info: Any) -> Any:
    """As bareASGI 3.7.1 and 5.0.0."""
    served = serve(handler, route, content, info)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if served.ws_router.resolve(scope["path"]) is None:
            raise LookupError("no route")
        await served(scope, receive, send)

    return application


@application_fails("WS-LIFETIME-09")
def closes_whoever_was_first(handler: Any, route: str, content: Any, info: Any) -> Any:
    served = serve(handler, route, content, info)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        actual: list[str] = []

        async def noted() -> Any:
            event = await receive()
            actual.append(event.get("type"))
            return event

        await served(scope, noted, send)
        if "websocket.disconnect" in actual:
            await send({"type": "websocket.close", "code": 1000})

    return application


@application_fails("WS-LIFETIME-10")
def converts_nothing(handler: Any, route: str, content: Any, info: Any) -> Any:
    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await handler(scope, info, {name: str(value) for name, value in matches.items()}, web_socket)

    return serve(handled, route, content, info)


@handling_fails("WS-LIFETIME-11")
async def takes_a_timeout_or_any_cancellation_for_a_shutdown(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except (TimeoutError, anyio.get_cancelled_exc_class()) as error:
        if web_socket.state == OPEN and type(error) is not TimeoutError:
            await web_socket.close(1001)
        raise


@web_socket_fails("WS-LIFETIME-12")
class HasNoTimeoutForAnError(DenyingWebSocket[Any]):
    async def fail(self) -> None:
        self._close_timeout = None
        await super().fail()
