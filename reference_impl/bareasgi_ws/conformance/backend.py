"""What the author of a backend writes for the kit, and what the kit may find beyond that."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, runtime_checkable

from ..scope import Header
from ..testing.client import Handshake
from ..websocket import WebSocket, WebSocketHandler


class Peer(Protocol):
    """The client's end of one connection, as the kit drives it.

    Where it offers more, the kit checks more: ``server_error`` (SupportsServerError), ``server_exception``
    (SupportsServerException), ``server_scope`` (SupportsServerScope), ``pause`` and ``resume`` (SupportsPause),
    ``inject`` and ``reported`` (SupportsInject), ``write`` (SupportsWrite), ``ping`` (SupportsPing), ``cancel``
    (SupportsCancel), ``cancelled`` (SupportsCancelled), ``rejects`` (SupportsRejectedCodes).
    """

    async def handshake(self) -> Handshake:
        """Wait for the response to the handshake request, which is sent already.

        Returns:
            The response; its status is 101 where the handler accepted.
        """
        ...

    async def send(self, content: bytes | str) -> None:
        """Send a message: str as text, bytes as binary."""
        ...

    async def receive(self) -> bytes | str | None:
        """Wait for the next message.

        Returns:
            The message; None once the connection is closed or lost.
        """
        ...

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        """Close the connection with a close frame; on a closed one do nothing.

        Args:
            code: The close code; None for a close frame without one.
            reason: The close reason.
        """
        ...

    async def drop(self) -> None:
        """Lose the connection, with no close frame."""
        ...

    @property
    def code(self) -> int | None:
        """The close code that this end saw; None while the connection is open."""
        ...

    @property
    def reason(self) -> str | None:
        """The close reason that this end saw; None while the connection is open."""
        ...


class Backend(Protocol):
    """A backend, for the kit: how one connection is made to one handler that it serves.

    Attributes:
        socket_type: The type of the web_socket that its handlers are given.
    """

    @property
    def socket_type(self) -> type[WebSocket]:
        """The type of the web_socket that its handlers are given."""
        ...

    def connect(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        path: str = "/",
        content: type[str] | type[bytes] | None = None,
        info: Any = None,
        subprotocols: Sequence[str] = (),
        headers: Iterable[Header] = (),
    ) -> AbstractAsyncContextManager[Peer]:
        """Serve the handler on the route, and connect a client to the path.

        What the handler raises is not raised here.

        Args:
            handler: The handler.
            route: The pattern of the handler's path.
            path: The path that the client asks for.
            content: What the handler receives: ``str``, ``bytes``, or None for both.
            info: What the handler is given as its info.
            subprotocols: What the client offers.
            headers: Headers of the client's handshake request.

        Returns:
            A context manager that gives the client's end, its handshake request sent; at its end both are gone.
        """
        ...


@runtime_checkable
class SupportsCloseTimeout(Protocol):
    """A backend whose close timeout is known; of others the kit expects 10 seconds."""

    @property
    def close_timeout(self) -> float:
        """How long a close, and a handler's end, wait for a client that reads nothing, in seconds."""
        ...


class Connect(Protocol):
    """Connects a client to what is served already."""

    def __call__(
        self, path: str = "/", *, subprotocols: Sequence[str] = (), headers: Iterable[Header] = ()
    ) -> AbstractAsyncContextManager[Peer]:
        """Connect a client to the path.

        Args:
            path: The path that the client asks for.
            subprotocols: What the client offers.
            headers: Headers of the client's handshake request.

        Returns:
            A context manager that gives the client's end, its handshake request sent; at its end the connection is
            closed.
        """
        ...


@runtime_checkable
class SupportsServe(Protocol):
    """A backend that can serve a handler to several clients, so that what one leaves behind shows at another."""

    def serve(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        content: type[str] | type[bytes] | None = None,
        info: Any = None,
    ) -> AbstractAsyncContextManager[Connect]:
        """Serve the handler on the route.

        What the handler raises is not raised here.

        Args:
            handler: The handler.
            route: The pattern of the handler's path.
            content: What the handler receives: ``str``, ``bytes``, or None for both.
            info: What the handler is given as its info.

        Returns:
            A context manager that gives what connects a client, as often as the kit likes; at its end the server is
            gone.
        """
        ...


@runtime_checkable
class SupportsOwnServer(Protocol):
    """A backend that says whether it is its own server, with no other below it; of others the kit expects one."""

    @property
    def own_server(self) -> bool:
        """Whether it speaks the protocol itself: then some requirements that bind servers are MUSTs of its own."""
        ...


@runtime_checkable
class SupportsPing(Protocol):
    """A peer that can send pings."""

    async def ping(self, payload: bytes = b"") -> bytes:
        """Send a ping on the open connection, and wait for the next pong.

        Args:
            payload: What the ping carries, at most 125 bytes.

        Returns:
            What the pong carries.
        """
        ...


@runtime_checkable
class SupportsServerError(Protocol):
    """A peer that knows what reached the server."""

    async def server_error(self) -> str | None:
        """Wait until the handler has ended, and tell what reached the server's log; None where nothing did."""
        ...


@runtime_checkable
class SupportsServerException(Protocol):
    """A peer that knows the very exception that reached the server."""

    async def server_exception(self) -> BaseException | None:
        """Wait until the handler has ended, and give the exception that reached the server; None where none did."""
        ...


@runtime_checkable
class SupportsServerScope(Protocol):
    """A peer that knows with which scope the server called."""

    @property
    def server_scope(self) -> Mapping[str, Any]:
        """The connection scope, as the server gave it."""
        ...


@runtime_checkable
class SupportsPause(Protocol):
    """A peer that can stop reading, so that what the handler sends waits."""

    def pause(self) -> None:
        """Read nothing more."""
        ...

    def resume(self) -> None:
        """Read again."""
        ...


@runtime_checkable
class SupportsInject(Protocol):
    """A peer that can have the server give any event, and knows how it told of the end."""

    def inject(self, event: Mapping[str, Any]) -> None:
        """Give the handler's side this very ASGI event."""
        ...

    @property
    def reported(self) -> Mapping[str, Any] | None:
        """The event with which the server told of the end; None as long as it did not."""
        ...


@runtime_checkable
class SupportsWrite(Protocol):
    """A peer that can send any bytes, also what no client may."""

    async def write(self, data: bytes) -> None:
        """Send these bytes on the open connection, as they are.

        Args:
            data: Frames, or what looks like some (RFC 6455 section 5.2).
        """
        ...


@runtime_checkable
class SupportsCancel(Protocol):
    """A peer that can have the server cancel the handler."""

    def cancel(self) -> None:
        """Cancel the handler, as a server does that shuts down."""
        ...


@runtime_checkable
class SupportsCancelled(Protocol):
    """A peer that knows whether a cancellation came back to the server."""

    async def cancelled(self) -> bool:
        """Wait until the handler has ended, and tell whether that was by the cancellation that it was given."""
        ...


@runtime_checkable
class SupportsRejectedCodes(Protocol):
    """A peer whose server refuses to send some of the legal close codes."""

    def rejects(self, code: int) -> bool:
        """Whether the server refuses to send this legal close code: then 1000 may arrive in its place."""
        ...
