"""A backend that listens on a URL."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, assert_type

from bareasgi_ws import Application, Header, WebSocket, WebSocketHandler
from bareasgi_ws.conformance import (
    Backend,
    Handshake,
    Peer,
    SupportsCloseTimeout,
    SupportsServerError,
    SupportsWrite,
    run,
)
from bareasgi_ws.conformance.url import ReportingURLPeer, Serve, URLBackend, URLPeer


class OwnSocket(WebSocket):
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...
    async def receive(self) -> bytes | str | None: ...
    async def send(self, content: bytes | str) -> None: ...
    async def close(self, code: int = 1000) -> None: ...
    @property
    def code(self) -> int | None: ...


@asynccontextmanager
async def serve(
    handler: WebSocketHandler[Any, Any, Any], *, route: str, content: type[str] | type[bytes] | None, info: Any
) -> AsyncGenerator[str]:
    application = Application(info=info)
    if content is str:
        application.ws_router.add(route, handler, content=str)
    yield "ws://127.0.0.1:8000/below"


@asynccontextmanager
async def serve_anything(to_be_served: Any, **how: Any) -> AsyncGenerator[str]:
    yield "ws://127.0.0.1:8000"


async def hang_up(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
    await web_socket.close()


def case_a_backend_on_a_url() -> None:
    backend: Backend = URLBackend(serve, OwnSocket)
    assert URLBackend(serve=serve_anything, socket_type=OwnSocket, logger="server").socket_type is backend.socket_type
    URLBackend(serve, OwnSocket, logger=None)
    assert_type(URLBackend(serve, OwnSocket, close_timeout=1).close_timeout, float)
    of_a_timeout: SupportsCloseTimeout = URLBackend(serve, OwnSocket)
    assert_type(of_a_timeout.close_timeout, float)


def case_a_backend_that_may_have_a_close_timeout() -> None:
    def timeout_of(backend: Backend) -> float:
        return backend.close_timeout if isinstance(backend, SupportsCloseTimeout) else 10.0

    assert timeout_of(URLBackend(serve, OwnSocket)) == 10.0


def case_what_serves_a_handler() -> None:
    def use(serve: Serve) -> None:
        context = serve(hang_up, route="/", content=str, info=1)
        assert_type(context, AbstractAsyncContextManager[str, bool | None])
        serve(hang_up, route="/", content=None, info=None)
        serve(hang_up, route="/", content=bytes, info={})

    use(serve_anything)


def case_a_connection_to_a_url() -> None:
    backend = URLBackend(serve, OwnSocket)
    assert_type(backend.socket_type, type[WebSocket])
    connection = backend.connect(
        hang_up, route="/{room}", path="/1", content=None, info=1, subprotocols=("chat",), headers=[(b"a", b"1")]
    )
    assert_type(connection, AbstractAsyncContextManager[URLPeer, bool | None])
    backend.connect(handler=hang_up, content=str)
    backend.connect(hang_up, content=bytes)


async def case_what_a_url_peer_does() -> None:
    async def drive(peer: URLPeer) -> None:
        assert_type(await peer.handshake(), Handshake)
        assert_type(await peer.send(content=b""), None)
        await peer.send("")
        assert_type(await peer.receive(), bytes | str | None)
        assert_type(await peer.close(), None)
        await peer.close(None, "")
        await peer.close(code=1000, reason="")
        assert_type(await peer.write(b"\x81\x00"), None)
        await peer.write(data=b"")
        assert_type(peer.stall(), Callable[[], None])
        assert_type(await peer.drop(), None)
        assert_type(peer.code, int | None)
        assert_type(peer.reason, str | None)

    assert drive is not None


def case_a_url_peer_is_a_peer() -> None:
    def take(peer: Peer, errors: SupportsServerError) -> None: ...

    async def give(peer: ReportingURLPeer) -> None:
        take(peer, peer)
        assert_type(await peer.server_error(), str | None)
        of_the_url: URLPeer = peer
        assert of_the_url is peer

    assert give is not None


def case_a_url_peer_can_write() -> None:
    async def write(peer: SupportsWrite) -> None:
        await peer.write(b"")

    async def give(backend: URLBackend, reporting: ReportingURLPeer) -> None:
        assert_type(await reporting.write(b""), None)
        await write(reporting)
        async with backend.connect(hang_up) as peer:
            await write(peer)

    assert give is not None


async def case_a_run_on_a_url(backend: URLBackend) -> None:
    await run(backend)
