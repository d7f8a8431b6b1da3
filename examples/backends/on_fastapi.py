"""A handler as a WebSocket route of FastAPI's, beside an HTTP route."""

import sys

import uvicorn
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from hello import hello
from starlette.routing import WebSocketRoute

from bareasgi_ws.backends.starlette import endpoint, not_found

application = FastAPI(
    routes=[
        WebSocketRoute("/hello/{name}", endpoint(hello, info={"greeting": "Hello"}, content=str)),
        WebSocketRoute("/{path:path}", not_found),
    ]
)


@application.get("/")
async def home() -> PlainTextResponse:
    """Answer ``GET /``."""
    return PlainTextResponse("Hello by HTTP")


if __name__ == "__main__":
    uvicorn.run(application, port=int(sys.argv[1]) if sys.argv[1:] else 9009)
