"""A backend that is its own server, the pings of its clients, and TLS, wrongly."""

import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from bareasgi_ws import WebSocket
from bareasgi_ws.conformance import SupportsOwnServer, SupportsPing, URLBackend, iter_checks
from bareasgi_ws.conformance.url import URLPeer


@asynccontextmanager
async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    yield "wss://127.0.0.1:8000"


def a_backend(web_socket: type[WebSocket], context: ssl.SSLContext) -> None:
    URLBackend(serve, web_socket, own_server="yes")  # E
    URLBackend(serve, web_socket, own_server=None)  # E
    URLBackend(serve, web_socket, ssl_context="ca.pem")  # E
    URLBackend(serve, web_socket, ssl_context=True)  # E
    URLBackend(serve, web_socket, None, 1.0, True)  # E
    backend = URLBackend(serve, web_socket, own_server=True, ssl_context=context)
    backend.own_server = "yes"  # E
    backend.own_server()  # E


class SaysText:
    own_server = "yes"


class SaysNothing: ...


class SaysByAMethod:
    def own_server(self) -> bool:
        return True


def others(says: SupportsOwnServer) -> None:
    text: SupportsOwnServer = SaysText()  # E
    nothing: SupportsOwnServer = SaysNothing()  # E
    method: SupportsOwnServer = SaysByAMethod()  # E
    says.own_server = False  # E
    name: str = says.own_server  # E


def checks() -> None:
    iter_checks(own_server="yes")  # E
    iter_checks(own_server=None)  # E
    iter_checks([], "MUST", True)  # E


class PingsText:
    async def ping(self, payload: str = "") -> bytes:
        return b""


class PingsForText:
    async def ping(self, payload: bytes = b"") -> str:
        return ""


class PingsWithAPayload:
    async def ping(self, payload: bytes) -> bytes:
        return payload


class PingsAtOnce:
    def ping(self, payload: bytes = b"") -> bytes:
        return payload


async def pings(peer: URLPeer, pings: SupportsPing) -> None:
    text: SupportsPing = PingsText()  # E
    for_text: SupportsPing = PingsForText()  # E
    with_a_payload: SupportsPing = PingsWithAPayload()  # E
    at_once: SupportsPing = PingsAtOnce()  # E
    await peer.ping("text")  # E
    await peer.ping(None)  # E
    await pings.ping("text")  # E
    await pings.ping(None)  # E
    pong: str = await peer.ping()  # E
    another: str = await pings.ping()  # E
