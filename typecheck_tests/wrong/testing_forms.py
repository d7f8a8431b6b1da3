"""What a handler is connected with, of the wrong type: its info, and what the server tells it."""

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.testing import connect, lifespan


class Services:
    name = "services"


async def plain(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_services(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
async def text_of_services(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def bytes_of_services(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


class Text:
    async def __call__(self, scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...


application = Application()
services = Services()

connect(of_services)  # E
connect(of_services, info=None)  # E
connect(of_services, info={})  # E
connect(of_services, info=1)  # E
connect(of_services, info=services, content=int)  # E
connect(plain, info=1)  # E
connect(plain, info=services)  # E
connect(text, info=1, content=str)  # E
connect(binary, info=1, content=bytes)  # E
connect(text_of_services, content=str)  # E
connect(text_of_services, info=1, content=str)  # E
connect(text_of_services, info=services)  # E
connect(text_of_services, info=services, content=bytes)  # E
connect(bytes_of_services, content=bytes)  # E
connect(bytes_of_services, info=1, content=bytes)  # E
connect(bytes_of_services, info=services)  # E
connect(bytes_of_services, info=services, content=str)  # E
connect(Text(), content=str)  # E
connect(Text(), info=1, content=str)  # E
connect(Text(), info=services)  # E

connect(application, path=1)  # E
connect(application, subprotocols=[1])  # E
connect(application, headers=[(1, 2)])  # E
connect(application, deadline="1")  # E
connect(application, client="127.0.0.1")  # E
connect(application, client=("127.0.0.1", "80"))  # E
connect(application, server=("127.0.0.1", "80"))  # E
connect(application, server="127.0.0.1")  # E
connect(application, scheme="http")  # E
connect(application, root_path=b"/api")  # E
connect(application, query_string=1)  # E
connect(application, state=[])  # E
connect(application, lifespan="on")  # E
connect(application, timeout=1)  # E

connect(plain, path=1)  # E
connect(plain, subprotocols=[1])  # E
connect(plain, headers=[(1, 2)])  # E
connect(plain, deadline="1")  # E
connect(plain, client="127.0.0.1")  # E
connect(plain, client=("127.0.0.1", "80"))  # E
connect(plain, server=("127.0.0.1", "80"))  # E
connect(plain, server="127.0.0.1")  # E
connect(plain, scheme="http")  # E
connect(plain, root_path=b"/api")  # E
connect(plain, query_string=1)  # E
connect(plain, state=[])  # E
connect(plain, lifespan="on")  # E
connect(plain, timeout=1)  # E
connect(plain, matches=1)  # E

connect(of_services, info=services, path=1)  # E
connect(of_services, info=services, subprotocols=[1])  # E
connect(of_services, info=services, headers=[(1, 2)])  # E
connect(of_services, info=services, deadline="1")  # E
connect(of_services, info=services, client="127.0.0.1")  # E
connect(of_services, info=services, client=("127.0.0.1", "80"))  # E
connect(of_services, info=services, server=("127.0.0.1", "80"))  # E
connect(of_services, info=services, server="127.0.0.1")  # E
connect(of_services, info=services, scheme="http")  # E
connect(of_services, info=services, root_path=b"/api")  # E
connect(of_services, info=services, query_string=1)  # E
connect(of_services, info=services, state=[])  # E
connect(of_services, info=services, lifespan="on")  # E
connect(of_services, info=services, timeout=1)  # E
connect(of_services, info=services, matches=1)  # E

connect(text, content=str, path=1)  # E
connect(text, content=str, subprotocols=[1])  # E
connect(text, content=str, headers=[(1, 2)])  # E
connect(text, content=str, deadline="1")  # E
connect(text, content=str, client="127.0.0.1")  # E
connect(text, content=str, client=("127.0.0.1", "80"))  # E
connect(text, content=str, server=("127.0.0.1", "80"))  # E
connect(text, content=str, server="127.0.0.1")  # E
connect(text, content=str, scheme="http")  # E
connect(text, content=str, root_path=b"/api")  # E
connect(text, content=str, query_string=1)  # E
connect(text, content=str, state=[])  # E
connect(text, content=str, lifespan="on")  # E
connect(text, content=str, timeout=1)  # E
connect(text, content=str, matches=1)  # E

connect(text_of_services, info=services, content=str, path=1)  # E
connect(text_of_services, info=services, content=str, subprotocols=[1])  # E
connect(text_of_services, info=services, content=str, headers=[(1, 2)])  # E
connect(text_of_services, info=services, content=str, deadline="1")  # E
connect(text_of_services, info=services, content=str, client="127.0.0.1")  # E
connect(text_of_services, info=services, content=str, client=("127.0.0.1", "80"))  # E
connect(text_of_services, info=services, content=str, server=("127.0.0.1", "80"))  # E
connect(text_of_services, info=services, content=str, server="127.0.0.1")  # E
connect(text_of_services, info=services, content=str, scheme="http")  # E
connect(text_of_services, info=services, content=str, root_path=b"/api")  # E
connect(text_of_services, info=services, content=str, query_string=1)  # E
connect(text_of_services, info=services, content=str, state=[])  # E
connect(text_of_services, info=services, content=str, lifespan="on")  # E
connect(text_of_services, info=services, content=str, timeout=1)  # E
connect(text_of_services, info=services, content=str, matches=1)  # E

connect(binary, content=bytes, path=1)  # E
connect(binary, content=bytes, subprotocols=[1])  # E
connect(binary, content=bytes, headers=[(1, 2)])  # E
connect(binary, content=bytes, deadline="1")  # E
connect(binary, content=bytes, client="127.0.0.1")  # E
connect(binary, content=bytes, client=("127.0.0.1", "80"))  # E
connect(binary, content=bytes, server=("127.0.0.1", "80"))  # E
connect(binary, content=bytes, server="127.0.0.1")  # E
connect(binary, content=bytes, scheme="http")  # E
connect(binary, content=bytes, root_path=b"/api")  # E
connect(binary, content=bytes, query_string=1)  # E
connect(binary, content=bytes, state=[])  # E
connect(binary, content=bytes, lifespan="on")  # E
connect(binary, content=bytes, timeout=1)  # E
connect(binary, content=bytes, matches=1)  # E

connect(bytes_of_services, info=services, content=bytes, path=1)  # E
connect(bytes_of_services, info=services, content=bytes, subprotocols=[1])  # E
connect(bytes_of_services, info=services, content=bytes, headers=[(1, 2)])  # E
connect(bytes_of_services, info=services, content=bytes, deadline="1")  # E
connect(bytes_of_services, info=services, content=bytes, client="127.0.0.1")  # E
connect(bytes_of_services, info=services, content=bytes, client=("127.0.0.1", "80"))  # E
connect(bytes_of_services, info=services, content=bytes, server=("127.0.0.1", "80"))  # E
connect(bytes_of_services, info=services, content=bytes, server="127.0.0.1")  # E
connect(bytes_of_services, info=services, content=bytes, scheme="http")  # E
connect(bytes_of_services, info=services, content=bytes, root_path=b"/api")  # E
connect(bytes_of_services, info=services, content=bytes, query_string=1)  # E
connect(bytes_of_services, info=services, content=bytes, state=[])  # E
connect(bytes_of_services, info=services, content=bytes, lifespan="on")  # E
connect(bytes_of_services, info=services, content=bytes, timeout=1)  # E
connect(bytes_of_services, info=services, content=bytes, matches=1)  # E

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
