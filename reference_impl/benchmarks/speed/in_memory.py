"""Messages and connections with a peer in memory that never suspends: what the code costs, with no event loop in it.

The time is the thread's own on the processor, with Python's collector off while the clock runs: it is run before.
"""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from typing import Any

from .libraries import PATH, Application, Does

MESSAGES = 2_000
CONNECTIONS = 300

now = time.thread_time
Event = dict[str, Any]


def fresh_scope() -> dict[str, Any]:
    """Return what uvicorn gives for the opening handshake of a browser."""
    return {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "ws",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "root_path": "",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1:8000"),
            (b"connection", b"Upgrade"),
            (b"pragma", b"no-cache"),
            (b"cache-control", b"no-cache"),
            (b"user-agent", b"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
            (b"upgrade", b"websocket"),
            (b"origin", b"http://127.0.0.1:8000"),
            (b"sec-websocket-version", b"13"),
            (b"accept-encoding", b"gzip, deflate"),
            (b"accept-language", b"en-GB,en;q=0.5"),
            (b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ=="),
            (b"sec-websocket-extensions", b"permessage-deflate; client_max_window_bits"),
        ],
        "subprotocols": [],
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }


class Connection:
    """A server's end that has each event at once."""

    def __init__(self, events: Iterator[Event]) -> None:
        """Return these events, one after another."""
        self.scope = fresh_scope()

        async def receive() -> Event:
            return next(events)

        async def send(event: Event) -> None:
            return

        self.receive, self.send = receive, send


def run(application: Application, connection: Connection) -> None:
    """Run a connection from its beginning to its end."""
    serving: Any = application(connection.scope, connection.receive, connection.send)
    try:
        serving.send(None)
    except StopIteration:
        return
    raise RuntimeError("the application waited for something")


def ending() -> Iterator[Event]:
    """Yield the events of a client that comes and goes."""
    yield {"type": "websocket.connect"}
    while True:
        yield {"type": "websocket.disconnect", "code": 1000}


def seconds_a_message(application: Application, does: Does) -> float:
    """Time an echo."""
    clock: list[float] = []
    [(key, content)] = {"text": "hello"}.items() if does == "text" else {"bytes": b"hello"}.items()

    def events() -> Iterator[Event]:
        yield {"type": "websocket.connect"}
        clock.append(now())
        for _ in repeat(None, MESSAGES):
            yield {"type": "websocket.receive", key: content}
        clock.append(now())
        while True:
            yield {"type": "websocket.disconnect", "code": 1000}

    connection = Connection(events())
    with collected():
        run(application, connection)
    began, ended = clock
    return (ended - began) / MESSAGES


def seconds_a_connection(application: Application) -> float:
    """Time a connection without a message, of which the scope and the peer are there already."""
    connections = [Connection(ending()) for _ in range(CONNECTIONS)]
    with collected():
        began = now()
        for connection in connections:
            run(application, connection)
        return (now() - began) / CONNECTIONS


@contextmanager
def collected() -> Iterator[None]:
    """Run Python's collector before what is measured, and not in it."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settle() -> None:
    """Have Python's collector leave alone what is there by now: collecting takes no time then."""
    gc.collect()
    gc.freeze()
