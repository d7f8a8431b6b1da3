"""A handler as an endpoint of Starlette's, beside an HTTP route."""

import sys

import uvicorn
from hello import hello
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from bareasgi_ws.backends.starlette import endpoint, not_found


async def home(request: Request) -> PlainTextResponse:
    """Answer ``GET /``."""
    return PlainTextResponse("Hello by HTTP")


application = Starlette(
    routes=[
        Route("/", home),
        WebSocketRoute("/hello/{name}", endpoint(hello, info={"greeting": "Hello"}, content=str)),
        WebSocketRoute("/{path:path}", not_found),
    ]
)

if __name__ == "__main__":
    uvicorn.run(application, port=int(sys.argv[1]) if sys.argv[1:] else 9009)
