"""Talk to a handler or an application in a test: the client's end, in memory, no server.

It needs anyio (``pip install 'bareasgi-ws[testing]'``) and runs on asyncio and on trio.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple, overload

from ._reference.asgi import ASGIApplication
from ._spec.scope import Header, Headers
from ._spec.websocket import WebSocketHandler

__all__ = ["Client", "DeadlineError", "Handshake", "connect"]

class DeadlineError(TimeoutError):
    """A step of the client's did not end within its deadline; the message names the step and what was awaited."""

class Client:
    """The client's end of one connection. ``connect`` makes it.

    Each step that waits has the deadline that was given to ``connect``, and raises DeadlineError past it. Where the
    handler has ended, or the handshake was refused, a step says so at once.
    """

    def __init__(self, server: object, deadline: float) -> None:
        """Not to be called: ``connect`` makes the client."""

    async def handshake(self) -> Handshake:
        """Wait for the answer to the opening request.

        Returns:
            The answer; its status is 101 where the application accepted.

        Raises:
            DeadlineError: The application has neither accepted nor refused.
            WebSocketClosedError: This client closed or dropped the connection before there was an answer.
        """

    async def send(self, content: bytes | str) -> None:
        """Send a message to the application, once the handshake is answered.

        Args:
            content: A str goes out as text, bytes as binary.

        Raises:
            TypeError: The content is neither bytes nor str.
            DeadlineError: The application has neither accepted nor refused.
            WebSocketClosedError: The handshake was refused, or the connection is closed.
        """

    async def receive(self) -> bytes | str | None:
        """Wait for the application's next message.

        Returns:
            The message; None once the connection is closed by either side. Then ``code`` and ``reason`` tell how.

        Raises:
            DeadlineError: No message came.
            WebSocketClosedError: The handshake was refused.
        """

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        """Close the connection from the client's side.

        On a connection that is closed already it does nothing. Before the handshake is answered, it abandons it.

        Args:
            code: The close code; None for a close frame without one.
            reason: The close reason.
        """

    async def drop(self) -> None:
        """Lose the connection, with no close frame: the application is told 1006."""

    async def server_error(self) -> str | None:
        """Wait until the application has ended, and tell what it raised.

        An error that was asked for is not raised again where ``connect`` ends.

        Returns:
            The exception's type and message, as the last line of a traceback; None where it raised nothing.

        Raises:
            DeadlineError: The application has not ended.
        """

    @property
    def code(self) -> int | None:
        """The close code that the client saw, or gave; None while the connection is open."""

    @property
    def reason(self) -> str | None:
        """The close reason that the client saw, or gave; None while the connection is open."""

    @property
    def reported(self) -> Mapping[str, Any] | None:
        """The event with which the application was told of the end; None as long as it was not."""

    def refuses(self, code: int) -> bool:
        """Whether the server refuses to send this legal close code; that of ``connect`` refuses none.

        Args:
            code: The close code.

        Returns:
            Whether it refuses it.
        """

    def pause(self) -> None:
        """Read nothing more: from here on, what the application sends waits, as behind a full network buffer."""

    def resume(self) -> None:
        """Read again."""

    def inject(self, event: Mapping[str, Any]) -> None:
        """Have the server give the application this very event, however wrong.

        Args:
            event: The event. After a websocket.disconnect none follows.
        """

    def cancel(self) -> None:
        """Have the server cancel the application, as one does that shuts down."""

    async def cancelled(self) -> bool:
        """Wait until the application has ended, and tell whether that was by the cancellation that it was given.

        Returns:
            Whether the cancellation came back to the server.

        Raises:
            DeadlineError: The application has not ended.
        """

class Handshake(NamedTuple):
    """What the server answered to the client's opening request.

    Attributes:
        status: The HTTP status: 101 where the application accepted.
        headers: The answer's headers, as the application gave them.
        subprotocol: The subprotocol that the application selected, or None.
        body: The answer's body; empty where it accepted.
    """

    status: int
    """The HTTP status: 101 where the application accepted."""
    headers: Headers
    """The answer's headers, as the application gave them."""
    subprotocol: str | None
    """The subprotocol that the application selected, or None."""
    body: bytes
    """The answer's body; empty where it accepted."""

@overload
def connect(
    app_or_handler: ASGIApplication,
    path: str = "/",
    *,
    subprotocols: Sequence[str] = (),
    headers: Iterable[Header] = (),
    info: None = None,
    matches: None = None,
    content: None = None,
    deadline: float = 5.0,
) -> AbstractAsyncContextManager[Client]:
    """Connect to an ASGI application or a handler, in memory, and give the client's end.

    It does not wait for the handshake: the first ``send`` or ``receive`` does, or ``handshake``. At its end it waits
    for the handshake, closes the connection with 1000 where that is still open, waits for the handler to return, and
    raises what the handler raised, unless ``server_error`` was asked. Where the body raises, the handler is cancelled
    instead.

    Args:
        app_or_handler: An ASGI 3 application, called with three arguments, or a handler, called with four.
        path: The path, percent-encoded, with a query string behind ``?`` where there is one.
        subprotocols: What the client offers.
        headers: The opening request's headers beside those of the protocol.
        info: What a handler is given as its info; an empty dict where it is left out.
        matches: What a handler is given as its matches; none where they are left out.
        content: What a handler receives: ``str`` for text only, ``bytes`` for binary only, None for both.
        deadline: How long each step may wait, in seconds.

    Returns:
        The client's end, as what the context manager gives.

    Raises:
        ImportError: anyio is not installed.
        TypeError: The first argument is neither an application nor a handler; or info, matches or content was given
            beside an application, which has its own.
        ValueError: The path does not begin with a slash.
        DeadlineError: The handler did not end after the client had gone.
        Exception: What the handler raised.
    """

@overload
def connect(
    app_or_handler: WebSocketHandler[Any, Any],
    path: str = "/",
    *,
    subprotocols: Sequence[str] = (),
    headers: Iterable[Header] = (),
    info: Any = None,
    matches: Mapping[str, Any] | None = None,
    content: None = None,
    deadline: float = 5.0,
) -> AbstractAsyncContextManager[Client]: ...
@overload
def connect(
    app_or_handler: WebSocketHandler[Any, Any, str],
    path: str = "/",
    *,
    subprotocols: Sequence[str] = (),
    headers: Iterable[Header] = (),
    info: Any = None,
    matches: Mapping[str, Any] | None = None,
    content: type[str],
    deadline: float = 5.0,
) -> AbstractAsyncContextManager[Client]: ...
@overload
def connect(
    app_or_handler: WebSocketHandler[Any, Any, bytes],
    path: str = "/",
    *,
    subprotocols: Sequence[str] = (),
    headers: Iterable[Header] = (),
    info: Any = None,
    matches: Mapping[str, Any] | None = None,
    content: type[bytes],
    deadline: float = 5.0,
) -> AbstractAsyncContextManager[Client]: ...
