"""What the reference costs on top of a raw ASGI function: one connection, one echoed message.

Run ``python reference_impl/benchmarks/echo.py``. It prints ratios, not times: each library runs in turn, round after
round in one process, and each figure is the median over the rounds of its time divided by the raw function's in the
same round. Libraries that are not installed are left out by name.
"""

import logging
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from itertools import chain, repeat
from statistics import median
from typing import Any

Application = Callable[[Any, Any, Any], Awaitable[None]]

ROUNDS = 30
CONNECTIONS = 200
MESSAGES = 2_000
SCOPE = {"type": "websocket", "path": "/", "headers": [], "subprotocols": [], "asgi": {"version": "3.0"}}
CONNECT = {"type": "websocket.connect"}
DISCONNECT = {"type": "websocket.disconnect", "code": 1000}
MESSAGE = {"type": "websocket.receive", "text": "hello"}


async def raw(scope: Any, receive: Any, send: Any) -> None:
    """Echo with nothing in between."""
    await receive()
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": event["text"]})
    await send({"type": "websocket.close", "code": 1000})


def reference() -> Application:
    """Echo with the reference implementation."""
    from bareasgi_ws import Application

    application = Application()
    application.ws_router.add("/", echo)
    return application


async def echo(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Echo, as a handler of this project's."""
    await web_socket.accept()
    while (message := await web_socket.receive()) is not None:
        await web_socket.send(message)
    await web_socket.close()


def starlette() -> Application:
    """Echo with starlette."""
    routing, websockets = import_module("starlette.routing"), import_module("starlette.websockets")

    async def echo(web_socket: Any) -> None:
        await web_socket.accept()
        try:
            while True:
                await web_socket.send_text(await web_socket.receive_text())
        except websockets.WebSocketDisconnect:
            return

    router: Application = routing.Router([routing.WebSocketRoute("/", echo)])
    return router


def bareasgi() -> Application:
    """Echo with bareASGI, of version 3 or of version 5."""
    application: Any = import_module("bareasgi").Application()

    async def echo(*arguments: Any) -> None:
        web_socket = arguments[3] if len(arguments) == 4 else arguments[0].web_socket
        await web_socket.accept()
        while (message := await web_socket.receive()) is not None:
            await web_socket.send(message)

    application.ws_router.add("/", echo)
    served: Application = application
    return served


def on_bareasgi() -> Application:
    """Echo with the backend on bareASGI."""
    application: Any = import_module("bareasgi").Application()
    application.ws_router.add("/", import_module("bareasgi_ws.backends.bareasgi").endpoint(echo))
    served: Application = application
    return served


def on_starlette() -> Application:
    """Echo with the backend on Starlette."""
    endpoint = import_module("bareasgi_ws.backends.starlette").endpoint(echo)
    routing = import_module("starlette.routing")
    router: Application = routing.Router([routing.WebSocketRoute("/", endpoint)])
    return router


PEERS: dict[str, Callable[[], Application]] = {
    "raw ASGI": lambda: raw,
    "bareasgi_ws": reference,
    "bareasgi": bareasgi,
    "bareasgi_ws on bareasgi": on_bareasgi,
    "starlette": starlette,
    "bareasgi_ws on starlette": on_starlette,
}


def drive(application: Application, messages: int) -> float:
    """Time one connection with so many messages, in seconds; neither end ever waits."""
    events = chain([CONNECT], repeat(MESSAGE, messages), repeat(DISCONNECT))

    async def receive() -> Any:
        return next(events)

    async def send(event: Any) -> None:
        return

    async def serve() -> None:
        await application(dict(SCOPE), receive, send)

    began = time.perf_counter()
    try:
        serve().send(None)
    except StopIteration:
        return time.perf_counter() - began
    raise RuntimeError("the application waited for something")


def per_message(application: Application) -> float:
    """Time one message, in seconds: what a long connection takes beyond an empty one."""
    return (drive(application, MESSAGES) - drive(application, 0)) / MESSAGES


def per_connection(application: Application) -> float:
    """Time one connection without a message, in seconds."""
    return sum(drive(application, 0) for _ in range(CONNECTIONS)) / CONNECTIONS


def ratios(applications: dict[str, Application], measure: Callable[[Application], float]) -> dict[str, float]:
    """Give each library's median ratio to the raw function, over interleaved rounds."""
    rounds = [{name: measure(application) for name, application in applications.items()} for _ in range(ROUNDS)]
    return {name: median(times[name] / times["raw ASGI"] for times in rounds) for name in applications}


def main() -> None:
    """Print the table."""
    applications: dict[str, Application] = {}
    for name, make in PEERS.items():
        try:
            applications[name] = make()
        except ImportError:
            print(f"{name}: not installed, left out")
    messages, connections = ratios(applications, per_message), ratios(applications, per_connection)
    print(f"{'':<24}{'one message':>14}{'one connection':>16}")
    for name in applications:
        print(f"{name:<24}{messages[name]:>14.2f}{connections[name]:>16.1f}")


if __name__ == "__main__":
    logging.disable()
    main()
