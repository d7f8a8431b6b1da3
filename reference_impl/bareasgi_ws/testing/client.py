"""The client's end of a connection in memory, what it is answered, and what it waits for in vain."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple

from .._rules import events
from .._rules.arguments import error_line
from ..errors import WebSocketClosedError
from ..scope import Headers
from ._arguments import check_close, check_code, check_event

if TYPE_CHECKING:
    from ._server import MemoryServer

__all__ = ["Client", "DeadlineError", "Handshake"]


class DeadlineError(TimeoutError):
    """A step of the client's did not end within its deadline; the message names the step and what was awaited."""


class Handshake(NamedTuple):
    """What the server answered to the client's handshake request.

    Attributes:
        status: The HTTP status: 101 where the application accepted.
        headers: The response's headers, as the application gave them.
        subprotocol: The subprotocol that the application selected, or None.
        body: The response's body; empty where it accepted.
    """

    status: int
    """The HTTP status: 101 where the application accepted."""
    headers: Headers
    """The response's headers, as the application gave them."""
    subprotocol: str | None
    """The subprotocol that the application selected, or None."""
    body: bytes
    """The response's body; empty where it accepted."""


class Client:
    """The client's end of one connection. ``connect`` makes it.

    Each step that waits has the deadline that was given to ``connect``, and raises DeadlineError past it. Where the
    handler has ended, or the handshake was rejected, a step says so at once.
    """

    def __init__(self, server: Any, deadline: float) -> None:
        """Not to be called: ``connect`` makes the client."""
        self._server: MemoryServer = server
        self._deadline = deadline

    async def handshake(self) -> Handshake:
        """Wait for the response to the handshake request.

        Returns:
            The response; its status is 101 where the application accepted.

        Raises:
            DeadlineError: The application has neither accepted nor rejected.
            WebSocketClosedError: This client closed or dropped the connection before there was a response.
        """
        with self._step("handshake"):
            await self._server.answered.wait()
        if self._server.handshake is None:
            raise WebSocketClosedError("handshake: this client has gone before the response")
        return self._server.handshake

    async def send(self, content: bytes | str) -> None:
        """Send a message to the application, once the handshake is answered.

        Args:
            content: A str goes out as text, bytes as binary.

        Raises:
            TypeError: The content is neither bytes nor str.
            ValueError: UTF-8 cannot encode the text.
            DeadlineError: The application has neither accepted nor rejected.
            WebSocketClosedError: The handshake was rejected, or the connection is closed.
        """
        message = events.send(content)
        await self._accepted("send")
        if self._server.code is not None:
            raise WebSocketClosedError(f"send: {self._server.situation()}") from self._server.error
        self._server.client_sends(message)

    async def receive(self) -> bytes | str | None:
        """Wait for the application's next message.

        Returns:
            The message; None once the connection is closed by either side. Then ``code`` and ``reason`` tell how.

        Raises:
            DeadlineError: No message came.
            WebSocketClosedError: The handshake was rejected.
        """
        handshake = self._server.handshake
        if handshake is None or handshake.status != 101:
            await self._accepted("receive")
        with self._step("receive"):
            return await self._server.for_client.get()

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        """Close the connection from the client's side.

        On a connection that is closed already it does nothing. Before the handshake is answered, it abandons it.

        Args:
            code: The close code; None for a close frame without one.
            reason: The close reason, at most 123 bytes in UTF-8.

        Raises:
            TypeError: The code is neither an int nor None, or the reason is not a str.
            ValueError: The code may not be sent, the reason is too long, or there is a reason and no code.
        """
        check_close(code, reason)
        if self._server.code is None:
            self._server.client_closes(code, reason)

    async def drop(self) -> None:
        """Lose the connection, with no close frame: the application is told 1006."""
        if self._server.code is None:
            self._server.client_drops()

    async def server_error(self) -> str | None:
        """Wait until the application has ended, and tell what it raised.

        An error that was asked for is not raised again where ``connect`` ends.

        Returns:
            The exception's type and message, as the last line of a traceback; None where it raised nothing.

        Raises:
            DeadlineError: The application has not ended.
        """
        error = await self._ended("server_error")
        return None if error is None else error_line(error)

    async def server_exception(self) -> BaseException | None:
        """Wait until the application has ended, and give what it raised.

        An error that was asked for is not raised again where ``connect`` ends.

        Returns:
            The exception, the very object; None where it raised nothing.

        Raises:
            DeadlineError: The application has not ended.
        """
        return await self._ended("server_exception")

    @property
    def server_scope(self) -> Mapping[str, Any]:
        """The connection scope with which the server called the application."""
        return self._server.scope

    @property
    def code(self) -> int | None:
        """The close code that the client saw, or gave; None while the connection is open."""
        return self._server.code

    @property
    def reason(self) -> str | None:
        """The close reason that the client saw, or gave; None while the connection is open."""
        return self._server.reason

    @property
    def reported(self) -> Mapping[str, Any] | None:
        """The event with which the application was told of the end; None as long as it was not."""
        return self._server.reported

    def rejects(self, code: int) -> bool:
        """Whether the server refuses to send this legal close code, as that of some profiles does.

        Args:
            code: The close code.

        Returns:
            Whether it rejects it.

        Raises:
            TypeError: The code is not an int.
        """
        check_code(code)
        return code in self._server.profile.rejected_codes

    def pause(self) -> None:
        """Read nothing more: from here on, what the application sends waits, as behind a full network buffer."""
        self._server.pause()

    def resume(self) -> None:
        """Read again."""
        self._server.resume()

    def inject(self, event: Mapping[str, Any]) -> None:
        """Have the server give the application this very event, however wrong.

        Args:
            event: The event. After a websocket.disconnect none follows.

        Raises:
            TypeError: The event is not a mapping whose keys are str.
        """
        check_event(event)
        self._server.deliver(event)

    def cancel(self) -> None:
        """Have the server cancel the application, as one does that shuts down."""
        self._server.cancel()

    async def cancelled(self) -> bool:
        """Wait until the application has ended, and tell whether that was by the cancellation that it was given.

        Returns:
            Whether the cancellation came back to the server.

        Raises:
            DeadlineError: The application has not ended.
        """
        with self._step("cancelled"):
            await self._server.ended.wait()
        return self._server.cancelled

    async def _ended(self, step: str) -> BaseException | None:
        with self._step(step):
            await self._server.ended.wait()
        self._server.error_seen = True
        return self._server.error

    async def _accepted(self, step: str) -> None:
        handshake = await self.handshake()
        if handshake.status != 101:
            raise WebSocketClosedError(f"{step}: {self._server.situation()}") from self._server.error

    def _step(self, step: str) -> AbstractContextManager[None]:
        self._server.check_loop(step)
        return self._server.within(self._deadline, step)
