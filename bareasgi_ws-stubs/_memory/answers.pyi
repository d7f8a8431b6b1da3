# Written by `make stubs` from the module of this name.
"""What the client sees of the connection's beginning and end."""

from typing import NamedTuple

from ..scope import Headers

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
