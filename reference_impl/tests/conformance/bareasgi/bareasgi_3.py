"""bareASGI 3 as a backend: its handlers have the form that the specification took from it."""

from typing import Any

from bareasgi import Application
from bareasgi.websocket_instance import WebSocketImpl

from bareasgi_ws.conformance import MemoryBackend


def application(handler: Any, route: str, content: Any, info: Any) -> Any:
    asgi = Application(info=info)
    asgi.ws_router.add(route, handler)
    return asgi


# The type checkers find one of its faults: code is declared as a str.
backend = MemoryBackend(application, WebSocketImpl, close_timeout=0.1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
