"""A queue of messages before one client, so that sending to many never waits for one of them."""

from collections import deque
from typing import Any

from .._rules import arguments
from .._rules.arguments import check_type
from ..errors import WebSocketClosedError
from ..websocket import WebSocket
from .close_timeout import running, within
from .tasks import Task


class Outbox:
    """Sends to one client what any task puts in, in order, and never has that task wait.

    A client that does not read is closed once ``limit`` messages wait for it: what waits is dropped, and the handler's
    own ``receive`` gives None. So a handler ends as it does for any client that has gone, and a loop over all members
    needs nothing but ``put``. It works on any WebSocket, needs its ``send``, ``close`` and ``code`` alone, and runs on
    asyncio and on trio.

    Leaving the block sends what still waits. Leaving it by an exception, or by a cancellation, drops that.

    Example:
        async with Outbox(web_socket) as outbox:
            members.add(outbox)
            try:
                async for text in messages(web_socket):
                    for member in list(members):
                        member.put(text)
            finally:
                members.discard(outbox)
    """

    def __init__(
        self, web_socket: WebSocket[Any], *, limit: int = 64, code: int = 1013, flush_timeout: float = 10.0
    ) -> None:
        """Make an outbox, for ``async with``.

        Args:
            web_socket: An accepted WebSocket. What is sent on it otherwise may overtake what waits here.
            limit: How many messages may wait, beside the one that is being sent.
            code: The close code for a client that is too slow, such as 1013 (try again later) or 1008 (policy
                violation).
            flush_timeout: How long leaving the block waits until all is sent, in seconds; after that the client is too
                slow.

        Raises:
            TypeError: The web_socket has no ``send`` and ``close``, ``limit`` or ``code`` is not an int, or
                ``flush_timeout`` is not a number.
            ValueError: ``limit`` is below 1, ``code`` is not one that may be sent (RFC 6455 section 7.4), or
                ``flush_timeout`` is not above 0 and finite.
        """
        arguments.check_web_socket("Outbox", web_socket, "send", "close")
        self._web_socket = web_socket
        self._limit = arguments.limit("Outbox", limit)
        self._code = arguments.close_code(code, "Outbox")
        self._flush_timeout = arguments.seconds("Outbox", "flush_timeout", flush_timeout)
        self._waiting = deque[bytes | str]()
        self._is_open = False
        self._closing: Task | None = None

    async def __aenter__(self) -> "Outbox":
        """Begin to send."""
        library: Any = running("trio") or running("asyncio")
        self._new_event = library.Event
        self._filled = self._new_event()
        self._sending = Task(self._send)
        self._is_open = True
        return self

    async def __aexit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        """Send what waits, unless the block raised; then send nothing more.

        Raises:
            Exception: What ``send`` raised, where that was not the client's end and the block raised nothing.
        """
        self._is_open = False
        if error is None and self._web_socket.code is None:
            self._filled.set()
            if not await within(self._flush_timeout, self._sending.wait()):
                self._close(self._code)
        await self._sending.stop()
        self._drop()
        if self._closing is not None:
            await self._closing.wait()
        if error is None and self._sending.error is not None:
            raise self._sending.error

    def put(self, content: bytes | str) -> None:
        """Have a message sent, once those before it are. It returns at once.

        Where the client has gone, or the block has been left, it does nothing: the handler learns of the end by
        ``receive``. It may be called from any task of the same event loop, but from no other thread.

        Args:
            content: The message: a str for text, bytes for binary.

        Raises:
            TypeError: The content is not a str or bytes.
        """
        check_type("put", "str or bytes", content, str, bytes)
        if not self._is_open:
            return
        if len(self._waiting) >= self._limit:
            self._close(self._code)
        else:
            self._waiting.append(content)
            self._filled.set()

    async def _send(self) -> None:
        try:
            while self._is_open or self._waiting:
                if not self._waiting:
                    self._filled = self._new_event()
                    await self._filled.wait()
                while self._waiting:
                    await self._web_socket.send(self._waiting.popleft())
        except WebSocketClosedError:
            self._drop()
        except Exception:
            self._close(1011)
            raise

    def _close(self, code: int) -> None:
        self._drop()
        self._sending.cancel()
        if self._closing is None:
            self._closing = Task(lambda: self._web_socket.close(code))

    def _drop(self) -> None:
        self._is_open = False
        self._waiting.clear()
