"""WS-CODE: the close code."""

from enum import IntEnum
from typing import Any

import anyio

from .._context import CheckContext
from .._ends import HandlerEnd
from ..backend import SupportsInject
from ._check import check
from .close import REGISTERED


class EnumCode(IntEnum):
    """Codes as members of an enumeration, as some servers report them."""

    RECEIVED = 4007
    REPORTED = 4008


async def expect_code_of_event(context: CheckContext, expected: int, event: dict[str, Any]) -> None:
    """Show which code the handler reads after this event of the server's."""

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_code(expected)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        client.require(SupportsInject).inject(event)


@check("WS-CODE-01")
async def none_before_accept(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        ws.expect_code(None)
        await ws.accept()

    async with context.connect(handler) as client:
        await client.expect_accepted()


@check("WS-CODE-02")
async def none_while_open(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        ws.expect_code(None)
        await ws.expect_receive("a")
        await ws.send("b")
        ws.expect_code(None)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.send("a")
        await client.expect("b")


@check("WS-CODE-03")
async def the_handlers_own_code(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(code)
        ws.expect_code(code)

    async with context.serve(handler) as connect:
        for given in (1000, *REGISTERED, 3000, 4001, 4999):
            code = given
            async with connect() as client:
                await client.receive()


@check("WS-CODE-04")
async def the_code_of_a_rejection(context: CheckContext) -> None:
    for expected, *arguments in ([1000], [1008, 1008], [4002, 4002]):
        async with context.connect(_reject_with(expected, *arguments)) as client:
            await client.handshake()


@check("WS-CODE-05", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-RECEIVE-08"))
async def the_reported_code(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_reported_code(client)

    for code in (1000, 1001, 4003):
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await client.close(code)
    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.drop()


@check("WS-CODE-06", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05"))
async def no_reported_code_reads_as_1005(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_reported_code(client)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.close(None)
    await expect_code_of_event(context, 1005, {"type": "websocket.disconnect"})
    await expect_code_of_event(context, 1005, {"type": "websocket.disconnect", "code": None})


@check("WS-CODE-07", needs=("WS-HANDSHAKE-01", "WS-CODE-03", "WS-CODE-04", "WS-CODE-05"))
async def the_first_close_decides(context: CheckContext) -> None:
    reported = anyio.Event()

    async def closes_second(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        first = ws.web_socket.code
        await ws.attempt(Exception, "close", 4005)
        ws.expect_code(first)

    async def closes_first(ws: HandlerEnd) -> None:
        await ws.accept()
        await reported.wait()
        await ws.close(4006)
        await ws.expect_receive(None)
        ws.expect_code(4006)
        await ws.attempt(Exception, "close", 1000)
        ws.expect_code(4006)

    async def rejects(ws: HandlerEnd) -> None:
        await ws.close(4006)
        await ws.attempt(Exception, "close", 1000)
        ws.expect_code(4006)

    async with context.connect(closes_second) as client:
        await client.expect_accepted()
        await client.close(4004)
    async with context.connect(closes_first) as client:
        await client.expect_accepted()
        if isinstance(client.peer, SupportsInject):  # some servers report another code than the handler's
            client.peer.inject({"type": "websocket.disconnect", "code": 1000})
        reported.set()
        await client.receive()
    async with context.connect(rejects) as client:
        await client.handshake()


@check("WS-CODE-08", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CODE-03", "WS-CODE-05"))
async def always_a_plain_int(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(EnumCode.RECEIVED)
        ws.expect_code(4007)

    async with context.connect(handler) as client:
        await client.receive()
    await expect_code_of_event(context, 4008, {"type": "websocket.disconnect", "code": EnumCode.REPORTED})


@check("WS-CODE-09", needs=("WS-HANDSHAKE-01", "WS-CODE-05"))
async def the_report_is_what_was_sent(context: CheckContext) -> None:
    for code in (1000, 1001, 3000, 4009):
        async with context.connect(_receive_close(code)) as client:
            await client.expect_accepted()
            await client.close(code)


@check("WS-CODE-10", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-08"))
async def a_lost_connection_is_reported_as_1006(context: CheckContext) -> None:
    async with context.connect(_receive_close(1006)) as client:
        await client.expect_accepted()
        await client.drop()


@check("WS-CODE-11", needs=("WS-HANDSHAKE-01", "WS-SEND-11", "WS-CLOSE-06", "WS-CODE-02", "WS-CODE-03", "WS-CODE-05"))
async def none_until_the_end_was_received(context: CheckContext) -> None:
    async def receives(ws: HandlerEnd) -> None:
        await sends_after_drop(ws)
        await ws.expect_receive("one")
        ws.expect_code(None)
        await ws.expect_receive(None)
        ws.expect_reported_code(client)

    async def closes(ws: HandlerEnd) -> None:
        await sends_after_drop(ws)
        await ws.close(4010)
        ws.expect_code(4010)

    async def sends_after_drop(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await ws.send_until_error()
        ws.expect_code(None)

    for handler in (receives, closes):
        dropped = anyio.Event()
        async with context.connect(handler) as client:
            await client.expect_accepted()
            await client.send("one")
            await client.drop()
            dropped.set()


def _receive_close(code: int) -> Any:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_code(code)

    return handler


def _reject_with(expected: int, *arguments: int) -> Any:
    async def handler(ws: HandlerEnd) -> None:
        await ws.close(*arguments)
        ws.expect_code(expected)

    return handler
