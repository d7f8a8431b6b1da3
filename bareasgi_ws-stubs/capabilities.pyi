# Written by `make stubs` from the module of this name.
"""What a backend may offer beyond the five members, each to be probed with isinstance."""

from abc import abstractmethod
from typing import Protocol, runtime_checkable

from .scope import Header

@runtime_checkable
class SupportsSubprotocols(Protocol):
    """A WebSocket that knows which subprotocols the client offered."""

    @property
    @abstractmethod
    def subprotocols(self) -> tuple[str, ...]:
        """The subprotocols that the client offered, in its order (WS-CAPABILITY-01; RFC 6455 section 4.1)."""

@runtime_checkable
class SupportsCloseReason(Protocol):
    """A WebSocket that can give a reason with its close code, and read the client's."""

    @abstractmethod
    async def close_with_reason(self, code: int, reason: str) -> None:
        """Close as ``close(code)`` does, and tell the client why (WS-CAPABILITY-02).

        The arguments may be given by name (WS-CAPABILITY-10). It returns within the close timeout, though the client
        reads nothing (WS-CAPABILITY-13).

        On a WebSocket that is closed already it does nothing and returns, whatever it is given. Cancelled, it leaves
        the WebSocket closed with this code and reason, as if it were done (WS-CAPABILITY-08). Before accept, where
        the handshake is rejected, no reason goes out.

        Args:
            code: The close code, as for ``close``.
            reason: Why, in at most 123 bytes of UTF-8 (RFC 6455 section 5.5).

        Raises:
            TypeError: The code is not an int (WS-CLOSE-09), or the reason not a str (WS-CAPABILITY-03).
            ValueError: The code may not be sent (WS-CLOSE-07, WS-CLOSE-08), or the reason is too long or cannot
                be encoded (WS-CAPABILITY-03).
        """

    @property
    @abstractmethod
    def reason(self) -> str | None:
        """The first close's reason (WS-CAPABILITY-04); None before it, and where there was none or an empty one."""

@runtime_checkable
class SupportsDenial(Protocol):
    """A WebSocket that can reject the handshake with an HTTP response of the handler's own."""

    @abstractmethod
    async def deny(self, status: int, headers: list[Header] | None = None, body: bytes = b"") -> None:
        """Reject the handshake with this HTTP response, instead of accepting (WS-CAPABILITY-05).

        The arguments may be given by name (WS-CAPABILITY-11), and be of subclasses; the list of headers is not changed
        (WS-CAPABILITY-12). It returns within the close timeout, though the client reads nothing (WS-CAPABILITY-14).

        Where the client has gone it returns. Afterwards the WebSocket is closed, and ``code`` reads as 1005, for
        no close code was given. Cancelled, it leaves the WebSocket closed (WS-CAPABILITY-09).

        Args:
            status: The HTTP status: 300 to 599, for over HTTP/2 any 2xx would accept (RFC 8441 section 5).
            headers: Headers for the response, as pairs of bytes; names go out in lower case. A content-length is
                added where there is none.
            body: The response's body.

        Raises:
            WebSocketStateError: The WebSocket was accepted, rejected or closed before (WS-CAPABILITY-06).
            TypeError: The status is not an int (a bool is not one), the headers are not a list of pairs of bytes, or
                the body is not bytes (WS-CAPABILITY-07).
            ValueError: The status is outside 300 to 599, a header's name is not a token, its value has a control
                character or space around it, it is ``connection``, ``upgrade`` or ``transfer-encoding``, or a
                content-length that is not the body's or comes twice (WS-CAPABILITY-07).
        """
