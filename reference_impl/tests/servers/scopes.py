"""What a server is given to serve: the handler tells what its scope is, and what is wrong with the types in it."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket

application = Application()


def is_pair(value: Any, of: type) -> bool:
    return type(value) is tuple and len(value) == 2 and all(type(one) is of for one in value)


def is_address(value: Any, *ports: type) -> bool:
    return value is None or (
        type(value) is tuple
        and len(value) == 2
        and type(value[0]) is str
        and value[0] != ""
        and type(value[1]) in ports
    )


def is_text(value: Any) -> bool:
    return type(value) is str


REQUIRED = {"type", "asgi", "path", "headers"}
IS_RIGHT: dict[str, Callable[[Any], bool]] = {
    "type": lambda value: bool(value == "websocket"),
    "asgi": lambda value: type(value) is dict and all(map(is_text, value.values())),
    "http_version": is_text,
    "scheme": lambda value: value in ("ws", "wss"),
    "path": is_text,
    "raw_path": lambda value: value is None or type(value) is bytes,
    "query_string": lambda value: type(value) is bytes,
    "root_path": is_text,
    "headers": lambda value: all(is_pair(header, bytes) and header[0] == header[0].lower() for header in value),
    "client": lambda value: is_address(value, int),
    "server": lambda value: is_address(value, int, type(None)),
    "subprotocols": lambda value: not isinstance(value, str) and all(map(is_text, value)),
    "state": lambda value: type(value) is dict,
    "extensions": lambda value: value is None or all(isinstance(one, Mapping) for one in value.values()),
}


@application.on_ws_request("/")
async def tell(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    """Accept the subprotocol that is asked for, and tell what is wrong, and what cannot be known from here."""
    items: dict[str, Any] = dict(scope)
    asked = unquote(scope.get("query_string", b"").decode()) or None
    wrong = {key: repr(items[key]) for key in IS_RIGHT.keys() & items.keys() if not IS_RIGHT[key](items[key])}
    await web_socket.accept(asked)
    lacks = sorted(REQUIRED - items.keys())
    known = {key: items.get(key) for key in ("client", "server", "subprotocols")}
    offered = list(getattr(web_socket, "subprotocols", ()))
    await web_socket.send(json.dumps({"wrong": wrong, "lacks": lacks, "offered": offered, **known}))
    await web_socket.receive()  # the client has read that before it leaves
