# Written by `make stubs` from the module of this name.
"""The web_socket that a handler is given, and the handler itself.

When each call may be made is one table: ``_rules/states.py``, shown in ``docs/states.md``.
"""

from abc import abstractmethod
from collections.abc import Awaitable, Mapping
from typing import Any, Protocol

from ._typing import TypeVar
from .scope import Header, Info, RouteMatches, Scope

ContentT_co = TypeVar("ContentT_co", bound=bytes | str, default=bytes | str, covariant=True)
ContentT_contra = TypeVar("ContentT_contra", bound=bytes | str, default=bytes | str, contravariant=True)
InfoT_contra = TypeVar("InfoT_contra", default=Info, contravariant=True)
MatchesT_contra = TypeVar("MatchesT_contra", bound=Mapping[str, Any], default=RouteMatches, contravariant=True)

class WebSocket(Protocol[ContentT_co]):
    """A server's end of one WebSocket connection.

    Plain ``WebSocket`` receives text and binary messages. ``WebSocket[str]`` receives text only and
    ``WebSocket[bytes]`` binary only. A handler that asks for one of these is registered with ``content=str`` or
    ``content=bytes``, and a message of the other kind then closes the connection with 1003 (WS-CONTENT-03,
    WS-CONTENT-05).

    A call that is rejected with WebSocketStateError, TypeError or ValueError changes nothing and sends nothing. A
    cancellation of a call goes on to whoever cancelled (WS-CANCELLATION-05).

    Arguments may be given by their names (WS-HANDSHAKE-14, WS-SEND-14, WS-CLOSE-13). Of an instance of a subclass of
    str or bytes, the plain content goes out (WS-HANDSHAKE-15, WS-SEND-15). A WebSocket can be hashed, and equals itself
    alone, so that it can be kept in a set, after its end too (WS-LIFETIME-20).
    """

    @abstractmethod
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None:
        """Accept the connection: complete the opening handshake (WS-HANDSHAKE-01).

        This comes before any receive or send. A rejected call changes nothing: a correct one can follow
        (WS-HANDSHAKE-12). Cancelled, it leaves the WebSocket open, as if it were done
        (WS-CANCELLATION-04).

        Args:
            subprotocol: One of the subprotocols that the client offered, or None to select none
                (WS-HANDSHAKE-02, WS-HANDSHAKE-03; RFC 6455 section 4.2.2).
            headers: Headers for the response, as pairs of bytes; names go out in lower case
                (WS-HANDSHAKE-05; ASGI websocket.accept), values as they are, over 0x7f too where the server can
                (WS-HANDSHAKE-17). The list stays the caller's (WS-HANDSHAKE-16).

        Raises:
            WebSocketStateError: The WebSocket was accepted, rejected or closed before (WS-HANDSHAKE-10,
                WS-HANDSHAKE-11), or another accept is under way (WS-CONCURRENCY-05).
            WebSocketClosedError: The client has gone, and the server told. Where it does not tell, accept
                returns. Either way the next receive gives None (WS-HANDSHAKE-13).
            TypeError: The subprotocol is not a str, or the headers are not a list of pairs of bytes
                (WS-HANDSHAKE-09).
            ValueError: The client did not offer the subprotocol (WS-HANDSHAKE-04), or a header's name is not
                a token, its value has a control character or space around it, or it is one of the protocol's own:
                ``sec-websocket-*``, ``connection``, ``upgrade``, ``content-length``, ``transfer-encoding``
                (WS-HANDSHAKE-06, WS-HANDSHAKE-07, WS-HANDSHAKE-08).
        """

    @abstractmethod
    async def receive(self) -> ContentT_co | None:
        """Wait for the next message.

        It gives None once the connection is closed by either side or lost, at once and every time from then on
        (WS-RECEIVE-05 to WS-RECEIVE-08). ``b""`` and ``""`` are messages too, not the end (WS-RECEIVE-03,
        WS-RECEIVE-04), so compare with None. Large ones come whole (WS-RECEIVE-10), and as many as arrive wait until
        they are received (WS-RECEIVE-11). Cancelled, it loses no message, for the next receive gives it
        (WS-CANCELLATION-01).

        Returns:
            The message, str if it was text and bytes if it was binary (WS-RECEIVE-02), or None.

        Raises:
            WebSocketStateError: The WebSocket is not accepted yet (WS-RECEIVE-01), or another receive waits,
                which is not disturbed (WS-CONCURRENCY-01).
            WebSocketError: The server sent an event that it should not; the WebSocket is closed with 1011
                (WS-RECEIVE-09).
        """

    @abstractmethod
    async def send(self, content: bytes | str) -> None:
        """Send one message.

        One after the other, messages arrive in order (WS-SEND-05), large ones whole (WS-SEND-12), and all of many
        (WS-SEND-13). A receive may wait meanwhile (WS-CONCURRENCY-02, WS-CONCURRENCY-08). Concurrent sends are
        allowed; their order is not promised (WS-CONCURRENCY-03, WS-CONCURRENCY-07).
        Cancelled, the message may or may not have gone out, and the WebSocket stays open (WS-CANCELLATION-02).

        Args:
            content: A str goes out as text, bytes as binary, the empty ones included (WS-SEND-02 to
                WS-SEND-04).

        Raises:
            WebSocketStateError: The WebSocket is not accepted yet (WS-SEND-01).
            WebSocketClosedError: The WebSocket is closed (WS-SEND-06, WS-SEND-07), or the server found that the
                client has gone. The server's error is then chained as the cause, and receive still gives what
                had arrived, then None (WS-SEND-10, WS-SEND-11).
            TypeError: The content is neither bytes nor str (WS-SEND-08).
            ValueError: UTF-8 cannot encode the text (WS-SEND-09; RFC 6455 section 8.1).
        """

    @abstractmethod
    async def close(self, code: int = 1000) -> None:
        """Close the connection (WS-CLOSE-01); before accept, reject the handshake with HTTP 403 (WS-CLOSE-03).

        On a WebSocket that is closed already, by either side, it does nothing and returns (WS-CLOSE-04,
        WS-CLOSE-05); so it does where the client has gone (WS-CLOSE-06). The WebSocket is closed before anything
        is awaited (WS-CLOSE-11), so cancelled it leaves the WebSocket closed with this code, as if it were done
        (WS-CANCELLATION-03). A client that reads nothing holds it up no longer than the backend's close timeout
        (WS-CLOSE-12). A receive that waits ends with None when the server reports the end (WS-CONCURRENCY-04), and
        within that timeout though it reports none (WS-CONCURRENCY-06). A rejected call changes nothing (WS-CLOSE-10).

        Args:
            code: The close code: 1000 to 1014 without 1004, 1005 and 1006, or 3000 to 4999; 4000 to 4999 are
                the application's own (RFC 6455 section 7.4). Members of CloseCode are such numbers.

        Raises:
            TypeError: The code is not an int; a bool is not one (WS-CLOSE-09).
            ValueError: The code may not be sent (WS-CLOSE-07, WS-CLOSE-08).
        """

    @property
    @abstractmethod
    def code(self) -> int | None:
        """The close code, once the WebSocket is closed.

        None before accept and while the WebSocket is open (WS-CODE-01, WS-CODE-02), then a plain int (WS-CODE-08).
        After a send that found the client gone it stays None until receive has given None or the handler closes
        (WS-CODE-11).

        The first close decides (WS-CODE-07): the handler's own code (WS-CODE-03, WS-CODE-04), or what the server
        reported of the client's (WS-CODE-05). 1005 is a close without a code (WS-CODE-06); 1006 is what most
        servers report for a lost connection (RFC 6455 section 7.1.5).
        """

