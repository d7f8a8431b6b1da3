"""Anything that listens on a URL as a backend for the kit, over a real socket."""

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

from .._rules import arguments
from .._rules.arguments import check_type, describe_value
from ..errors import WebSocketClosedError, WebSocketError
from ..scope import Header
from ..testing.client import Handshake
from ..websocket import WebSocket, WebSocketHandler
from ._arguments import check_socket_type
from .memory import Content

if TYPE_CHECKING:
    import ssl

    from ._serving import LastError, Serving
    from ._tcp import TCPConnection


class Serve(Protocol):
    """What the author of a backend writes: how a handler is served."""

    def __call__(
        self, handler: WebSocketHandler[Any, Any, Any], /, *, route: str, content: Content, info: Any
    ) -> AbstractAsyncContextManager[str]:
        """Serve the handler on the route, in this process and this event loop.

        The URL, such as ``"ws://127.0.0.1:8000"`` or ``"wss://127.0.0.1:8000"``, has the host, the port, and the
        beginning of the path where the server has one. At its end the context manager has the server close what is
        open, let its handlers finish, and stop.

        Args:
            handler: The handler.
            route: The pattern of the handler's path.
            content: What the handler receives: ``str``, ``bytes``, or None for both.
            info: What the handler is given as its info.

        Returns:
            A context manager that gives the URL on which the server listens.
        """
        ...


class URLPeer:
    """The client's end of one connection to a URL. ``URLBackend.connect`` makes it."""

    def __init__(self, connection: Any) -> None:
        """Not to be called: ``URLBackend.connect`` makes the peer."""
        self._connection: TCPConnection = connection

    async def handshake(self) -> Handshake:
        """Wait for the response to the handshake request, which is sent already.

        Returns:
            The response, its headers as they were received; its status is 101 where the handler accepted.

        Raises:
            WebSocketClosedError: There was no response: this end abandoned the connection, or it was lost.
            WebSocketError: What came is not a response to the request.
        """
        await self._connection.responded.wait()
        if self._connection.handshake is not None:
            return self._connection.handshake
        if self._connection.fault:
            raise WebSocketError(f"handshake: what came is not a response to it: {self._connection.fault}")
        raise WebSocketClosedError(f"handshake: the connection ended before the response{self._connection.hint}")

    async def send(self, content: bytes | str) -> None:
        """Send a message, once the handshake is answered: str as text, bytes as binary.

        Args:
            content: The message.

        Raises:
            WebSocketClosedError: The handshake was rejected, or the connection is closed or lost.
        """
        await self._wait_for_response("send")
        self._expect_open("send")
        await self._connection.send(content)

    async def receive(self) -> bytes | str | None:
        """Wait for the next message.

        Returns:
            The message; None once the connection is closed or lost.

        Raises:
            WebSocketClosedError: The handshake was rejected.
            WebSocketError: The server sent what the protocol does not allow.
        """
        await self._wait_for_response("receive")
        content = await self._connection.receive()
        if content is None and self._connection.fault:
            raise WebSocketError(f"receive: the server broke the protocol: {self._connection.fault}")
        return content

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        """Close the connection with a close frame; on a closed one do nothing.

        It does not wait for the server's close frame. Before the handshake is answered, it abandons the connection.

        Args:
            code: The close code; None for a close frame without one.
            reason: The close reason.
        """
        await self._connection.close(code, reason)

    async def write(self, data: bytes) -> None:
        """Send these bytes on the open connection, as they are; where the server stops reading, the rest is lost.

        Args:
            data: Frames, or what looks like some (RFC 6455 section 5.2).

        Raises:
            WebSocketClosedError: The handshake was rejected, or the connection is closed or lost.
        """
        await self._wait_for_response("write")
        self._expect_open("write")
        await self._connection.write(data)

    async def ping(self, payload: bytes = b"") -> bytes:
        """Send a ping on the open connection, and wait for the next pong.

        Args:
            payload: What the ping carries, at most 125 bytes.

        Returns:
            What the pong carries.

        Raises:
            WebSocketClosedError: The handshake was rejected, or the connection is closed or lost, or ends meanwhile.
        """
        await self._wait_for_response("ping")
        self._expect_open("ping")
        pong = await self._connection.ping(payload)
        if pong is None:
            raise WebSocketClosedError("ping: the connection ended before the pong")
        return pong

    def stall(self) -> Callable[[], None]:
        """Stop reading, until what it returns is called: what the server sends fills the buffers of TCP, then waits.

        Returns:
            A function that has it read again.
        """
        return self._connection.stall()

    async def drop(self) -> None:
        """Lose the connection, with no close frame.

        It is reset. Where the server has not read all that was sent (it then answers no ping within 0.2 seconds), it
        is closed without a reset, so that this still arrives.
        """
        await self._connection.drop()

    @property
    def code(self) -> int | None:
        """The code of the server's close frame, 1005 where it had none, 1006 where none came; None until the end."""
        return self._connection.code

    @property
    def reason(self) -> str | None:
        """The reason in the server's close frame, empty where there was none; None until the end."""
        return self._connection.reason

    async def _wait_for_response(self, step: str) -> None:
        await self._connection.responded.wait()
        handshake = self._connection.handshake
        if handshake is not None and handshake.status != 101:
            raise WebSocketClosedError(f"{step}: the handshake was rejected with HTTP {handshake.status}")

    def _expect_open(self, step: str) -> None:
        if not self._connection.is_open:
            raise WebSocketClosedError(f"{step}: the connection is closed with {self.code}")


