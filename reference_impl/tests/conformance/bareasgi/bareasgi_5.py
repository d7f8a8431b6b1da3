"""bareASGI 5 as a backend: its handlers take one request, which has what the specification's take."""

# What type checkers see here is bareASGI 3, which is in the development environment.
# mypy: ignore-errors
# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false

from typing import Any

from bareasgi import Application, WebSocket, WebSocketRequest

from bareasgi_ws.conformance import MemoryBackend


def application(handler: Any, route: str, content: Any, info: Any) -> Any:
    async def adapted(request: WebSocketRequest) -> None:
        await handler(request.scope, request.info, request.matches, request.web_socket)

    asgi = Application(info=info)
    asgi.ws_router.add(route, adapted)
    return asgi


backend = MemoryBackend(application, WebSocket, close_timeout=0.1)
