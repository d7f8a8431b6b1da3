"""What a server is given to serve: the handler tells what its scope is, and what is wrong with the types in it."""

import json
from typing import Any
from urllib.parse import unquote

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.conformance._scope_types import MAY_BE_NONE, RULES

application = Application()


@application.on_ws_request("/")
async def tell(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    """Accept the subprotocol that is asked for, and tell what is wrong, and what cannot be known from here."""
    items: dict[str, Any] = dict(scope)
    asked = unquote(scope.get("query_string", b"").decode()) or None
    there = {key: items[key] for key in RULES if items.get(key) is not None or key in items.keys() - MAY_BE_NONE}
    wrong = {key: repr(value) for key, value in there.items() if not RULES[key][1](value)}
    pairs = [*items.get("headers", ()), *(there[key] for key in ("client", "server") if key in there)]
    if not all(type(pair) is tuple for pair in pairs):
        wrong["pairs"] = repr(pairs)
    await web_socket.accept(asked)
    lacks = sorted({"type", "asgi", "path", "headers"} - items.keys())
    known = {key: items.get(key) for key in ("scheme", "client", "server", "subprotocols")}
    offered = list(getattr(web_socket, "subprotocols", ()))
    await web_socket.send(json.dumps({"wrong": wrong, "lacks": lacks, "offered": offered, **known}))
    await web_socket.receive()  # the client has read that before it leaves
