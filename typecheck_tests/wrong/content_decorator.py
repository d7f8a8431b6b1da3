"""The decorator rejects what add rejects, except another info."""

from typing import Any

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
async def three(scope: Scope, info: Info, matches: RouteMatches) -> None: ...
async def of_an_int(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket[Any]) -> None: ...
async def wrong_matches(scope: Scope, info: Info, matches: int, web_socket: WebSocket) -> None: ...
def synchronous(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


application = Application()
application.on_ws_request("/")(text)  # E
application.on_ws_request("/")(binary)  # E
application.on_ws_request("/", content=None)(text)  # E
application.on_ws_request("/", content=str)(binary)  # E
application.on_ws_request("/", content=bytes)(text)  # E
application.on_ws_request("/")(three)  # E
application.on_ws_request("/", content=str)(three)  # E
application.on_ws_request("/", content=bytes)(three)  # E
application.on_ws_request("/")(synchronous)  # E
application.on_ws_request("/")("handler")  # E
application.on_ws_request(1)  # E
application.on_ws_request(1, content=str)  # E
application.on_ws_request(1, content=bytes)  # E
application.on_ws_request("/", content=int)  # E
application.on_ws_request("/", str)  # E
application.on_ws_request("/", None)  # E
application.on_ws_request()  # E
application.on_ws_request("/")(of_an_int)  # E !mypy !pyright !basedpyright !ty !pyrefly !zuban
application.on_ws_request("/")(wrong_matches)  # E !mypy !pyright !basedpyright !ty !pyrefly !zuban
application.on_ws_request("/")(either).nothing()  # E
application.on_ws_request("/", content=str)(text).nothing()  # E
application.on_ws_request("/", content=bytes)(binary).nothing()  # E


@application.on_ws_request  # E
async def without_a_path(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
