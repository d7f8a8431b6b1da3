"""A backend that serves a handler to several clients, and peers that know what reached the server."""

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, assert_type

from bareasgi_ws import Header, Info, RouteMatches, Scope, WebSocket, WebSocketHandler
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import (
    Backend,
    Connect,
    Peer,
    SupportsServe,
    SupportsServerException,
    SupportsServerScope,
)


async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    while (content := await web_socket.receive()) is not None:
        await web_socket.send(content)


async def case_several_clients() -> None:
    async def drive(serves: SupportsServe) -> None:
        async with serves.serve(echo, route="/{name}", content=None, info=[]) as connect:
            assert_type(connect, Connect)
            async with connect("/one") as one, connect(path="/two", subprotocols=["a"], headers=[(b"x", b"1")]) as two:
                assert_type(one, Peer)
                await two.send("two")
                assert_type(await two.receive(), bytes | str | None)
        async with serves.serve(handler=echo) as connect, connect() as one:
            await one.handshake()

    await drive(backend)


async def case_what_a_peer_knows() -> None:
    async def drive(peer: Peer) -> None:
        if isinstance(peer, SupportsServerException):
            assert_type(await peer.server_exception(), BaseException | None)
        if isinstance(peer, SupportsServerScope):
            assert_type(peer.server_scope, Mapping[str, Any])

    async with backend.serve(echo) as connect, connect() as peer:
        await peer.handshake()
        await peer.close()
        await drive(peer)


class Knows:
    async def server_exception(self) -> LookupError | None:
        return None

    @property
    def server_scope(self) -> dict[str, Any]:
        return {"type": "websocket"}


class Serves:
    @asynccontextmanager
    async def serve(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        content: type[str] | type[bytes] | None = None,
        info: Any = None,
    ) -> AsyncGenerator[Connect]:
        async with backend.serve(handler, route=route, content=content, info=info) as connect:

            @asynccontextmanager
            async def connect_client(
                path: str = "/", *, subprotocols: Sequence[str] = (), headers: Iterable[Header] = ()
            ) -> AsyncGenerator[Peer]:
                async with connect(path, subprotocols=subprotocols, headers=headers) as peer:
                    yield peer

            yield connect_client


def case_others_do_so_too() -> None:
    exceptions: SupportsServerException = Knows()
    scopes: SupportsServerScope = Knows()
    assert scopes is not None
    assert exceptions is not None
    serves: SupportsServe = Serves()
    assert serves is not None

    def of(backend: Backend) -> bool:
        return isinstance(backend, SupportsServe)

    assert of(backend)
