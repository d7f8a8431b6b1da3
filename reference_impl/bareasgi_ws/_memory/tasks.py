"""A task group whose body's exception is its own."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
from anyio.abc import TaskGroup


@asynccontextmanager
async def plain_task_group() -> AsyncGenerator[TaskGroup]:
    """Run tasks beside the body, cancel them behind it, and raise what it raised, which anyio's own puts in a group."""
    failure: BaseException | None = None
    try:
        async with anyio.create_task_group() as tasks:
            try:
                yield tasks
            except (anyio.get_cancelled_exc_class(), GeneratorExit):
                raise
            except BaseException as error:
                failure = error
            tasks.cancel_scope.cancel()
    finally:  # also where a scope around this one has expired meanwhile
        if failure is not None:
            raise failure
