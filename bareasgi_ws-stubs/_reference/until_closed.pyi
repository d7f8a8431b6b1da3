# Written by `make stubs` from the module of this name.
"""A block that ends with its connection, for a handler that does not receive."""

from collections import deque
from contextlib import AbstractAsyncContextManager

from ..websocket import WebSocket
from .messages import ContentT

def until_closed(web_socket: WebSocket[ContentT], *, limit: int = 64) -> AbstractAsyncContextManager[deque[ContentT]]:
    """Run a block, and end it once the client has gone.

    A handler that only sends learns late that its client has gone, or never: on some servers ``send`` just returns.
    Only ``receive`` tells on every server, so this receives beside the block. It works on any WebSocket, needs its
    ``receive``, ``close`` and ``code`` alone, and runs on asyncio and on trio.

    The end of the connection cancels what the block waits for. The ``async with`` then ends with no exception, and so
    it does where the block raised WebSocketClosedError because of that end. A cancellation from outside goes on.
    Leaving the block sooner loses no message. Those that came are in the deque, and ``receive`` gives those that come
    later (WS-CANCELLATION-01).

    Args:
        web_socket: An accepted WebSocket. The block must not call its ``receive``.
        limit: How many messages the deque may hold; for one more the connection is closed with 1008.

    Returns:
        A context manager that gives a deque of what the client sent meanwhile, oldest first, to take from.

    Raises:
        TypeError: The web_socket has no ``receive`` and ``close``, or ``limit`` is not an int.
        ValueError: ``limit`` is below 1.

    Example:
        async with until_closed(web_socket):
            while True:
                await web_socket.send(time.ctime())
                await asyncio.sleep(1)
    """
