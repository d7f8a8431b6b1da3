"""A backend that listens on a URL, made and used wrongly."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from bareasgi_ws import WebSocket
from bareasgi_ws.conformance import SupportsServerError
from bareasgi_ws.conformance.url import ReportingURLPeer, Serve, URLBackend, URLPeer


async def hang_up(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None: ...
@asynccontextmanager
async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    yield "ws://127.0.0.1:8000"


@asynccontextmanager
async def serve_to_a_port(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[int]:
    yield 8000


async def serve_once(handler: Any, *, route: str, content: Any, info: Any) -> str:
    return "ws://127.0.0.1:8000"


@asynccontextmanager
async def serve_without_info(handler: Any, *, route: str, content: Any) -> AsyncGenerator[str]:
    yield "ws://127.0.0.1:8000"


@asynccontextmanager
async def serve_named(name: str, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    yield "ws://127.0.0.1:8000"


@asynccontextmanager
async def serve_bytes(handler: Any, *, route: bytes, content: Any, info: Any) -> AsyncGenerator[str]:
    yield "ws://127.0.0.1:8000"


@asynccontextmanager
async def serve_text(handler: Any, *, route: str, content: type[str], info: Any) -> AsyncGenerator[str]:
    yield "ws://127.0.0.1:8000"


@asynccontextmanager
async def serve_positionally(handler: Any, route: str, content: Any, info: Any, /) -> AsyncGenerator[str]:
    yield "ws://127.0.0.1:8000"


def a_backend(web_socket: type[WebSocket]) -> None:
    URLBackend(serve)  # E
    URLBackend("ws://127.0.0.1:8000", web_socket)  # E
    URLBackend(serve_to_a_port, web_socket)  # E
    URLBackend(serve_once, web_socket)  # E
    URLBackend(serve_without_info, web_socket)  # E
    URLBackend(serve_named, web_socket)  # E
    URLBackend(serve_bytes, web_socket)  # E
    URLBackend(serve_text, web_socket)  # E
    URLBackend(serve_positionally, web_socket)  # E
    URLBackend(serve, "web_socket")  # E
    URLBackend(serve, int)  # E
    URLBackend(serve, web_socket, "server")  # E
    URLBackend(serve, web_socket, logger=1)  # E
    URLBackend(serve, web_socket, close_timeout="1")  # E
    URLBackend(serve, web_socket, close_timeout=None)  # E
    timeout: int = URLBackend(serve, web_socket).close_timeout  # E
    print(timeout)


def what_serves(serve: Serve) -> None:
    serve("handler", route="/", content=None, info=None)  # E
    serve(handler=hang_up, route="/", content=None, info=None)  # E
    serve(hang_up, "/", None, None)  # E
    serve(hang_up, route=1, content=None, info=None)  # E
    serve(hang_up, route="/", content=int, info=None)  # E
    serve(hang_up, route="/", content=None)  # E


async def what_serves_is_entered(serve: Serve) -> None:
    async with serve(hang_up, route="/", content=None, info=None) as url:
        url.nothing()  # E


def a_connection(backend: URLBackend) -> None:
    backend.connect("handler")  # E
    backend.connect(hang_up, "/")  # E
    backend.connect(hang_up, route=1)  # E
    backend.connect(hang_up, path=1)  # E
    backend.connect(hang_up, content=int)  # E
    backend.connect(hang_up, subprotocols=1)  # E
    backend.connect(hang_up, subprotocols=[1])  # E
    backend.connect(hang_up, headers=1)  # E
    backend.connect(hang_up, headers=[("host", "")])  # E
    backend.connect()  # E


async def a_connection_is_entered(backend: URLBackend) -> None:
    await backend.connect(hang_up)  # E


async def no_peer(backend: URLBackend) -> None:
    async with backend.connect(hang_up) as peer:
        peer.nothing()  # E


async def a_socket_type(backend: URLBackend) -> None:
    print(backend.socket_type.nothing)  # E !pyrefly


async def a_peer(peer: URLPeer) -> None:
    await peer.send(1)  # E
    await peer.close("1000")  # E
    await peer.close(1000, None)  # E
    await peer.server_error()  # E
    await peer.handshake(1)  # E
    await peer.write("")  # E
    await peer.write(1)  # E
    await peer.write([0x81, 0])  # E
    await peer.write(None)  # E
    await peer.write()  # E
    await peer.write(b"", True)  # E
    await peer.write(content=b"")  # E
    peer.pause()  # E
    peer.stall(1)  # E
    peer.stall()(1)  # E
    stalled: int = peer.stall()  # E
    print(stalled)
    peer.code = 1  # E
    peer.reason = ""  # E
    peer.drop()  # E
    peer.handshake()  # E
    peer.send("")  # E
    peer.write(b"")  # E
    peer.receive()  # E
    peer.close()  # E


async def what_writing_gives(peer: URLPeer) -> None:
    written: int = await peer.write(b"")  # E
    (await peer.write(b"")).nothing  # E
    print(written)


class WritesText(URLPeer):
    async def write(self, data: str) -> None: ...  # E


class WritesAtOnce(URLPeer):
    def write(self, data: bytes) -> None: ...  # E


async def a_peer_with_a_log(peer: ReportingURLPeer) -> None:
    await peer.write("")  # E
    peer.write(b"")  # E
    print((await peer.server_error()).upper())  # E
    peer.server_error()  # E


def a_peer_without_a_log(peer: URLPeer) -> None:
    errors: SupportsServerError = peer  # E
    of_a_log: ReportingURLPeer = peer  # E
    print(errors, of_a_log)


def takes_no_connection() -> None:
    URLPeer()  # E
    ReportingURLPeer(1)  # E
