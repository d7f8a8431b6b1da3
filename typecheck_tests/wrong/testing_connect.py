"""Connecting with wrong arguments, to an application and to a handler of each kind."""

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket
from bareasgi_ws import testing
from bareasgi_ws.testing import DeadlineError, connect
from bareasgi_ws.testing.profiles import PROFILES


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
def synchronous(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


application = Application()

connect("application")  # E
connect("application", content=str)  # E
connect("application", content=bytes)  # E
connect(synchronous)  # E
connect(text)  # E
connect(binary)  # E
connect(text, content=None)  # E
connect(text, content=bytes)  # E
connect(binary, content=str)  # E
connect(either, content=int)  # E
connect(application, content=str)  # E
connect(application, content=bytes)  # E
connect(application, info={})  # E
connect(application, matches={})  # E

connect(application, 1)  # E
connect(either, 1)  # E
connect(text, 1, content=str)  # E
connect(binary, 1, content=bytes)  # E

connect(application, subprotocols=1)  # E
connect(either, subprotocols=1)  # E
connect(text, subprotocols=1, content=str)  # E
connect(binary, subprotocols=1, content=bytes)  # E
connect(application, subprotocols=[b"chat"])  # E
connect(either, subprotocols=[b"chat"])  # E
connect(text, subprotocols=[b"chat"], content=str)  # E
connect(binary, subprotocols=[b"chat"], content=bytes)  # E

connect(application, headers=1)  # E
connect(either, headers=1)  # E
connect(text, headers=1, content=str)  # E
connect(binary, headers=1, content=bytes)  # E
connect(application, headers=[("host", "")])  # E
connect(either, headers=[("host", "")])  # E
connect(text, headers=[("host", "")], content=str)  # E
connect(binary, headers=[("host", "")], content=bytes)  # E

connect(either, matches="room")  # E
connect(text, matches="room", content=str)  # E
connect(binary, matches="room", content=bytes)  # E
connect(either, matches={1: 2})  # E
connect(text, matches={1: 2}, content=str)  # E
connect(binary, matches={1: 2}, content=bytes)  # E

connect(application, deadline="1")  # E
connect(either, deadline="1")  # E
connect(text, deadline="1", content=str)  # E
connect(binary, deadline="1", content=bytes)  # E

connect(application, profile="hypercorn")  # E
connect(either, profile={})  # E
connect(text, profile=1, content=str)  # E
connect(binary, profile=PROFILES, content=bytes)  # E
PROFILES["strict"].closed = None  # E
PROFILES["mine"] = PROFILES["strict"]  # E
testing.profiles.KIND  # E

connect()  # E
connect(application, "/", ["chat"])  # E
connect(either, "/", ["chat"])  # E
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


async def no_client_of_a_handler_of_text() -> None:
    async with connect(text, content=str) as client:
        client.nothing()  # E


async def no_client_of_a_handler_of_bytes() -> None:
    async with connect(binary, content=bytes) as client:
        client.nothing()  # E


not_a_value_error: ValueError = DeadlineError()  # E
