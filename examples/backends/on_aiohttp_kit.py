"""on_aiohttp.py for the conformance kit: ``bareasgi-ws conformance on_aiohttp_kit:backend`` shows that it conforms."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from aiohttp import web
from on_aiohttp import serve_request

from bareasgi_ws import Router
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import URLBackend

CLOSE_TIMEOUT = 0.1  # in seconds: so the kit need not wait for long


@asynccontextmanager
async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    """Serve the handler with aiohttp on a free port."""
    router = Router[Any]()
    router.add(route, handler, content=content)
    application = web.Application()
    how: Any = {"router": router, "info": info, "close_timeout": CLOSE_TIMEOUT}
    application.router.add_get("/{path:(?s:.*)}", partial(serve_request, **how))
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        yield f"ws://{host}:{port}"
    finally:
        await runner.cleanup()


backend = URLBackend(serve, reference.socket_type, logger="aiohttp.server", close_timeout=CLOSE_TIMEOUT)
