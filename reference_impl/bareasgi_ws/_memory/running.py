"""An application that runs beside its client."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from .._reference.asgi import ASGIApplication
from .server import MemoryServer


@asynccontextmanager
async def running(
    server: MemoryServer, application: ASGIApplication, finish: Callable[[], Awaitable[None]], patience: float = 1.0
) -> AsyncGenerator[None]:
    """Run the application beside the body; behind it finish, or cancel the application where the body raises.

    The body may be entered in one task and left in another, so no task group or cancel scope is open around it.
    """
    server.start(application)
    try:
        yield
        await finish()
    except BaseException as failure:
        if not await server.abandon(patience):
            failure.add_note("the application has been cancelled, and is still running")
        elif server.error is not None and failure is not server.error:
            failure.add_note(f"the application raised {server.error!r}")
        raise
