"""One library's echo on uvicorn, which tells its own processor time by HTTP: ``python -m speed.server NAME FD``."""

import socket
import sys
import time
from importlib import import_module
from typing import Any

from .libraries import LIBRARIES


async def tell_time(scope: Any, receive: Any, send: Any) -> None:
    """Answer an HTTP request with the seconds that this process has had on the processor."""
    body = str(time.process_time()).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def serve(name: str, descriptor: int) -> None:
    """Serve on a socket that listens already."""
    application = LIBRARIES[name]("text")

    def application_or_time(scope: Any, receive: Any, send: Any) -> Any:
        # Not a coroutine function: a message passes through nothing that is not the library's.
        return (application if scope["type"] == "websocket" else tell_time)(scope, receive, send)

    uvicorn = import_module("uvicorn")
    how = {"interface": "asgi3", "lifespan": "off", "log_level": "warning", "ws_ping_interval": None}
    uvicorn.Server(uvicorn.Config(application_or_time, **how)).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