class ReportingURLPeer(URLPeer):
    """A URLPeer whose server's log is known."""

    def __init__(self, connection: Any, serving: Any, log: Any) -> None:
        """Not to be called: ``URLBackend.connect`` makes the peer."""
        super().__init__(connection)
        self._serving: Serving = serving
        self._log: LastError = log

    async def server_error(self) -> str | None:
        """Wait for the handshake's response, close the connection, stop the server, and tell what reached its log.

        Of the last error it tells the exception's type and message where the log has it, as the last line of a
        traceback, and the log's message elsewhere.

        Returns:
            The last error; None where there was none.
        """
        await self._until_logged()
        return self._log.text

    async def server_exception(self) -> BaseException | None:
        """Do as ``server_error`` does, and give the exception that reached the server's log.

        Returns:
            The exception of the last error, the very object, or what is alone in a group of one that the server's own
            task group made; None where there was no error, or the log has no exception with it.
        """
        await self._until_logged()
        return self._log.exception

    async def _until_logged(self) -> None:
        await self._connection.responded.wait()
        await self.close()
        await self._serving.stop()


class ConnectURL(Protocol):
    """Connects a client to the server (as Connect says)."""

    def __call__(
        self, path: str = "/", *, subprotocols: Sequence[str] = (), headers: Iterable[Header] = ()
    ) -> AbstractAsyncContextManager[URLPeer]:
        """Connect a client to the path, below that of the URL."""
        ...


