# pyright: strict
"""How a handler is called, and what becomes of the WebSocket when it ends."""

from collections.abc import Mapping
from traceback import format_exception_only
from typing import Any

import anyio

from bareasgi_ws import Scope, WebSocketHandler, WebSocketStateError

from .line import Bell
from .web_socket import SecondWebSocket


class Serving:
    """One handler's run.

    Attributes:
        ended: Whether it has ended, or there was nothing to run.
        cancelled: Whether it has ended by its own cancellation.
        log: What reached the server's log.
    """

    def __init__(self, bell: Bell) -> None:
        self.ended = self.cancelled = False
        self.log: str | None = None
        self._bell = bell
        self._scope = anyio.CancelScope()

    async def run(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        scope: Scope,
        info: Any,
        matches: Mapping[str, Any] | None,
        socket: SecondWebSocket,
    ) -> None:
        """Call the handler where there is a route, and bring the WebSocket to its end."""
        if matches is not None:
            with self._scope:
                await self._call(handler, scope, info, matches, socket)
        self.cancelled = self._scope.cancelled_caught
        # Rejected where nothing is accepted; and nothing at all where it is closed (WS-CLOSE-03, WS-CLOSE-04).
        await socket.close(1001 if self.cancelled else 1000)
        self.ended = True
        self._bell.ring()

    def cancel(self) -> None:
        """Cancel the handler."""
        self._scope.cancel()

    async def _call(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        scope: Scope,
        info: Any,
        matches: Mapping[str, Any],
        socket: SecondWebSocket,
    ) -> None:
        try:
            await handler(scope, info, matches, socket)
        except BaseException as error:  # a library's own too (WS-LIFETIME-13)
            if self._scope.cancel_called and isinstance(error, anyio.get_cancelled_exc_class()):
                raise  # by its own cancel, where all else that cancels is the handler's own (WS-LIFETIME-11)
            self.log = f"in a handler: {format_exception_only(error)[-1].strip()}"
            await _end_by_error(socket)


async def _end_by_error(socket: SecondWebSocket) -> None:
    try:
        await socket.deny(500)
    except WebSocketStateError:  # too late for a response
        await socket.close(1011)
