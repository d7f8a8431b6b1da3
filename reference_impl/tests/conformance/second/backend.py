# pyright: strict
"""How one connection is made."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote

import anyio

from bareasgi_ws import Header, Scope, WebSocket, WebSocketHandler

from .arrivals import Arrivals
from .line import Line
from .peer import SecondPeer
from .routes import matches_of
from .serving import Serving
from .web_socket import SecondWebSocket

socket_type: type[WebSocket] = SecondWebSocket


@asynccontextmanager
async def connect(
    handler: WebSocketHandler[Any, Any, Any],
    *,
    route: str = "/",
    path: str = "/",
    content: type[str] | type[bytes] | None = None,
    info: Any = None,
    subprotocols: Sequence[str] = (),
    headers: Iterable[Header] = (),
) -> AsyncGenerator[SecondPeer]:
    """Serve the handler on the route, and connect a client to the path (as Backend says)."""
    line = Line()
    serving = Serving(line.bell)
    peer = SecondPeer(line, serving)
    arrivals = Arrivals(line, content)
    headers = tuple(headers)
    offered = (*subprotocols, *_subprotocols(headers))
    scope = _scope(path, offered, headers)
    socket = SecondWebSocket(line, arrivals, offered)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(line.carry, peer)
        tasks.start_soon(arrivals.read_ahead)
        tasks.start_soon(serving.run, handler, scope, info, matches_of(route, scope["path"]), socket)
        yield peer
        tasks.cancel_scope.cancel()


def _subprotocols(headers: Iterable[Header]) -> list[str]:
    """Return what the client offers in headers of its own, on one line or several (RFC 9110 section 5.3)."""
    lines = [value.decode() for name, value in headers if name.lower() == b"sec-websocket-protocol"]
    return [name.strip() for name in ",".join(lines).split(",") if name.strip()]


def _scope(target: str, subprotocols: tuple[str, ...], headers: tuple[Header, ...]) -> Scope:
    """Return a scope without anything that a scope may leave out."""
    path, _, query = target.partition("?")
    lower = tuple((name.lower(), value) for name, value in headers)  # as ASGI's connection scope has them
    scope: Scope = {"type": "websocket", "asgi": {}, "path": unquote(path), "headers": lower}
    if query:
        scope = {**scope, "query_string": query.encode()}
    if subprotocols:
        scope = {**scope, "subprotocols": subprotocols}
    return scope
