"""WebSocket routes beside a starlette application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from .routes import beside


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[dict[str, str]]:
    print("lifespan: started", flush=True)
    yield {"left": "a state"}
    print("lifespan: stopped", flush=True)


async def hello(request: Request) -> Response:
    said = (await request.body()).decode()
    return PlainTextResponse(f"{request.method} {said}")


async def not_found(request: Request, error: Exception) -> Response:
    return PlainTextResponse("", 404, {"answered-by": "starlette"})


http = Starlette(
    routes=[Route("/hello", hello, methods=["GET", "POST"])],
    lifespan=lifespan,
    exception_handlers={404: not_found},
)
application = beside(http)
