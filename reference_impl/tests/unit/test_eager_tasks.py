"""What this package starts as a task begins later, though the loop's own tasks begin at once (eager_task_factory)."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

import pytest

from bareasgi_ws import Outbox, WebSocket, until_closed
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.backends.websockets import backend as on_websockets
from bareasgi_ws.conformance import Backend, run
from bareasgi_ws.testing import connect

pytestmark = pytest.mark.skipif(sys.version_info < (3, 12), reason="asyncio has no eager tasks before 3.12")


def run_eagerly(main: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner() as runner:
        if sys.version_info >= (3, 12):
            runner.get_loop().set_task_factory(asyncio.eager_task_factory)
        return runner.run(main)


def test_an_outbox_sends_what_is_put() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
        await web_socket.accept()
        async with Outbox(web_socket) as outbox:
            for number in range(3):
                outbox.put(str(number))

    async def main() -> list[Any]:
        async with connect(handler) as client:
            return [await client.receive() for _ in range(4)]

    assert run_eagerly(main()) == ["0", "1", "2", None]


def test_until_closed_keeps_what_came() -> None:
    unread: list[Any] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: WebSocket) -> None:
        await web_socket.accept()
        async with until_closed(web_socket) as messages:
            await asyncio.Event().wait()
        unread.extend(messages)

    async def main() -> None:
        async with connect(handler) as client:
            await client.send("before the end")
            await client.close()

    run_eagerly(main())
    assert unread == ["before the end"]


@pytest.mark.parametrize("backend", [reference, on_websockets], ids=["reference", "websockets"])
def test_a_backend_conforms(backend: Backend) -> None:
    chapters = ["WS-HANDSHAKE", "WS-RECEIVE", "WS-CLOSE-01", "WS-CODE", "WS-LIFETIME", "WS-CANCELLATION"]
    report = run_eagerly(run(backend, select=chapters))
    assert report.is_met, str(report)
