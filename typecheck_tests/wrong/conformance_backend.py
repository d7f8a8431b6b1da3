"""Backends and peers for the kit that lack something, or have it in a wrong form."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from bareasgi_ws import Application, WebSocket, WebSocketHandler
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import (
    Backend,
    SupportsCancel,
    SupportsInject,
    SupportsPause,
    SupportsCloseTimeout,
    Handshake,
    MemoryBackend,
    Peer,
    SupportsServerError,
)


class Handshakes:
    async def handshake(self) -> Handshake:
        raise NotImplementedError


class Sends:
    async def send(self, content: bytes | str) -> None: ...


class Receives:
    async def receive(self) -> bytes | str | None: ...


class Closes:
    async def close(self, code: int | None = 1000, reason: str = "") -> None: ...


class Drops:
    async def drop(self) -> None: ...


class HasCode:
    code: int | None = None


class HasReason:
    reason: str | None = None


class NoHandshake(Sends, Receives, Closes, Drops, HasCode, HasReason): ...


class NoSend(Handshakes, Receives, Closes, Drops, HasCode, HasReason): ...


class NoReceive(Handshakes, Sends, Closes, Drops, HasCode, HasReason): ...


class NoClose(Handshakes, Sends, Receives, Drops, HasCode, HasReason): ...


class NoDrop(Handshakes, Sends, Receives, Closes, HasCode, HasReason): ...


class NoCode(Handshakes, Sends, Receives, Closes, Drops, HasReason): ...


class NoReason(Handshakes, Sends, Receives, Closes, Drops, HasCode): ...


class HandshakeOfAStatus(NoHandshake):
    async def handshake(self) -> int:
        return 101


class SendOfText(NoSend):
    async def send(self, content: str) -> None: ...


class ReceiveOfInt(NoReceive):
    async def receive(self) -> int:
        return 1


class CloseOfInt(NoClose):
    async def close(self, code: int = 1000, reason: str = "") -> None: ...


class CloseWithoutReason(NoClose):
    async def close(self, code: int | None = 1000) -> None: ...


class CloseOfBytes(NoClose):
    async def close(self, code: int | None = 1000, reason: bytes = b"") -> None: ...


class SyncDrop(NoDrop):
    def drop(self) -> None: ...


class CodeOfText(NoCode):
    code: str | None = None


class ReasonOfBytes(NoReason):
    reason: bytes | None = None


no_handshake: Peer = NoHandshake()  # E
no_send: Peer = NoSend()  # E
no_receive: Peer = NoReceive()  # E
no_close: Peer = NoClose()  # E
no_drop: Peer = NoDrop()  # E
no_code: Peer = NoCode()  # E
no_reason: Peer = NoReason()  # E
handshake_of_a_status: Peer = HandshakeOfAStatus()  # E
send_of_text: Peer = SendOfText()  # E
receive_of_int: Peer = ReceiveOfInt()  # E
close_of_int: Peer = CloseOfInt()  # E
close_without_reason: Peer = CloseWithoutReason()  # E
close_of_bytes: Peer = CloseOfBytes()  # E
sync_drop: Peer = SyncDrop()  # E
code_of_text: Peer = CodeOfText()  # E
reason_of_bytes: Peer = ReasonOfBytes()  # E


class NoConnect:
    socket_type = WebSocket


class ConnectsOnly:
    def connect(self, handler: WebSocketHandler[Any, Any, Any], **options: Any) -> AbstractAsyncContextManager[Peer]:
        raise NotImplementedError


class ConnectsAwaited(ConnectsOnly):
    pass


class OfText(ConnectsOnly):
    socket_type = str


class ConnectsToNothing:
    socket_type: type[WebSocket]

    def connect(self, handler: WebSocketHandler[Any, Any, Any], **options: Any) -> AbstractAsyncContextManager[None]:
        raise NotImplementedError


no_connect: Backend = NoConnect()  # E
no_socket_type: Backend = ConnectsOnly()  # E
of_text: Backend = OfText()  # E
to_nothing: Backend = ConnectsToNothing()  # E


async def a_peer(peer: Peer) -> None:
    await peer.send(1)  # E
    await peer.close("1000")  # E
    await peer.close(1000, None)  # E
    await peer.server_error()  # E
    await peer.handshake(1)  # E
    peer.pause()  # E
    peer.inject({})  # E
    await peer.write(b"")  # E
    peer.cancel()  # E
    peer.code = 1  # E
    peer.reason = ""  # E
    peer.drop()  # E
    peer.handshake()  # E
    peer.send("")  # E
    peer.receive()  # E
    peer.close()  # E


async def what_it_offers(errors: SupportsServerError, pauses: SupportsPause, events: SupportsInject, cancels: SupportsCancel) -> None:
    errors.server_error()  # E
    print((await errors.server_error()).upper())  # E
    await pauses.pause()  # E
    await pauses.resume()  # E
    events.inject("event")  # E
    events.inject({1: 2})  # E
    await events.inject({})  # E
    events.reported = {}  # E
    await cancels.cancel()  # E


def an_event_of_none(events: SupportsInject) -> None:
    print(events.reported["code"])  # E


class SyncErrors:
    def server_error(self) -> str | None: ...


class OnlyPauses:
    def pause(self) -> None: ...


class OnlyInjects:
    def inject(self, event: Any) -> None: ...


class CancelsWithAReason:
    def cancel(self, reason: str) -> None: ...


class TimeoutInWords:
    close_timeout: str


sync_errors: SupportsServerError = SyncErrors()  # E
only_pauses: SupportsPause = OnlyPauses()  # E
only_injects: SupportsInject = OnlyInjects()  # E
cancels_with_a_reason: SupportsCancel = CancelsWithAReason()  # E
a_timeout_in_words: SupportsCloseTimeout = TimeoutInWords()  # E


async def hang_up(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None: ...
def make(handler: Any, route: str, content: Any, info: Any) -> Application:
    return Application()


def make_of_three(handler: Any, route: str, content: Any) -> Application:
    return Application()


def make_of_bytes(handler: Any, route: bytes, content: Any, info: Any) -> Application:
    return Application()


def make_nothing(handler: Any, route: str, content: Any, info: Any) -> None: ...
def make_of_text(handler: Any, route: str, content: type[str], info: Any) -> Application:
    return Application()


def a_backend(backend: Backend, web_socket: type[WebSocket]) -> None:
    backend.socket_type = web_socket  # E
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


async def a_connection(backend: Backend) -> None:
    await backend.connect(hang_up)  # E


def a_memory_backend(web_socket: type[WebSocket]) -> None:
    MemoryBackend(make)  # E
    MemoryBackend("make", web_socket)  # E
    MemoryBackend(make_of_three, web_socket)  # E
    MemoryBackend(make_of_bytes, web_socket)  # E
    MemoryBackend(make_nothing, web_socket)  # E
    MemoryBackend(make_of_text, web_socket)  # E
    MemoryBackend(make, "web_socket")  # E
    MemoryBackend(make, int)  # E
    MemoryBackend(make, web_socket, close_timeout="1")  # E
    MemoryBackend(make, web_socket, close_timeout=None)  # E
    number: int = MemoryBackend(make, web_socket).close_timeout  # E
    print(number)
    reference.connect("handler")  # E
    reference.connect(hang_up, "/")  # E
    reference.connect(hang_up, route=1)  # E
    reference.connect(hang_up, path=1)  # E
    reference.connect(hang_up, content=int)  # E
    reference.connect(hang_up, subprotocols=1)  # E
    reference.connect(hang_up, subprotocols=[1])  # E
    reference.connect(hang_up, headers=1)  # E
    reference.connect(hang_up, headers=[("host", "")])  # E
    reference.connect()  # E


async def no_client() -> None:
    async with reference.connect(hang_up) as client:
        client.nothing()  # E


async def no_peer(backend: Backend) -> None:
    async with backend.connect(hang_up) as peer:
        peer.nothing()  # E


async def a_socket_type(backend: Backend) -> None:
    print(backend.socket_type.nothing)  # E !pyrefly


async def a_socket_type_of_the_reference() -> None:
    print(reference.socket_type.nothing)  # E !pyrefly
