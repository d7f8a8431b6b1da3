"""An application that runs beside its client."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from .._reference.asgi import ASGIApplication
from .server import MemoryServer
from .tasks import plain_task_group


@asynccontextmanager
async def running(
    server: MemoryServer, application: ASGIApplication, finish: Callable[[], Awaitable[None]]
) -> AsyncGenerator[None]:
    """Run the application beside the body; behind it finish, or cancel the application where the body raises."""
    try:
        async with plain_task_group() as tasks:
            tasks.start_soon(server.run, application)
            yield
            await finish()
    except Exception as failure:
        if server.error is not None and failure is not server.error:
            failure.add_note(f"the application raised {server.error!r}")
        raise
