"""A lifespan of what is not an application, or used wrongly."""

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.testing import lifespan


async def plain(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


application = Application()

lifespan()  # E
lifespan("application")  # E
lifespan(plain)  # E
lifespan(application, 1)  # E
lifespan(application, deadline="1")  # E


async def without_async() -> None:
    with lifespan(application):  # E
        pass


async def awaited() -> None:
    await lifespan(application)  # E


async def no_state() -> None:
    async with lifespan(application) as state:
        state.nothing()  # E
