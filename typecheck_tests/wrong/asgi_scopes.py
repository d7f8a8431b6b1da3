"""Scopes that are no WebSocket's."""

import uvicorn._types
from asgiref.typing import HTTPScope, LifespanScope

from bareasgi_ws import ASGIVersions, Scope

ASGI: ASGIVersions = {"version": "3.0"}


def serve(scope: Scope) -> None:
    print(scope)


def of_http(theirs: HTTPScope) -> None:
    ours: Scope = theirs  # E
    print(ours)


def of_the_lifespan(theirs: LifespanScope) -> None:
    ours: Scope = theirs  # E
    print(ours)


def of_uvicorn(theirs: uvicorn._types.Scope) -> None:
    ours: Scope = theirs  # E
    print(ours)


def the_other_way(ours: Scope) -> None:
    theirs: uvicorn._types.WebSocketScope = ours  # E
    print(theirs)


serve({"type": "http", "asgi": ASGI, "path": "/", "headers": []})  # E
serve({"type": "websocket", "asgi": {"version": 3}, "path": "/", "headers": []})  # E
serve({"type": "websocket", "asgi": {"version": "3.0", "spec_version": 2}, "path": "/", "headers": []})  # E
serve({"type": "websocket", "asgi": {"version": "3.0", "spec": "2"}, "path": "/", "headers": []})  # E
serve({"type": "websocket", "asgi": "3.0", "path": "/", "headers": []})  # E
serve({"type": "websocket", "asgi": ASGI, "path": b"/", "headers": []})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": {"host": ""}})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [("host", "")]})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "http_version": 2})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "http_version": None})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "scheme": b"ws"})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "raw_path": "/"})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "query_string": ""})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "root_path": b""})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "client": "127.0.0.1"})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "client": ("127.0.0.1", None)})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "client": ("127.0.0.1", 1, 2)})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "server": (None, 1)})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "server": ("host", "1")})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "subprotocols": [1]})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "subprotocols": None})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "state": None})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "state": {1: 2}})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "extensions": ["denial"]})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "extensions": {1: {}}})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "extensions": {"denial": True}})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/", "headers": [], "user": "me"})  # E
serve({"asgi": ASGI, "path": "/", "headers": []})  # E
serve({"type": "websocket", "path": "/", "headers": []})  # E
serve({"type": "websocket", "asgi": ASGI, "headers": []})  # E
serve({"type": "websocket", "asgi": ASGI, "path": "/"})  # E
