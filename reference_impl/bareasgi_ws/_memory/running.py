"""An application that runs beside its client."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio

from .._reference.asgi import ASGIApplication
from .server import MemoryServer


@asynccontextmanager
async def running(
    server: MemoryServer, application: ASGIApplication, finish: Callable[[], Awaitable[None]]
) -> AsyncGenerator[None]:
    """Run the application beside the body; behind it finish, or cancel the application where the body raises."""
    failure: BaseException | None = None
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(server.run, application)
            try:
                yield
                await finish()
            except (anyio.get_cancelled_exc_class(), GeneratorExit):
                raise
            except BaseException as error:  # kept out of the task group, which would wrap it in an ExceptionGroup
                failure = error
            tasks.cancel_scope.cancel()
    finally:
        if failure is not None:
            if server.error is not None and failure is not server.error:
                failure.add_note(f"the application raised {server.error!r}")
            raise failure
