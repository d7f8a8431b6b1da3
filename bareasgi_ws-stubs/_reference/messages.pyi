# Written by `make stubs` from the module of this name.
"""Messages as an iteration."""

from collections.abc import AsyncIterator

from .._typing import TypeVar
from ..websocket import WebSocket

ContentT = TypeVar("ContentT", bound=bytes | str, default=bytes | str)

def messages(web_socket: WebSocket[ContentT]) -> AsyncIterator[ContentT]:
    """Iterate over the messages until the connection is closed or lost.

    It works on any WebSocket, needs nothing but its ``receive``, and raises what that raises. A cancelled step loses
    no message and does not end the iteration (WS-CANCELLATION-01).

    Args:
        web_socket: An accepted WebSocket.

    Returns:
        The messages, one a step; the iteration ends where ``receive`` gives None.

    Raises:
        TypeError: What is given has no ``receive``.

    Example:
        async for text in messages(web_socket):
            await web_socket.send(text)
    """
