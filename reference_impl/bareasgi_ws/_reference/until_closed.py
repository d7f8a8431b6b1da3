"""A block that ends with its connection, for a handler that does not receive."""

from collections import deque
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic

from .._rules import arguments
from ..close_code import CloseCode
from ..errors import WebSocketClosedError
from ..websocket import WebSocket
from .close_timeout import within
from .messages import ContentT
from .tasks import Block, Task

_SOON = 1.0
"""How long receive may tell of an end later than send did, in seconds."""


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
    arguments.check_web_socket("until_closed", web_socket, "receive", "close")
    return _UntilClosed(web_socket, arguments.limit("until_closed", limit))


class _UntilClosed(AbstractAsyncContextManager[deque[ContentT]], Generic[ContentT]):
    def __init__(self, web_socket: WebSocket[ContentT], limit: int) -> None:
        self._web_socket = web_socket
        self._limit = limit
        self._unread = deque[ContentT]()
        self._is_over = False
        self._block: Block | None = None

    async def __aenter__(self) -> deque[ContentT]:
        self._receiving = Task(self._receive)
        await self._receiving.begun()  # else a close in the block were taken for the end before it is sent
        self._block = Block()
        if self._is_over:
            Task(self._end)
        return self._unread

    async def __aexit__(self, kind: Any, error: BaseException | None, traceback: Any) -> bool:
        assert self._block is not None
        is_end = self._block.leave(kind, error, traceback)
        if isinstance(error, WebSocketClosedError):
            await within(_SOON, self._receiving.wait())  # some servers tell send of the end before they tell receive
            is_end = self._web_socket.code is not None
        await self._receiving.stop()
        if (is_end or error is None) and self._receiving.error is not None:
            raise self._receiving.error
        return is_end

    async def _receive(self) -> None:
        try:
            while (message := await self._web_socket.receive()) is not None:
                if len(self._unread) < self._limit:
                    self._unread.append(message)
                else:
                    await self._web_socket.close(CloseCode.POLICY_VIOLATION)
        finally:
            self._is_over = True
            await self._end()

    async def _end(self) -> None:
        if self._block is not None:
            self._block.end()
