"""What a real server is given to serve: the ``handlers``, behind middleware of each kind.

The first segment of the path names the middleware.
"""

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import Any

import bareasgi
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount

from bareasgi_ws.backends.bareasgi import endpoint

handlers: Any = import_module("handlers")

IDLE = 60.0
"""How long a client may be silent before a middleware ends the connection, in seconds: longer than a test."""


def bare(app: Any) -> Any:
    return app


def wraps_receive(app: Any) -> Any:
    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        async def received() -> Any:
            return await receive()

        await app(scope, received, send)

    return wrapped


def wraps_send(app: Any) -> Any:
    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        async def sent(event: Any) -> None:
            await send(event)

        await app(scope, receive, sent)

    return wrapped


def wraps_both_twice(app: Any) -> Any:
    return wraps_send(wraps_receive(wraps_receive(wraps_send(app))))


class Middleware:
    """As most middleware is: an object for the application, and one for each connection."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        connection = _Connection(receive, send)
        await self._app(scope, connection.receive, connection.send)


class _Connection:
    def __init__(self, receive: Any, send: Any) -> None:
        self._receive, self._send = receive, send

    def receive(self) -> Any:
        return _Awaitable(self._receive)

    def send(self, event: Any) -> Any:
        return self._send(dict(event))


class _Awaitable:
    """Neither a coroutine nor a future."""

    def __init__(self, receive: Any) -> None:
        self._receive = receive

    def __await__(self) -> Any:
        return (yield from self._receive().__await__())


def forgets_the_scope(app: Any) -> Any:
    """A scope with nothing in it that only one server has."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        bare = {key: scope[key] for key in ("type", "path", "headers", "subprotocols")}
        await wraps_both_twice(app)({**bare, "asgi": {"version": "3.0"}}, receive, send)

    return wrapped


def in_a_task(app: Any) -> Any:
    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.create_task(wraps_receive(app)(scope, receive, send))

    return wrapped


def ends_the_idle(app: Any) -> Any:
    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        async def received() -> Any:
            return await asyncio.wait_for(receive(), IDLE)

        await app(scope, received, send)

    return wrapped


def ends_the_very_idle(app: Any) -> Any:
    """It has a timeout that runs out: the connection is over then, as its application sees it."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        async def received() -> Any:
            try:
                async with asyncio.timeout(0.2):
                    return await receive()
            except TimeoutError:
                return {"type": "websocket.disconnect", "code": 1001}

        await app(scope, received, send)

    return wrapped


def has_a_bug(app: Any) -> Any:
    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        async def sent(event: Any) -> None:
            if event["type"] == "websocket.close":
                raise KeyError(f"the middleware's own, at a close with {event['code']}")
            await send(event)

        await app(scope, receive, sent)

    return wrapped


def as_bareasgi(app: Any) -> Any:
    on_bareasgi = bareasgi.Application()
    on_bareasgi.ws_router.add("/impatient", endpoint(handlers.impatient))
    on_bareasgi.ws_router.add("/both", endpoint(handlers.closes_while_it_waits))
    on_bareasgi.ws_router.add("/denies/twice", endpoint(handlers.denies_with_a_header_twice))
    on_bareasgi.ws_router.add("/denies/cookies", endpoint(handlers.denies_with_two_cookies))
    return on_bareasgi


def mounted(framework: Any) -> Callable[[Any], Any]:
    def mount(app: Any) -> Any:
        return framework(routes=[Mount("/in", app=wraps_receive(app))])

    return mount


def without_their_names(app: Any) -> Any:
    """Have a mounted application find its own path."""

    async def served(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "path": f"/in{scope['path']}"}, receive, send)

    return served


MIDDLEWARE: dict[str, Any] = {
    "bare": bare(handlers.application),
    "receive": wraps_receive(handlers.application),
    "send": wraps_send(handlers.application),
    "both": wraps_both_twice(handlers.application),
    "object": Middleware(handlers.application),
    "scope": forgets_the_scope(handlers.application),
    "task": in_a_task(handlers.application),
    "timeout": ends_the_idle(handlers.application),
    "starlette": without_their_names(mounted(Starlette)(handlers.application)),
    "fastapi": without_their_names(mounted(FastAPI)(handlers.application)),
    "bareasgi": as_bareasgi(handlers.application),
    "bug": has_a_bug(handlers.application),
    "idle": ends_the_very_idle(handlers.application),
}


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "websocket":
        await handlers.application(scope, receive, send)
        return
    name, _, path = scope["path"].removeprefix("/").partition("/")
    await MIDDLEWARE[name]({**scope, "path": f"/{path}"}, receive, send)
