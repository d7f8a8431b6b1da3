"""A backend that serves a handler to several clients, and peers that know what reached the server, wrongly."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import Connect, Peer, SupportsServe, SupportsServerException, SupportsServerScope


async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


async def several_clients() -> None:
    backend.serve("handler")  # E
    backend.serve(echo, "/")  # E
    backend.serve(echo, route=1)  # E
    backend.serve(echo, content=int)  # E
    backend.serve(echo, path="/")  # E
    async with backend.serve(echo) as connect:
        connect(1)  # E
        connect("/", ["a"])  # E
        connect(subprotocols=1)  # E
        connect(headers=[("x", "1")])  # E
        await connect("/")  # E


class KnowsItAtOnce:
    def server_exception(self) -> BaseException | None:
        return None


class KnowsItsText:
    async def server_exception(self) -> str | None:
        return None


class KnowsTheScopeByAMethod:
    def server_scope(self) -> dict[str, Any]:
        return {}


class KnowsNothing: ...


class ServesByPosition:
    @asynccontextmanager
    async def serve(self, handler: Any, route: str) -> AsyncGenerator[Connect]:
        raise NotImplementedError
        yield


class ServesToOne:
    @asynccontextmanager
    async def serve(self, handler: Any, **how: Any) -> AsyncGenerator[Peer]:
        raise NotImplementedError
        yield


class ServesAtOnce:
    async def serve(self, handler: Any, **how: Any) -> Connect:
        raise NotImplementedError


def others(known: SupportsServerScope) -> None:
    at_once: SupportsServerException = KnowsItAtOnce()  # E
    text: SupportsServerException = KnowsItsText()  # E
    nothing: SupportsServerException = KnowsNothing()  # E
    method: SupportsServerScope = KnowsTheScopeByAMethod()  # E
    no_scope: SupportsServerScope = KnowsNothing()  # E
    known.server_scope = {}  # E
    position: SupportsServe = ServesByPosition()  # E
    one: SupportsServe = ServesToOne()  # E
    awaited: SupportsServe = ServesAtOnce()  # E
    neither: SupportsServe = KnowsNothing()  # E
