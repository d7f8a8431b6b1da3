"""A backend that is its own server, the pings of its clients, and TLS."""

import ssl
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import Any, assert_type

from bareasgi_ws import WebSocket
from bareasgi_ws.conformance import Backend, Check, Peer, SupportsOwnServer, SupportsPing, URLBackend, iter_checks
from bareasgi_ws.conformance.url import URLPeer


@asynccontextmanager
async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    yield "wss://127.0.0.1:8000"


def case_it_says_so(web_socket: type[WebSocket], context: ssl.SSLContext) -> None:
    backend = URLBackend(serve, web_socket, own_server=True, ssl_context=context)
    assert_type(backend.own_server, bool)
    says: SupportsOwnServer = backend
    assert_type(says.own_server, bool)
    URLBackend(serve, web_socket, own_server=False, ssl_context=None)


class Says:
    own_server = True


class SaysByAProperty:
    @property
    def own_server(self) -> bool:
        return False


def case_others_say_so_too() -> None:
    says: SupportsOwnServer = Says()
    assert_type(says.own_server, bool)
    says = SaysByAProperty()

    def of(backend: Backend) -> bool:
        return isinstance(backend, SupportsOwnServer) and backend.own_server

    assert of is not None


def case_checks_for_it() -> None:
    assert_type(iter_checks(own_server=True), Iterator[Check])
    assert_type(iter_checks(["WS-CODE-09"], "SHOULD", own_server=False), Iterator[Check])


class Pings:
    async def ping(self, payload: bytes = b"") -> bytes:
        return payload


async def case_what_pings() -> None:
    pings: SupportsPing = Pings()
    assert_type(await pings.ping(), bytes)
    assert_type(await pings.ping(b"1"), bytes)
    await pings.ping(payload=b"2")

    async def drive(peer: URLPeer, another: Peer) -> None:
        of_a_url: SupportsPing = peer
        assert_type(await of_a_url.ping(b""), bytes)
        assert_type(await peer.ping(), bytes)
        await peer.ping(payload=b"")
        if isinstance(another, SupportsPing):
            assert_type(await another.ping(), bytes)

    assert drive is not None
