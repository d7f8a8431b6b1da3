import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from bareasgi_ws.conformance import URLBackend
from for_the_kit import application
from my_framework import MyWebSocket


@asynccontextmanager
async def serve(handler: Any, /, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
    config = uvicorn.Config(application(handler, route, content, info), lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(server.serve([listening]))
        host, port = listening.getsockname()
        yield f"ws://{host}:{port}"
        server.should_exit = True
        await serving


backend = URLBackend(serve, MyWebSocket, logger="uvicorn.error")
