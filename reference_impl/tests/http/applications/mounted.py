"""An application inside a starlette application, with an HTTP application of its own and without one."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from .routes import beside


async def inside(request: Request) -> Response:
    return PlainTextResponse("inside")


application = Starlette(
    routes=[
        Mount("/ws", beside(None)),
        Mount("/both", beside(Starlette(routes=[Route("/hello", inside)]))),
    ]
)
