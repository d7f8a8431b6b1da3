"""An application that runs beside its client."""

from collections.abc import Awaitable, Callable

from ..asgi import ASGIApplication
from .server import MemoryServer


class Running:
    """Run the application beside the body; behind it finish, or cancel the application where the body raises.

    The body may be entered in one task and left in another, so no task group or cancel scope is open around it. It is
    not a generator, for those that are still open where a loop ends are closed all at once, not from within outwards.
    """

    def __init__(
        self,
        server: MemoryServer,
        application: ASGIApplication,
        finish: Callable[[], Awaitable[None]],
        patience: float = 1.0,
    ) -> None:
        """Take what is run, and how long each of two cancellations may take."""
        self._server = server
        self._application = application
        self._finish = finish
        self._patience = patience

    async def __aenter__(self) -> None:
        """Start the application."""
        self._server.start(self._application)

    async def __aexit__(self, kind: object, failure: BaseException | None, traceback: object) -> None:
        """End it."""
        if failure is not None:
            await self._cancel(failure)
            return
        try:
            await self._finish()
        except BaseException as error:
            await self._cancel(error)
            raise

    async def _cancel(self, failure: BaseException) -> None:
        if not await self._server.abandon(self._patience):
            failure.add_note("the application has been cancelled, and is still running")
        elif self._server.error is not None and failure is not self._server.error:
            failure.add_note(f"the application raised {self._server.error!r}")
