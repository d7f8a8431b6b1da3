"""WS-SERVER-15 to 23: the application's close, and how the client's end is told."""

import anyio

from ....errors import WebSocketClosedError
from ..._context import CheckContext
from ..._ends import HandlerEnd
from .._check import check


@check("WS-SERVER-18")
async def a_close_is_answered(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)

    for code in (1000, 4001, None):
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await client.close(code)
            await client.expect(None)
            if client.peer.code == 1006:
                context.fail("client: how its close was answered", "a close frame", "an end without one")


@check("WS-SERVER-19")
async def no_code_is_reported_as_1005(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_code(1005)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.close(None)


@check("WS-SERVER-21")
async def a_loss_before_accept_is_reported_as_1006(context: CheckContext) -> None:
    called, dropped = anyio.Event(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        called.set()
        await dropped.wait()
        await ws.attempt(WebSocketClosedError, "accept")
        await ws.expect_receive(None)
        ws.expect_code(1006)

    async with context.connect(handler) as client:
        with context.step("client: waiting for the handler"):
            await called.wait()
        await client.drop()
        dropped.set()
