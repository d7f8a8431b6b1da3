"""Applications that differ in how they start."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import bareasgi
from starlette.applications import Starlette

from .routes import beside

alone = beside(None)


async def http_only(scope: Any, receive: Any, send: Any) -> None:
    """Reject the lifespan, as an application may that has no use for it."""
    if scope["type"] != "http":
        raise ValueError(f"no use for a scope of type {scope['type']!r}")
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


@asynccontextmanager
async def no_database(_: Starlette) -> AsyncIterator[None]:
    raise ConnectionError("no database")
    yield  # what makes a generator of it


async def bareasgi_no_database(scope: Any, info: Any, message: Any) -> None:
    raise ConnectionError("no database")


async def function_no_database(scope: Any, receive: Any, send: Any) -> None:
    assert (await receive())["type"] == "lifespan.startup"
    await send({"type": "lifespan.startup.failed", "message": "no database"})


without_lifespan = beside(http_only)
failing_starlette = beside(Starlette(lifespan=no_database))
failing_bareasgi = beside(bareasgi.Application(startup_handlers=[bareasgi_no_database]))
failing_function = beside(function_no_database)
