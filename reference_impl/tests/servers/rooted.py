"""What a server below a root path is given to serve: one application by itself and mounted, told apart by the query."""

import json
from typing import Any

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket

plain = Application()


@plain.on_ws_request("/")
@plain.on_ws_request("/chat/{name}")
async def chat(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    await web_socket.send(json.dumps(dict(matches)))


def on_fastapi(root_path: str) -> FastAPI:
    outer = FastAPI(root_path=root_path)
    outer.mount("/m", plain)
    return outer


WAYS: dict[str, Any] = {
    "plain": plain,
    "starlette": Starlette(routes=[Mount("/m", plain)]),
    "nested": Starlette(routes=[Mount("/m", routes=[Mount("/n", Starlette(routes=[Mount("/o", plain)]))])]),
    "fastapi": on_fastapi(""),
    "fastapi-api": on_fastapi("/api"),
}
"""What FastAPI is given as its own root path takes the place of the server's."""


async def application(scope: Any, receive: Any, send: Any) -> None:
    way = scope["query_string"].decode() if scope["type"] == "websocket" else "plain"
    await WAYS[way](scope, receive, send)
