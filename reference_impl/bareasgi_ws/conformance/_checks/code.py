"""WS-CODE: the close code."""

from enum import IntEnum
from typing import Any

import anyio

from ..._spec.errors import WebSocketClosedError
from .._ends import Actor, Client
from .._stage import Stage
from ..backend import CanInject
from ..check import check


class Own(IntEnum):
    """Codes as members of an enumeration, as some servers report them."""

    GIVEN = 4007
    REPORTED = 4008


async def reads(stage: Stage, expected: int, event: dict[str, Any]) -> None:
    """Show which code the handler reads after the server's report."""

    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_code(expected)

    async with stage.connect(handler) as client:
        await client.accepted()
        client.offering(CanInject).inject(event)


def reported(client: Client, sent: int) -> int:
    """Give the code that the server reported, where the peer knows it, else the one that was sent."""
    event = client.peer.reported if isinstance(client.peer, CanInject) else None
    return sent if event is None else 1005 if event.get("code") is None else int(event["code"])


@check("WS-CODE-01")
async def none_before_accept(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        ws.expect_code(None)
        await ws.accept()

    async with stage.connect(handler) as client:
        await client.accepted()


@check("WS-CODE-02")
async def none_while_open(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        ws.expect_code(None)
        await ws.expect_receive("a")
        await ws.send("b")
        ws.expect_code(None)

    async with stage.connect(handler) as client:
        await client.accepted()
        await client.send("a")
        await client.expect("b")


@check("WS-CODE-03")
async def the_handlers_own_code(stage: Stage) -> None:
    for code in (*range(1000, 1004), *range(1007, 1015), 3000, 4001, 4999):  # each that may be sent
        async with stage.connect(_closer(code)) as client:
            await client.accepted()


@check("WS-CODE-04")
async def the_code_of_a_refusal(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.close(4002)
        ws.expect_code(4002)

    async with stage.connect(handler) as client:
        await client.handshake()


@check("WS-CODE-05", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05"))
async def the_reported_code(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_code(reported(client, 4003))

    async with stage.connect(handler) as client:
        await client.accepted()
        await client.close(4003)


@check("WS-CODE-06")
async def no_reported_code_reads_as_1005(stage: Stage) -> None:
    await reads(stage, 1005, {"type": "websocket.disconnect"})
    await reads(stage, 1005, {"type": "websocket.disconnect", "code": None})


@check("WS-CODE-07", needs=("WS-HANDSHAKE-01", "WS-CODE-03", "WS-CODE-05"))
async def the_first_close_decides(stage: Stage) -> None:
    async def closes_second(ws: Actor) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        await ws.close(4005)
        ws.expect_code(reported(client, 4004))

    async def closes_first(ws: Actor) -> None:
        await ws.accept()
        await ws.close(4006)
        await ws.expect_receive(None)
        await ws.close(1000)
        ws.expect_code(4006)

    async with stage.connect(closes_second) as client:
        await client.accepted()
        await client.close(4004)
    async with stage.connect(closes_first) as client:
        await client.accepted()


@check("WS-CODE-08", needs=("WS-HANDSHAKE-01", "WS-CODE-03"))
async def always_a_plain_int(stage: Stage) -> None:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.close(Own.GIVEN)
        ws.expect_code(4007)

    async with stage.connect(handler) as client:
        await client.accepted()
    await reads(stage, 4008, {"type": "websocket.disconnect", "code": Own.REPORTED})


@check("WS-CODE-09", needs=("WS-HANDSHAKE-01", "WS-CODE-05"))
async def the_report_is_what_was_sent(stage: Stage) -> None:
    for code in (1000, 1001, 3000, 4009):
        async with stage.connect(_reader(code)) as client:
            await client.accepted()
            await client.close(code)


@check("WS-CODE-10", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-08"))
async def a_lost_connection_is_reported_as_1006(stage: Stage) -> None:
    async with stage.connect(_reader(1006)) as client:
        await client.accepted()
        await client.drop()


@check("WS-CODE-11", needs=("WS-HANDSHAKE-01", "WS-SEND-11"))
async def none_until_the_end_was_received(stage: Stage) -> None:
    gone = anyio.Event()

    async def handler(ws: Actor) -> None:
        await ws.accept()
        await gone.wait()
        await ws.attempt(WebSocketClosedError, "send", "late")
        ws.expect_code(None)
        await ws.expect_receive("one")
        ws.expect_code(None)
        await ws.expect_receive(None)
        ws.expect_code(reported(client, 1006))

    async with stage.connect(handler) as client:
        await client.accepted()
        await client.send("one")
        await client.drop()
        gone.set()


def _reader(code: int) -> Any:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ws.expect_code(code)

    return handler


def _closer(code: int) -> Any:
    async def handler(ws: Actor) -> None:
        await ws.accept()
        await ws.close(code)
        ws.expect_code(code)

    return handler
