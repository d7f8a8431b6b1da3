"""A URLBackend speaks TLS where its URL begins with wss://, and says plainly where that cannot be."""

import socket
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest
import trustme
import uvicorn
from anyio.abc import SocketAttribute

from bareasgi_ws import Application, Router, WebSocketClosedError
from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.backends.websockets import serve_routes
from bareasgi_ws.conformance import Outcome, URLBackend, run

from .raw_server import unserved

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]

AUTHORITY, ANOTHER = trustme.CA(), trustme.CA()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's certificate and key, in one file."""
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    AUTHORITY.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(path)
    return path


def on_uvicorn(scheme: str, ssl_context: ssl.SSLContext | None, certificate: Path | None) -> URLBackend:
    """Return the reference on uvicorn, by TLS where there is a certificate."""

    @asynccontextmanager
    async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
        application = Application(info=info, close_timeout=0.1)
        application.ws_router.add(route, handler, content=content)
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(application, lifespan="off", log_config=None, ssl_certfile=certificate)
        server = uvicorn.Server(config)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(server.serve, [listener])
            yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
            with anyio.move_on_after(1):  # uvicorn 0.54 fails to stop where it still closes a connection by TLS
                while server.server_state.connections:
                    await anyio.lowlevel.checkpoint()
            server.should_exit = True

    return URLBackend(serve, ReferenceWebSocket, logger="uvicorn.error", close_timeout=0.1, ssl_context=ssl_context)


def on_websockets(ssl_context: ssl.SSLContext, certificate: Path) -> URLBackend:
    """Return the reference on the websockets library, by TLS."""

    @asynccontextmanager
    async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
        router = Router[Any]()
        router.add(route, handler, content=content)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        async with serve_routes(router, "127.0.0.1", 0, info=info, close_timeout=0.1, ssl=context) as server:
            yield f"wss://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    how: Any = {"logger": "websockets.server", "close_timeout": 0.1, "own_server": True}
    return URLBackend(serve, ReferenceWebSocket, ssl_context=ssl_context, **how)


@pytest.mark.slow
async def test_a_whole_run_goes_by_tls(certificate: Path) -> None:
    report = await run(on_websockets(trusting(AUTHORITY), certificate))
    assert report.conforms, str(report)
    assert report.counts[Outcome.PASS] > 95


@pytest.mark.slow
async def test_some_go_by_tls_to_uvicorn(certificate: Path) -> None:
    selected = ["WS-RECEIVE-02", "WS-CODE-05", "WS-CLOSE-12", "WS-SERVER-11", "WS-SERVER-18", "WS-SERVER-37"]
    report = await run(on_uvicorn("wss", trusting(AUTHORITY), certificate), select=selected)
    assert not report.unmet, str(report)


async def test_the_server_knows_that_it_is_tls(certificate: Path) -> None:
    schemes: list[str] = []

    async def handler(scope: Any, *arguments: Any) -> None:
        schemes.append(scope["scheme"])

    async with on_uvicorn("wss", trusting(AUTHORITY), certificate).connect(handler) as peer:
        assert (await peer.handshake()).status == 403
    assert schemes == ["wss"]


@pytest.mark.parametrize(
    ("context", "who"), [(None, "the system"), (trusting(ANOTHER), "the ssl_context")], ids=["none", "another"]
)
async def test_a_certificate_that_is_not_trusted_is_told(
    context: ssl.SSLContext | None, who: str, certificate: Path
) -> None:
    expected = rf"^connect: wss://127\.0\.0\.1:\d+: {who} does not trust its certificate: unable to get local issuer"
    with pytest.raises(ConnectionError, match=expected):
        async with on_uvicorn("wss", context, certificate).connect(unserved):
            pass


async def test_tls_to_a_server_that_speaks_none_is_told() -> None:
    expected = r"^connect: wss://127\.0\.0\.1:\d+: expected a server that speaks TLS: "
    with pytest.raises(ConnectionError, match=expected):
        async with on_uvicorn("wss", trusting(AUTHORITY), None).connect(unserved):
            pass


async def test_tls_to_a_server_that_goes_is_told() -> None:
    @asynccontextmanager
    async def serve(*arguments: Any, **how: Any) -> AsyncGenerator[str]:
        async with await anyio.create_tcp_listener(local_host="127.0.0.1") as listener, anyio.create_task_group() as go:
            go.start_soon(listener.serve, lambda stream: stream.aclose())
            yield f"wss://127.0.0.1:{listener.extra(SocketAttribute.local_port)}"
            go.cancel_scope.cancel()

    with pytest.raises(ConnectionError, match=r"^connect: wss://127\.0\.0\.1:\d+: expected a server that speaks TLS"):
        async with URLBackend(serve, ReferenceWebSocket, ssl_context=trusting(AUTHORITY)).connect(unserved):
            pass


async def test_no_tls_to_a_server_that_speaks_it_is_told(certificate: Path) -> None:
    expected = "ended before the response: where the server speaks TLS, its URL begins with wss://$"
    async with on_uvicorn("ws", None, certificate).connect(unserved) as peer:
        with pytest.raises(WebSocketClosedError, match=expected), anyio.fail_after(10):
            await peer.handshake()


def test_what_is_no_context_is_rejected(anyio_backend: str) -> None:
    context: Any = "ca.pem"
    serve: Any = unserved
    with pytest.raises(TypeError, match=r"expected ssl_context as an ssl.SSLContext or None, got 'ca.pem'"):
        URLBackend(serve, ReferenceWebSocket, ssl_context=context)
    own: Any = 1
    with pytest.raises(TypeError, match=r"expected own_server as a bool, got 1"):
        URLBackend(serve, ReferenceWebSocket, own_server=own)
