"""Talk to a handler or an application in a test: the client's end, in memory, no server.

It needs anyio (``pip install 'bareasgi-ws[testing]'``) and runs on asyncio and on trio.
"""

from collections.abc import AsyncGenerator, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from ._memory.answers import Handshake
from ._memory.application import application_of
from ._memory.profiles import KIND
from ._memory.scope import connection_scope
from ._rules import events
from ._spec.errors import WebSocketClosedError
from ._spec.scope import Header

if TYPE_CHECKING:
    from ._memory.server import MemoryServer

__all__ = ["Client", "DeadlineError", "Handshake", "connect"]


class DeadlineError(TimeoutError):
    """A step of the client's did not end within its deadline; the message names the step and what was awaited."""


class Client:
    """The client's end of one connection. ``connect`` makes it.

    Each step that waits has the deadline that was given to ``connect``, and raises DeadlineError past it. Where the
    handler has ended, or the handshake was refused, a step says so at once.
    """

    def __init__(self, server: "MemoryServer", deadline: float) -> None:
        """Not to be called: ``connect`` makes the client."""
        self._server = server
        self._deadline = deadline

    async def handshake(self) -> Handshake:
        """Wait for the answer to the opening request.

        Returns:
            The answer; its status is 101 where the application accepted.

        Raises:
            DeadlineError: The application has neither accepted nor refused.
            WebSocketClosedError: This client closed or dropped the connection before there was an answer.
        """
        with self._step("handshake"):
            await self._server.answered.wait()
        if self._server.handshake is None:
            raise WebSocketClosedError("handshake: this client has gone before the answer")
        return self._server.handshake

    async def send(self, content: bytes | str) -> None:
        """Send a message to the application, once the handshake is answered.

        Args:
            content: A str goes out as text, bytes as binary.

        Raises:
            TypeError: The content is neither bytes nor str.
            DeadlineError: The application has neither accepted nor refused.
            WebSocketClosedError: The handshake was refused, or the connection is closed.
        """
        message = events.send(content)
        await self._accepted("send")
        if self._server.ending is not None:
            raise WebSocketClosedError(f"send: {self._server.situation()}") from self._server.error
        self._server.client_sends(message)

    async def receive(self) -> bytes | str | None:
        """Wait for the application's next message.

        Returns:
            The message; None once the connection is closed by either side. Then ``code`` and ``reason`` tell how.

        Raises:
            DeadlineError: No message came.
            WebSocketClosedError: The handshake was refused.
        """
        await self._accepted("receive")
        with self._step("receive"):
            return await self._server.for_client.get()

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        """Close the connection from the client's side.

        On a connection that is closed already it does nothing. Before the handshake is answered, it abandons it.

        Args:
            code: The close code; None for a close frame without one.
            reason: The close reason.
        """
        if self._server.ending is None:
            self._server.client_closes(code, reason)

    async def drop(self) -> None:
        """Lose the connection, with no close frame: the application is told 1006."""
        if self._server.ending is None:
            self._server.client_drops()

    async def server_error(self) -> str | None:
        """Wait until the application has ended, and tell what it raised.

        An error that was asked for is not raised again where ``connect`` ends.

        Returns:
            The exception's type and message, as the last line of a traceback; None where it raised nothing.

        Raises:
            DeadlineError: The application has not ended.
        """
        with self._step("server_error"):
            await self._server.ended.wait()
        error, self._server.error_seen = self._server.error, True
        return None if error is None else f"{type(error).__name__}: {error}"

    @property
    def code(self) -> int | None:
        """The close code that the client saw, or gave; None while the connection is open."""
        return None if self._server.ending is None else self._server.ending.code

    @property
    def reason(self) -> str | None:
        """The close reason that the client saw, or gave; None while the connection is open."""
        return None if self._server.ending is None else self._server.ending.reason

    @property
    def reported(self) -> Mapping[str, Any] | None:
        """The event with which the application was told of the end; None as long as it was not."""
        return self._server.reported

    def refuses(self, code: int) -> bool:
        """Whether the server refuses to send this legal close code; that of ``connect`` refuses none.

        Args:
            code: The close code.

        Returns:
            Whether it refuses it.
        """
        return code in self._server.profile.refused_codes

    def pause(self) -> None:
        """Read nothing more: from here on, what the application sends waits, as behind a full network buffer."""
        self._server.pause()

    def resume(self) -> None:
        """Read again."""
        self._server.resume()

    def inject(self, event: Mapping[str, Any]) -> None:
        """Have the server give the application this very event, however wrong.

        Args:
            event: The event. After a websocket.disconnect none follows.
        """
        self._server.deliver(event)

    def cancel(self) -> None:
        """Have the server cancel the application, as one does that shuts down."""
        self._server.cancel()

    async def cancelled(self) -> bool:
        """Wait until the application has ended, and tell whether that was by the cancellation that it was given.

        Returns:
            Whether the cancellation came back to the server.

        Raises:
            DeadlineError: The application has not ended.
        """
        with self._step("cancelled"):
            await self._server.ended.wait()
        return self._server.cancelled

    async def _accepted(self, step: str) -> None:
        handshake = await self.handshake()
        if handshake.status != 101:
            raise WebSocketClosedError(f"{step}: {self._server.situation()}") from self._server.error

    def _step(self, step: str) -> AbstractContextManager[None]:
        return _within(self._deadline, step, self._server)


@contextmanager
def _within(deadline: float, step: str, server: "MemoryServer") -> Generator[None]:
    import anyio

    with anyio.move_on_after(deadline) as scope:
        yield
    if scope.cancelled_caught:
        raise DeadlineError(f"{step}: nothing came within {deadline} s; {server.situation()}")


@asynccontextmanager
async def connect(
    app_or_handler: Any,
    path: str = "/",
    *,
    subprotocols: Sequence[str] = (),
    headers: Iterable[Header] = (),
    info: Any = None,
    matches: Mapping[str, Any] | None = None,
    content: type[str] | type[bytes] | None = None,
    deadline: float = 5.0,
) -> AsyncGenerator[Client]:
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
    try:
        from ._memory.running import running
        from ._memory.server import MemoryServer
    except ImportError as error:
        raise ImportError("connect needs anyio: pip install 'bareasgi-ws[testing]'") from error

    application = application_of(app_or_handler, info, matches, content)
    server = MemoryServer(connection_scope(path, subprotocols, headers), KIND)
    client = Client(server, deadline)
    async with running(server, application, partial(_finish, client, server, deadline)):
        yield client


async def _finish(client: Client, server: "MemoryServer", deadline: float) -> None:
    client.resume()
    if server.ending is None:
        await client.handshake()
        await client.close()
    with _within(deadline, "the end of connect", server):
        await server.ended.wait()
    if server.error is not None and not server.error_seen:
        raise server.error
