"""A server that knows the subprotocols of the last line alone is sent the others as it takes them."""

from typing import Any

import pytest

from bareasgi_ws.backends.asgi import serve

pytestmark = pytest.mark.anyio

ACCEPT = {"type": "websocket.accept", "subprotocol": None}
SECOND = [(b"sec-websocket-protocol", b"a, b"), (b"sec-websocket-protocol", b"c")]


async def events(told: list[str], lines: list[tuple[bytes, bytes]], accepted: str | None) -> list[Any]:
    """Return what the server is sent of a handler that accepts with a subprotocol, and a header of its own."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(event: Any) -> None:
        sent.append(event)

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept(accepted, [(b"x-one", b"1")])

    scope = {"type": "websocket", "path": "/", "asgi": {}, "headers": lines, "subprotocols": told}
    await serve(handler, scope, receive, send)
    return sent[:-1]


async def test_of_an_empty_last_line_it_knows_none() -> None:
    lines = [*SECOND, (b"sec-websocket-protocol", b"")]
    headers = [(b"x-one", b"1"), (b"Sec-WebSocket-Protocol", b"c")]
    assert await events([""], lines, "c") == [ACCEPT | {"headers": headers}]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (["c"], "c"),
        (["c"], None),
        (["a", "b"], "c"),  # gunicorn 27 takes every name
        (["a", "b", "c"], "a"),
    ],
)
async def test_any_other_is_sent_as_it_is(told: list[str], name: str | None) -> None:
    assert await events(told, SECOND, name) == [ACCEPT | {"subprotocol": name, "headers": [(b"x-one", b"1")]}]
