"""How a fault becomes a backend, and the registry of all of them."""

import inspect
from collections import deque
from typing import Any

import anyio
from bareasgi_ws import Application, Router
from bareasgi_ws._reference.close_timeout import IN_MEMORY
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._reference.tasks import Task
from bareasgi_ws.conformance import MemoryBackend

FAULTS: dict[str, Any] = {}
SAYS: dict[str, str] = {}
CONTROLS: dict[str, Any] = {}
"""What the faults are built on, without a fault: these must conform."""


class Base(DenyingWebSocket[Any]):
    """The reference's socket."""

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)


def _register(name: str, says: str, backend: Any) -> None:
    assert name not in FAULTS, name
    FAULTS[name], SAYS[name] = backend, says


def backend(
    socket: Any = None, app: Any = Application, wrap: Any = None, handle: Any = None, router: Any = None
) -> MemoryBackend:
    """Return the reference with one part exchanged."""

    def make(handler: Any, route: str, content: Any, info: Any) -> Any:
        kind = app
        if socket is not None:
            kind = type("WithSocket", (app,), {"_open_web_socket": staticmethod(socket)})
        made = kind(info=info, close_timeout=IN_MEMORY, **({} if router is None else {"ws_router": router()}))
        made.ws_router.add(route, handler if handle is None else handle(handler), content=content)
        return made if wrap is None else wrap(made)

    return MemoryBackend(make, socket or DenyingWebSocket, close_timeout=IN_MEMORY)


def _decorator(part: str) -> Any:
    def named(name: str, says: str) -> Any:
        def register(what: Any) -> Any:
            _register(name, says, backend(**{part: what}))
            return what

        return register

    return named


socket = _decorator("socket")
"""A class of web_socket."""
application = _decorator("app")
"""A subclass of Application."""
wrapped = _decorator("wrap")
"""ASGI middleware: gets the application, gives one."""
handled = _decorator("handle")
"""Gets the handler, gives one."""
routed = _decorator("router")
"""A subclass of Router."""


class Pump:
    """Reads ahead of the handler."""

    def __init__(self, receive: Any) -> None:
        self.receive = receive
        self.events: deque[Any] = deque()
        self.bell = anyio.Event()

    async def run(self) -> None:
        while True:
            event = await self.receive()
            self.put(event)
            self.bell.set()
            if event.get("type") == "websocket.disconnect":
                return

    def put(self, event: Any) -> None:
        self.events.append(event)

    async def get(self) -> Any:
        while not self.events:
            self.bell = anyio.Event()
            await self.bell.wait()
        return self.events.popleft()


def pump_wrap(kind: Any) -> Any:
    def wrap(app: Any) -> Any:
        async def application(scope: Any, receive: Any, send: Any) -> None:
            pump = kind(receive)
            task = Task(pump.run)
            try:
                await app(scope, pump.get, send)
            finally:
                task.cancel()

        return application

    return wrap


def pumped(name: str, says: str) -> Any:
    """A subclass of Pump."""

    def register(kind: Any) -> Any:
        _register(name, says, backend(wrap=pump_wrap(kind)))
        return kind

    return register


def scoped(name: str, says: str) -> Any:
    """A function that gets a copy of the handler's scope to change, or gives another."""

    def register(change: Any) -> Any:
        def handle(handler: Any) -> Any:
            def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> Any:
                other = dict(scope)
                return handler(change(other) or other, info, matches, web_socket)

            return call

        _register(name, says, backend(handle=handle))
        return change

    return register


CONTROLS["control-reference"] = backend(socket=Base)
CONTROLS["control-pump"] = backend(wrap=pump_wrap(Pump))
CONTROLS["control-router"] = backend(router=Router)


def is_routine(value: Any) -> bool:
    return inspect.isroutine(value)
