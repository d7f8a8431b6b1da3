"""WS-LIFETIME: what a task finds that is left over when the handler has ended."""

import anyio

from ...errors import WebSocketClosedError
from .._context import CheckContext, CheckHandler
from .._ends import HandlerEnd
from .._steps import DeliberateError
from ._check import check


@check("WS-LIFETIME-17", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-07", "WS-SEND-06", "WS-CODE-03"))
async def what_is_left_over_finds_it_closed(context: CheckContext) -> None:
    async def returns(ws: HandlerEnd) -> None:
        await ws.accept()

    async def raises(ws: HandlerEnd) -> None:
        await ws.accept()
        raise DeliberateError("boom")

    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(4000)

    async def rejects(ws: HandlerEnd) -> None:
        await ws.close(4000)

    async def returns_before_accept(ws: HandlerEnd) -> None: ...

    async def raises_before_accept(ws: HandlerEnd) -> None:
        raise DeliberateError("boom")

    for handler, code in ((returns, 1000), (raises, 1011), (closes, 4000), (rejects, 4000)):
        await expect_closed(context, handler, code)
    for handler in (returns_before_accept, raises_before_accept):
        await expect_closed(context, handler, None)
    for error in (None, DeliberateError("boom")):
        await expect_end_of_waiting_receive(context, error)


async def expect_closed(context: CheckContext, handler: CheckHandler, code: int | None) -> None:
    """Show that a WebSocket is closed when its handler has ended: with this code, or with what the client was sent."""
    ends: list[HandlerEnd] = []
    codes = {code}

    async def noted(ws: HandlerEnd) -> None:
        ends.append(ws)
        try:
            await handler(ws)
        finally:
            codes.add(ws.web_socket.code)

    async with context.connect(noted) as client:
        handshake = await client.handshake()
        if handshake.status == 101:
            await client.receive()
            codes.add(client.peer.code)
    (ws,) = ends
    for _ in range(2):
        await ws.expect_receive(None)
        await ws.raises(WebSocketClosedError, "send", "late")
        if code is not None and ws.web_socket.code not in codes - {None}:
            context.fail("handler: code after its end", str(code), repr(ws.web_socket.code))
    await ws.close(4010)


async def expect_end_of_waiting_receive(context: CheckContext, error: Exception | None) -> None:
    """Show that a receive which is left over comes to its end, whether the handler returns or raises."""
    receiving = anyio.Event()

    async def receive(ws: HandlerEnd) -> None:
        receiving.set()
        await ws.expect_receive(None)

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        left_over.start_soon(receive, ws)
        await receiving.wait()
        if error is not None:
            raise error

    async with anyio.create_task_group() as left_over, context.connect(handler) as client:
        await client.expect(None)
