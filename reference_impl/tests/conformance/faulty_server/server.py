"""The healthy server that each fault is put into, and what stands between it and its application."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from queue import Queue
from threading import Thread
from typing import Any, TypeAlias

import anyio
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.wsproto_impl import WSProtocol
from uvicorn.server import ServerState

from bareasgi_ws import Application
from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.conformance._ends import SERVER_SCOPE
from bareasgi_ws.conformance._server.server import Target
from bareasgi_ws.conformance.application import STATE, application
from bareasgi_ws.conformance.url import URLBackend

Event: TypeAlias = Mapping[str, Any]


class Healthy(WSProtocol):
    """uvicorn's, on wsproto, but that a lost connection is reported as 1006, not as 1005, and one end only.

    A denial's headers and body have a default, 999 and 5000 are not close codes. It adds an event before uvicorn's own:
    where the client has closed, both come after the close's.
    """

    ending: Any = None

    async def receive(self) -> Any:
        event = self.ending or await super().receive()
        if event["type"] == "websocket.disconnect":
            self.ending = event
        return event

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close" and message.get("code") in (999, 5000):
            raise ValueError("not a close code")
        defaults: Any = {"headers": [], "body": b""} if message["type"].startswith("websocket.http.response") else {}
        whole: Any = {**defaults, **message}
        await super().send(whole)

    def connection_lost(self, exc: Exception | None) -> None:
        self.queue.put_nowait({"type": "websocket.disconnect", "code": 1006})
        super().connection_lost(exc)


class Between:
    """What stands between the server and its application on one connection, and changes nothing."""

    def __init__(self, scope: Event, receive: Callable[[], Awaitable[Event]], send: Callable[[Any], Awaitable[None]]):
        self.scope = self.given(scope)
        self._server_receive, self._server_send = receive, send

    def given(self, scope: Event) -> Event:
        """Return the application's scope for the server's."""
        return scope

    def received(self, event: Event) -> Event:
        """Return the event that the application receives for the server's."""
        return event

    def sent(self, event: Event) -> Event:
        """Return the event that the server is sent for the application's."""
        return event

    async def receive(self) -> Event:
        return self.received(await self._server_receive())

    async def send(self, event: Event) -> None:
        await self._server_send(self.sent(event))


class HoldsBack(Between):
    """Holds what is sent of one type back until the receive that waits has ended: one lock for both ways."""

    held = ""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.lock = anyio.Lock()

    async def receive(self) -> Event:
        async with self.lock:
            return await super().receive()

    async def send(self, event: Event) -> None:
        if event["type"] != self.held:
            await super().send(event)
            return
        async with self.lock:
            await super().send(event)


@contextmanager
def raw_server(protocol: type[WSProtocol] = Healthy, between: type[Between] = Between) -> Generator[Target]:
    """Serve the kit's raw application so, in a thread of its own."""

    async def served(scope: Any, receive: Any, send: Any) -> None:
        one = between(scope, receive, send) if scope["type"] == "websocket" else None
        await (application(scope, receive, send) if one is None else application(one.scope, one.receive, one.send))

    async def serve() -> None:
        state, its = ServerState(), {"run": lambda end: stopped.set(), STATE: STATE}
        loop = asyncio.get_running_loop()
        listener = await loop.create_server(lambda: Recorded(config, state, its), "127.0.0.1", 0)
        states.append(state)
        started.put((loop, listener.sockets[0].getsockname()[1]))
        await stopped.wait()
        listener.close()
        for transport in transports:  # those too that a fault has made the server forget
            transport.abort()
        await asyncio.sleep(0)  # so that they are closed before the loop is

    class Recorded(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            transports.append(transport)
            super().connection_made(transport)

    def shut_down() -> None:
        for connection in tuple(states[0].connections):
            connection.shutdown()

    states: list[ServerState] = []
    transports: list[asyncio.Transport] = []
    config = uvicorn.Config(served, interface="asgi3", lifespan="off", http="h11", ws=protocol, log_config=None)
    config.load()
    stopped, started = asyncio.Event(), Queue[tuple[asyncio.AbstractEventLoop, int]]()
    thread = Thread(target=asyncio.run, args=[serve()])
    thread.start()
    loop, port = started.get(timeout=10)
    try:
        yield Target("127.0.0.1", port, None, "uvicorn.error", partial(loop.call_soon_threadsafe, shut_down))
    finally:
        with suppress(RuntimeError):  # it has ended by its fault
            loop.call_soon_threadsafe(stopped.set)
        thread.join(10)


def server(protocol: type[WSProtocol] = Healthy, between: type[Between] = Between) -> URLBackend:
    """Return the backend that serves the reference implementation so, each connection on a listener of its own."""

    @asynccontextmanager
    async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
        served_by = Application(info=info)
        served_by.ws_router.add(route, handler, content=content)

        async def served(scope: Any, receive: Any, send: Any) -> None:
            one = between(scope, receive, send)
            await served_by({**one.scope, SERVER_SCOPE: one.scope}, one.receive, one.send)

        config = uvicorn.Config(served, interface="asgi3", lifespan="off", http="h11", log_config=None)
        async with anyio.create_task_group() as tasks, listening(protocol, config, tasks.start_soon) as url:
            yield url

    return URLBackend(serve, ReferenceWebSocket, logger="uvicorn.error")


@asynccontextmanager
async def listening(protocol: type[WSProtocol], config: uvicorn.Config, run: Any) -> AsyncGenerator[str]:
    """Listen as uvicorn's Server does, but without its ticks, and let applications end before it stops.

    What the protocol gives to ``run``, in its ``app_state``, runs in the server's own task group.
    """
    state = ServerState()
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: protocol(config, state, {"run": run}), "127.0.0.1", 0)
    async with listener:
        host, port = listener.sockets[0].getsockname()
        yield f"ws://{host}:{port}"
        if state.tasks:
            await asyncio.wait(state.tasks, timeout=1)
        for connection in tuple(state.connections):
            connection.shutdown()
        if state.tasks:
            await asyncio.wait(state.tasks)
