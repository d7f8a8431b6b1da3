"""Talk to a handler or an application in a test: the client's end, in memory, no server.

It needs anyio (``pip install 'bareasgi-ws[testing]'``) and runs on asyncio and on trio.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal

from ._memory.answers import Handshake
from ._memory.deadline import DeadlineError
from ._reference.asgi import ASGIApplication
from ._spec.scope import Header

__all__ = ["Client", "DeadlineError", "Handshake", "connect", "lifespan"]

class Client:
    """The client's end of one connection. ``connect`` makes it.

    Each step that waits has the deadline that was given to ``connect``, and raises DeadlineError past it. Where the
    handler has ended, or the handshake was refused, a step says so at once.
    """

    def __init__(self, server: MemoryServer, deadline: float) -> None:
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
            ValueError: UTF-8 cannot encode the text.
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
            reason: The close reason, at most 123 bytes in UTF-8.

        Raises:
            TypeError: The code is neither an int nor None, or the reason is not a str.
            ValueError: The code may not be sent, the reason is too long, or there is a reason and no code.
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

        Raises:
            TypeError: The code is not an int.
        """

    def pause(self) -> None:
        """Read nothing more: from here on, what the application sends waits, as behind a full network buffer."""

    def resume(self) -> None:
        """Read again."""

    def inject(self, event: Mapping[str, Any]) -> None:
        """Have the server give the application this very event, however wrong.

        Args:
            event: The event. After a websocket.disconnect none follows.

        Raises:
            TypeError: The event is not a mapping whose keys are str.
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

def connect(
    app_or_handler: Any,
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: Any = None,
    matches: Mapping[str, Any] | None = None,
    content: type[str] | type[bytes] | None = None,
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
) -> AbstractAsyncContextManager[Client]:
    """Connect to an ASGI application or a handler, in memory: a context manager that gives the client's end.

    It does not wait for the handshake: the first ``send`` or ``receive`` does, or ``handshake``. At its end it waits
    for the handshake, closes the connection with 1000 where that is still open, waits for the handler to return, and
    raises what the handler raised, unless ``server_error`` was asked. Where the body raises or is cancelled, the
    handler is cancelled instead, and has ``deadline`` seconds to end.

    The application runs in a task of its own, so one task can enter and another leave, as in a fixture of pytest's.
    The scope is what uvicorn gives for the same opening request.

    Args:
        app_or_handler: An ASGI 3 application, called with three arguments, or a handler, called with four.
        path: The path, percent-encoded, with a query string behind ``?`` where there is one.
        subprotocols: What the client offers.
        headers: The opening request's headers beside those of the handshake.
        info: What a handler is given as its info; an empty dict where it is left out.
        matches: What a handler is given as its matches; none where they are left out.
        content: What a handler receives: ``str`` for text only, ``bytes`` for binary only, None for both.
        deadline: How long each step may wait, in seconds.
        client: The client's host and port, or None where the server does not know them.
        server: The server's host and port, a socket's path and None, or None where the server does not know them.
        scheme: ``"ws"``, or ``"wss"`` as behind TLS.
        root_path: Where the application is mounted; it is put in front of the path.
        query_string: The query string, percent-encoded, where it is not in the path.
        state: What ``lifespan`` gave, or would give; the scope has a shallow copy.
        lifespan: Whether the application's lifespan is run around the connection, as ``lifespan`` does.

    Returns:
        A context manager that gives the client's end.

    Raises:
        ImportError: anyio is not installed.
        TypeError: An argument is of the wrong type; or the first is neither an application nor a handler; or info,
            matches or content was given beside an application, which has its own; or a handler was to run a lifespan.
        ValueError: An argument is what no client can send, or no server tell.
        DeadlineError: The handler did not end after the client had gone.
        RuntimeError: The application's start or end failed (``lifespan``).
        Exception: What the handler raised.

    Example:
        async with connect(application, "/chat") as client:
            await client.send("Hello")
            assert await client.receive() == "Hello"
    """

def lifespan(application: ASGIApplication, *, deadline: float = 5.0) -> AbstractAsyncContextManager[dict[str, Any]]:
    """Run an application's lifespan around connections to it: a context manager that gives its state.

    Before the body the application starts, after it the application stops, also where the body raises. One that raises
    or returns instead of answering the start has no lifespan, and is left alone, as servers do by default.

    Args:
        application: An ASGI 3 application, called with three arguments.
        deadline: How long the start, and the end, may take, in seconds.

    Returns:
        A context manager that gives the state, for ``connect(application, state=state)``.

    Raises:
        ImportError: anyio is not installed.
        TypeError: The application is a handler, which has no lifespan, or neither; or the deadline is not a number.
        ValueError: The deadline is not above 0.
        DeadlineError: The application neither started nor failed to, or did not stop.
        RuntimeError: The application answered that its start or its end failed; its own message is in the error's.
        Exception: What the application raised after its start.

    Example:
        async with lifespan(application) as state, connect(application, "/chat", state=state) as client:
            await client.send("Hello")
    """
