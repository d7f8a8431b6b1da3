"""What connect tells a handler is what uvicorn tells it of the same handshake request."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import pytest
import uvicorn
from websockets.sync.client import connect as websockets_connect
from websockets.typing import Subprotocol

from bareasgi_ws.testing import connect, lifespan

DIFFERENT = {b"sec-websocket-key"}
"""Headers that are random: their values differ, nothing else does."""

shared = object()


class Recorder:
    """An application with a lifespan that leaves a state, and keeps the scopes of its connections."""

    def __init__(self) -> None:
        self.scopes: list[dict[str, Any]] = []
        self.lifespan: dict[str, Any] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            self.lifespan = dict(scope, state=None)
            scope["state"]["shared"] = shared
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        assert (await receive())["type"] == "websocket.connect"
        self.scopes.append(scope)
        await send({"type": "websocket.close"})


@contextmanager
def served(application: Any, root_path: str) -> Iterator[int]:
    """Serve on a free port with uvicorn's default implementation."""
    # No log_config, no log_level: each would change the loggers of the whole test process.
    config = uvicorn.Config(
        application, port=0, root_path=root_path, ws="websockets-sansio", log_config=None, lifespan="on"
    )
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            started.set()

    server = Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert started.wait(10)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


def plain(scope: dict[str, Any]) -> dict[str, Any]:
    """Return the scope without what is random."""
    headers = [(name, b"" if name in DIFFERENT else value) for name, value in scope["headers"]]
    return {**scope, "headers": headers}


@pytest.mark.parametrize(
    ("target", "root_path", "subprotocols", "headers"),
    [
        ("/", "", [], []),
        ("/chat/ann", "", ["chat"], [("Cookie", "a=1")]),
        ("/a%20b%2Fc?q=%20x&y", "", ["b", "a"], [("X-One", "1"), ("X-One", "2")]),
        ("//x/?", "", [], [("Sec-WebSocket-Protocol", "c,d"), ("Origin", "http://x")]),
        ("/chat", "/api", [], []),
        ("/chat?a=b", "/api/", ["chat"], [("Sec-WebSocket-Protocol", "other")]),
        ("/chat", "/%61pi", [], []),
    ],
)
def test_the_scope_is_uvicorns(
    target: str, root_path: str, subprotocols: list[str], headers: list[tuple[str, str]]
) -> None:
    on_uvicorn, in_memory = Recorder(), Recorder()
    with served(on_uvicorn, root_path) as port, pytest.raises(Exception, match="HTTP 403"):
        websockets_connect(
            f"ws://127.0.0.1:{port}{target}",
            subprotocols=[Subprotocol(one) for one in subprotocols] or None,
            additional_headers=headers,
            compression=None,
            user_agent_header=None,
            proxy=None,
        )
    (expected,) = on_uvicorn.scopes

    async def main() -> None:
        async with lifespan(in_memory) as state:
            client = connect(
                in_memory,
                target,
                subprotocols=subprotocols,
                headers=[(name.encode(), value.encode()) for name, value in headers],
                client=expected["client"],
                server=expected["server"],
                root_path=root_path,
                state=state,
            )
            async with client as peer:
                assert (await peer.handshake()).status == 403

    anyio.run(main)
    (actual,) = in_memory.scopes
    assert plain(actual) == plain(expected)
    assert [type(actual[key]) for key in expected] == [type(value) for value in expected.values()]
    assert actual["state"]["shared"] is shared
    assert in_memory.lifespan == on_uvicorn.lifespan
