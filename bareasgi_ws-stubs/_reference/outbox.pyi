# Written by `make stubs` from the module of this name.
"""A queue of messages before one client, so that sending to many never waits for one of them."""

from typing import Any

from ..websocket import WebSocket

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

    async def __aenter__(self) -> Outbox:
        """Begin to send."""

    async def __aexit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        """Send what waits, unless the block raised; then send nothing more.

        Raises:
            Exception: What ``send`` raised, where that was not the client's end and the block raised nothing.
        """

    def put(self, content: bytes | str) -> None:
        """Have a message sent, once those before it are. It returns at once.

        Where the client has gone, or the block has been left, it does nothing: the handler learns of the end by
        ``receive``. It may be called from any task of the same event loop, but from no other thread.

        Args:
            content: The message: a str for text, bytes for binary.

        Raises:
            TypeError: The content is not a str or bytes.
        """
