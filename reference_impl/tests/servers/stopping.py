"""What uvicorn is given to serve: a handler that has it stop, and answers when it has been answered for.

The path says with what. Middleware stands between, as it may.
"""

import signal
from typing import Any

import anyio.lowlevel

from bareasgi_ws import Application
from bareasgi_ws.backends.asgi import serve


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await Application()(scope, receive, send)
        return

    async def sent(event: Any) -> None:
        await send(event)

    async def handler(_: Any, info: Any, matches: Any, web_socket: Any) -> None:
        signal.raise_signal(signal.SIGTERM)
        while not send.__self__.transport.is_closing():
            await anyio.lowlevel.checkpoint()
        await (web_socket.close(4000) if scope["path"] == "/close" else web_socket.deny(401))
        print("answered", web_socket.code, flush=True)

    await serve(handler, scope, receive, sent)
