"""What the author of a backend writes for the kit."""

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, assert_type

from bareasgi_ws import Application, Header, Router, WebSocket, WebSocketHandler
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import (
    Backend,
    Handshake,
    MemoryBackend,
    Peer,
    SupportsCancel,
    SupportsCancelled,
    SupportsInject,
    SupportsPause,
    SupportsServerError,
    SupportsWrite,
    run,
)
from bareasgi_ws.testing import Client, connect


class OwnSocket(WebSocket):
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...
    async def receive(self) -> bytes | str | None: ...
    async def send(self, content: bytes | str) -> None: ...
    async def close(self, code: int = 1000) -> None: ...
    @property
    def code(self) -> int | None: ...


class OwnPeer:
    code: int | None = None
    reason: str | None = None

    async def handshake(self) -> Handshake:
        return Handshake(101, [], None, b"")

    async def send(self, content: bytes | str) -> None: ...
    async def receive(self) -> bytes | str | None: ...
    async def close(self, code: int | None = 1000, reason: str = "") -> None: ...
    async def drop(self) -> None: ...


class FullPeer(OwnPeer):
    reported: Mapping[str, Any] | None = None

    async def server_error(self) -> str | None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def inject(self, event: Mapping[str, Any]) -> None: ...
    async def write(self, data: bytes) -> None: ...
    async def cancelled(self) -> bool:
        return True

    def cancel(self) -> None: ...


class OwnBackend:
    socket_type = OwnSocket

    @asynccontextmanager
    async def connect(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        path: str = "/",
        content: type[str] | type[bytes] | None = None,
        info: Any = None,
        subprotocols: Sequence[str] = (),
        headers: Iterable[Header] = (),
    ) -> AsyncGenerator[OwnPeer]:
        yield OwnPeer()


def make(handler: Any, route: str, content: type[str] | type[bytes] | None, info: Any) -> Application:
    application = Application(info=info, ws_router=Router())
    if content is str:
        application.ws_router.add(route, handler, content=str)
    return application


async def hang_up(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
    await web_socket.close()


def case_a_peer_of_ones_own() -> None:
    peer: Peer = OwnPeer()
    assert isinstance(peer, OwnPeer)


def case_the_client_of_a_test_is_a_peer() -> None:
    def take(peer: Peer) -> None: ...

    def give(client: Client) -> None:
        take(client)

    assert give is not None


async def case_what_a_peer_does() -> None:
    async def drive(peer: Peer) -> None:
        assert_type(await peer.handshake(), Handshake)
        assert_type(await peer.send(content=b""), None)
        await peer.send("")
        assert_type(await peer.receive(), bytes | str | None)
        assert_type(await peer.close(), None)
        await peer.close(None, "")
        await peer.close(code=1000, reason="")
        assert_type(await peer.drop(), None)
        assert_type(peer.code, int | None)
        assert_type(peer.reason, str | None)

    await drive(OwnPeer())


async def case_what_a_peer_may_offer() -> None:
    async def drive(peer: Peer) -> None:
        if isinstance(peer, SupportsServerError):
            assert_type(await peer.server_error(), str | None)
        if isinstance(peer, SupportsPause):
            peer.pause()
            peer.resume()
        if isinstance(peer, SupportsInject):
            peer.inject({"type": "websocket.receive"})
            peer.inject(event={})
            assert_type(peer.reported, Mapping[str, Any] | None)
        if isinstance(peer, SupportsWrite):
            assert_type(await peer.write(b"\x81\x00"), None)
            await peer.write(data=b"")
            assert_type(await peer.receive(), bytes | str | None)
        if isinstance(peer, SupportsCancel):
            peer.cancel()
        if isinstance(peer, SupportsCancelled):
            assert_type(await peer.cancelled(), bool)

    await drive(FullPeer())


def case_what_a_full_peer_offers() -> None:
    peer = FullPeer()
    of_errors: SupportsServerError = peer
    of_pauses: SupportsPause = peer
    of_events: SupportsInject = peer
    of_bytes: SupportsWrite = peer
    of_cancellation: SupportsCancel = peer
    of_its_end: SupportsCancelled = peer
    for ability in (of_errors, of_pauses, of_events, of_bytes, of_cancellation, of_its_end):
        assert isinstance(ability, FullPeer)


async def case_what_writes_anything_writes_bytes() -> None:
    class Writes:
        async def write(self, data: bytes | memoryview, masked: bool = True) -> None: ...

    writes: SupportsWrite = Writes()
    assert_type(await writes.write(b""), None)


def case_an_object_of_any_type() -> None:
    thing: object = OwnPeer()
    assert not isinstance(thing, SupportsWrite)


def case_a_backend_of_ones_own() -> None:
    backend: Backend = OwnBackend()
    assert issubclass(backend.socket_type, OwnSocket)


async def case_what_a_backend_does() -> None:
    async def drive(backend: Backend) -> None:
        assert_type(backend.socket_type, type[WebSocket])
        connection = backend.connect(
            hang_up, route="/{room}", path="/1", content=None, info=1, subprotocols=["chat"], headers=[(b"a", b"1")]
        )
        assert_type(connection, AbstractAsyncContextManager[Peer, bool | None])
        async with connection as peer:
            assert_type(peer, Peer)
        assert_type(backend.connect(handler=hang_up, content=str), AbstractAsyncContextManager[Peer, bool | None])
        backend.connect(hang_up, content=bytes)

    await drive(OwnBackend())


def case_any_asgi_application_is_one() -> None:
    backend: Backend = MemoryBackend(make, OwnSocket)
    assert MemoryBackend(make_application=make, socket_type=OwnSocket).socket_type is backend.socket_type


async def case_a_connection_in_memory() -> None:
    connection = reference.connect(
        hang_up, route="/{room}", path="/1", content=None, info=1, subprotocols=("chat",), headers=[(b"a", b"1")]
    )
    assert_type(connection, AbstractAsyncContextManager[Client, bool | None])
    async with connection as client:
        assert_type(client, Client)
    assert_type(reference.connect(handler=hang_up, content=str), AbstractAsyncContextManager[Client, bool | None])
    reference.connect(hang_up, content=bytes)


async def case_a_run_of_ones_own(backend: OwnBackend) -> None:
    await run(backend)
    async with connect(hang_up) as client:
        await client.drop()
