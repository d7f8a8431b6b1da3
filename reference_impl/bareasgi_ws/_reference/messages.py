"""Messages as an iteration."""

from collections.abc import AsyncIterator
from typing import Generic

from .._rules.arguments import check_web_socket
from .._typing import TypeVar
from ..websocket import WebSocket

ContentT = TypeVar("ContentT", bound=bytes | str, default=bytes | str)


class _Messages(Generic[ContentT]):
    # Not an async generator: a cancelled step would end that, and the next message would be lost.
    __slots__ = ("_web_socket",)

    def __init__(self, web_socket: WebSocket[ContentT]) -> None:
        self._web_socket = web_socket

    def __aiter__(self) -> AsyncIterator[ContentT]:
        return self

    async def __anext__(self) -> ContentT:
        content = await self._web_socket.receive()
        if content is None:
            raise StopAsyncIteration
        return content


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
    check_web_socket("messages", web_socket, "receive")
    return _Messages(web_socket)
