"""Connecting with wrong arguments, to an application and to a handler of each kind."""

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket
from bareasgi_ws import testing
from bareasgi_ws.testing import DeadlineError, connect
from bareasgi_ws.testing.profiles import PROFILES


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
def synchronous(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


application = Application()

connect("application")  # E
connect(synchronous)  # E
connect(text, content=None)  # E
connect(application, content=str)  # E
connect(application, content=bytes)  # E
connect(application, info={})  # E
connect(application, matches={})  # E
connect(application, 1)  # E
connect(application, profile="hypercorn")  # E
connect(either, profile={})  # E
connect(text, profile=1, content=str)  # E
PROFILES["strict"].closed = None  # E
PROFILES["mine"] = PROFILES["strict"]  # E
testing.profiles.KIND  # E


connect()  # E
connect(application, "/", ["chat"])  # E
connect(application, timeout=1)  # E


async def without_async() -> None:
    with connect(application):  # E
        pass


async def awaited() -> None:
    await connect(application)  # E


async def no_client_of_an_application() -> None:
    async with connect(application) as client:
        client.nothing()  # E


async def no_client_of_a_handler() -> None:
    async with connect(either) as client:
        client.nothing()  # E


not_a_value_error: ValueError = DeadlineError()  # E