class WebSocketHandler(Protocol[InfoT_contra, MatchesT_contra, ContentT_contra]):
    """A handler: what is called with four positional arguments for each connection.

    An ``async def`` function of the form ``handler(scope, info, matches, web_socket)`` is one, whatever its
    parameters are called; so is anything else that takes the four and gives an awaitable (WS-LIFETIME-15). It is
    called once for a connection (WS-LIFETIME-14). Connections are independent. One that waits holds up no other, and
    nothing of one is another's (WS-INDEPENDENCE-01 to WS-INDEPENDENCE-03).

    When it returns, a WebSocket that it did not accept is rejected with HTTP 403 (WS-LIFETIME-02) and an open one
    is closed with 1000 (WS-LIFETIME-03). When it raises, the handshake is answered with HTTP 500 (WS-LIFETIME-04)
    or the open WebSocket is closed with 1011 (WS-LIFETIME-05), and the exception goes on to the server
    (WS-LIFETIME-06), the very object (WS-LIFETIME-13). When it is cancelled, there is one attempt to close with 1001
    (WS-LIFETIME-07), and the cancellation goes on (WS-LIFETIME-18); a cancellation that nobody asked for is an
    exception like any other (WS-LIFETIME-11). That it closes a WebSocket whose client has gone is not an error
    (WS-LIFETIME-09). A task that is left over finds the WebSocket closed (WS-LIFETIME-17).
    """

    @abstractmethod
    def __call__(
        self, scope: Scope, info: InfoT_contra, matches: MatchesT_contra, web_socket: WebSocket[ContentT_contra], /
    ) -> Awaitable[None]:
        """Handle one connection.

        Args:
            scope: The connection scope, as the server gave it (WS-LIFETIME-19).
            info: What the application shares with its handlers, the very object.
            matches: What the variables of the route's path matched, converted (WS-LIFETIME-10, WS-LIFETIME-16).
            web_socket: The connection (WS-LIFETIME-01).
        """
