from typing import Any

from bareasgi_ws.conformance import MemoryBackend
from my_framework import MyWebSocket


def application(handler: Any, route: str, content: Any, info: Any) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await handler(scope, info, {}, MyWebSocket(receive, send))

    return app


backend = MemoryBackend(application, MyWebSocket)