class URLBackend:
    """A backend that listens on a URL, driven over a real socket.

    Attributes:
        socket_type: The type of the web_socket that its handlers are given.
        close_timeout: How long the backend waits for a client that reads nothing, in seconds.
        own_server: Whether it speaks the protocol itself, with no other server below it.
    """

    socket_type: type[WebSocket]
    close_timeout: float
    own_server: bool

    def __init__(
        self,
        serve: Serve,
        socket_type: type[WebSocket],
        *,
        logger: str | None = None,
        close_timeout: float = 10.0,
        own_server: bool = False,
        ssl_context: "ssl.SSLContext | None" = None,
    ) -> None:
        """Make a backend.

        Args:
            serve: Serves a handler, and gives the URL that the server listens on.
            socket_type: The type of the web_socket that its handlers are given.
            logger: The name of the logger that the server tells its errors. Where it is given, the peer offers
                ``server_error``. The server has set up its logging when ``serve`` gives the URL.
            close_timeout: How long the backend waits for a client that reads nothing, in seconds.
            own_server: Whether it speaks the protocol itself, with no other server below it. Then it is held to what
                else can be seen on the wire, which the specification asks of a server.
            ssl_context: For URLs that begin with ``wss://``: what trusts the server's certificate, such as
                ``ssl.create_default_context(cafile="ca.pem")``. Without it the system's certificates are trusted.

        Raises:
            ImportError: anyio or websockets is not installed.
            TypeError: ``serve`` cannot be called, ``socket_type`` is not a class, the logger's name is not a str,
                ``close_timeout`` is not a number, ``own_server`` is not a bool, or ``ssl_context`` is not
                an SSLContext.
            ValueError: ``close_timeout`` is not above 0 and finite.
        """
        try:
            import anyio as anyio
            import websockets as websockets
        except ImportError as error:
            needs = "URLBackend needs anyio and websockets"
            raise ImportError(f"{needs}: pip install 'bareasgi-ws[conformance]'") from error
        if not callable(serve):
            raise TypeError(f"URLBackend: expected serve as a function, got {describe_value(serve)}")
        check_socket_type("URLBackend", socket_type)
        check_type("URLBackend", "the logger's name as a str or None", logger, str, type(None))
        self.socket_type = socket_type
        self.close_timeout = arguments.seconds("URLBackend", "close_timeout", close_timeout)
        check_type("URLBackend", "own_server as a bool", own_server, bool)
        self.own_server = own_server
        if ssl_context is not None:
            import ssl

            check_type("URLBackend", "ssl_context as an ssl.SSLContext or None", ssl_context, ssl.SSLContext)
        self._serve = serve
        self._logger = logger
        self._ssl_context = ssl_context

    @asynccontextmanager
    async def connect(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        path: str = "/",
        content: Content = None,
        info: Any = None,
        subprotocols: Sequence[str] = (),
        headers: Iterable[Header] = (),
    ) -> AsyncGenerator[URLPeer]:
        """Serve the handler on the route, and connect a client to the path.

        At its end it closes the connection, and leaves the author's context. Where the body raises, the handler is
        cancelled. The server has 10 seconds to stop.

        Args:
            handler: The handler.
            route: The pattern of the handler's path.
            path: The path that the client asks for, below that of the URL.
            content: What the handler receives: ``str``, ``bytes``, or None for both.
            info: What the handler is given as its info.
            subprotocols: What the client offers.
            headers: Headers of the client's handshake request.

        Returns:
            A context manager that gives the client's end. It raises what ``serve`` raised.

        Raises:
            ValueError: What ``serve`` gives is not a URL such as ``"ws://127.0.0.1:8000"``, or the logger takes no
                errors: its level is above ERROR, it is disabled, or ``logging.disable`` is in force.
            OSError: Nothing listens there, or the server's certificate is not trusted.
            TimeoutError: The server did not stop.
        """
        async with (
            self.serve(handler, route=route, content=content, info=info) as connect_client,
            connect_client(path, subprotocols=subprotocols, headers=headers) as peer,
        ):
            yield peer

    @asynccontextmanager
    async def serve(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        content: Content = None,
        info: Any = None,
    ) -> AsyncGenerator[ConnectURL]:
        """Serve the handler on the route, for as many clients as connect.

        A client's ``server_error`` stops the server, for all of them. What ``connect`` says holds here too.

        Args:
            handler: The handler.
            route: The pattern of the handler's path.
            content: What the handler receives: ``str``, ``bytes``, or None for both.
            info: What the handler is given as its info.

        Returns:
            A context manager that gives what connects a client. It raises what ``serve`` raised.

        Raises:
            ValueError: The logger takes no errors.
            TimeoutError: The server did not stop.
        """
        from ._serving import Serving, capture_last_error, plain_task_group
        from ._tcp import open_connection

        serving = Serving(self._serve, handler, {"route": route, "content": content, "info": info})

        @asynccontextmanager
        async def connect_client(
            path: str = "/", *, subprotocols: Sequence[str] = (), headers: Iterable[Header] = ()
        ) -> AsyncGenerator[URLPeer]:
            opening = open_connection(url, path, subprotocols, headers, self._ssl_context)
            # Its socket stays open until the server has stopped, which so reads all that was sent.
            connection = await connections.enter_async_context(opening)
            tasks.start_soon(connection.read)
            peer = URLPeer(connection) if log is None else ReportingURLPeer(connection, serving, log)
            yield peer
            await peer.close()

        async with plain_task_group() as tasks:
            tasks.start_soon(serving.run, tasks.cancel_scope)
            try:
                url = await serving.url()
                with capture_last_error(self._logger) as log:
                    async with AsyncExitStack() as connections:
                        yield connect_client
                        await serving.stop()
            except BaseException:
                await serving.abandon()
                raise
        if serving.error is not None:
            raise serving.error
