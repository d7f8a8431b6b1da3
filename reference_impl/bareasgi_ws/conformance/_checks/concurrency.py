"""WS-CONCURRENCY: several tasks on one WebSocket."""

from collections.abc import Callable
from contextlib import suppress

import anyio

from ...errors import WebSocketClosedError, WebSocketStateError
from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
from ..backend import SupportsPause
from ._backpressure import (
    MEBIBYTE,
    StalledClient,
    connect_paused,
    pause_where_possible,
    receive_after_filling,
)
from ._cancelling import wait_turns
from ._check import check
from ._volume import TAKES, expect_same, receive_up_to


@check("WS-CONCURRENCY-01")
async def a_second_receive_is_rejected(context: CheckContext) -> None:
    receiving, rejected = anyio.Event(), anyio.Event()

    async def receive(ws: HandlerEnd) -> None:
        receiving.set()
        context.expect("handler: receive()", "for the first", await ws.call_held("receive"))

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(receive, ws)
            await receiving.wait()
            for _ in range(2):
                await ws.raises(WebSocketStateError, "receive")
            ws.expect_code(None)
            rejected.set()
        await ws.expect_receive("for the next")

    async with context.connect(handler) as client:
        await client.expect_accepted()
        with context.step("client: waiting for the second receive() to be rejected"):
            await rejected.wait()
        await client.send("for the first")
        await client.send("for the next")

    async def cancels_the_first(ws: HandlerEnd) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ws.receive)
            await wait_turns(3)
            await ws.raises(WebSocketStateError, "receive")
            tasks.cancel_scope.cancel()
        rejected.set()
        await ws.expect_receive("for the next")

    rejected = anyio.Event()
    async with context.connect(cancels_the_first) as client:
        await client.expect_accepted()
        with context.step("client: waiting for the second receive() to be rejected"):
            await rejected.wait()
        await client.send("for the next")


@check("WS-CONCURRENCY-02")
async def sending_works_while_a_receive_waits(context: CheckContext) -> None:
    receiving = anyio.Event()

    async def receive(ws: HandlerEnd) -> None:
        receiving.set()
        await ws.expect_receive("answer")

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(receive, ws)
            await receiving.wait()
            await ws.send("question")
            await ws.send(b"question")

    async with context.connect(handler) as client:
        await client.expect("question")
        await client.expect(b"question")
        await client.send("answer")


@check("WS-CONCURRENCY-03")
async def concurrent_sends_all_arrive(context: CheckContext) -> None:
    texts = [f"{number}" * 100 * number for number in range(10, 25)]
    messages = [*texts, *(text.encode() for text in texts)]

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            for message in messages:
                tasks.start_soon(ws.send, message)

    async with context.connect(handler) as client:
        actual = [await client.receive() for _ in messages]
        context.expect("client: the messages, sorted", sorted(messages, key=repr), sorted(actual, key=repr))


@check("WS-CONCURRENCY-04", needs=("WS-HANDSHAKE-01", "WS-CLOSE-01", "WS-CLOSE-11"))
async def close_ends_a_receive_that_waits(context: CheckContext) -> None:
    receiving = anyio.Event()

    async def receive(ws: HandlerEnd) -> None:
        receiving.set()
        await ws.expect_receive(None)

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(receive, ws)
            await receiving.wait()
            await ws.close(4000)
        ws.expect_code(4000)

    async with context.connect(handler) as client:
        await client.expect_close(4000)
        if isinstance(client.peer, SupportsPause):
            await expect_nothing_received_after_close(context)


async def expect_nothing_received_after_close(context: CheckContext) -> None:
    """Show that a receive which waits gives no message that arrives once close was called."""
    closing = anyio.Event()

    async def close(ws: HandlerEnd) -> None:
        closing.set()
        await ws.call_held("close", 4000)

    async def handler(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ws.expect_receive, None)
            await wait_turns(3)
            tasks.start_soon(close, ws)
            await sent.wait()
            await wait_turns(3)
            resume()

    sent = anyio.Event()
    async with connect_paused(context, 0, handler) as client:
        with context.step("client: waiting for close()"):
            await closing.wait()
        await client.send("late")
        sent.set()
        await client.expect_close(4000)


@check("WS-CONCURRENCY-08")
async def receiving_works_while_a_send_waits(context: CheckContext) -> None:
    async def send(ws: HandlerEnd) -> None:
        with suppress(WebSocketClosedError):
            await ws.web_socket.send(MEBIBYTE)

    async def handler(ws: HandlerEnd, turns: int, resume: Callable[[], None]) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(send, ws)
            await wait_turns(3)
            await ws.expect_receive("meanwhile")
            resume()

    async with connect_paused(context, 0, handler) as client:
        await client.send("meanwhile")
        await receive_after_filling(client)


@check("WS-CONCURRENCY-05")
async def a_second_accept_under_way_is_rejected(context: CheckContext) -> None:
    paused, accepting = anyio.Event(), anyio.Event()
    first: list[str] = []

    async def accept(ws: HandlerEnd) -> None:
        accepting.set()
        await ws.call_held("accept", "a")
        first.append("over")

    async def handler(ws: HandlerEnd) -> None:
        await paused.wait()
        was_over = False
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(accept, ws)
            await accepting.wait()
            was_over = bool(first)
            for subprotocol in (None, "b"):
                await ws.raises(WebSocketStateError, "accept", subprotocol)
            ws.expect_code(None)
            resume()
        if was_over:  # so that none was under way
            client.require(SupportsPause)
        await ws.send("open")

    async with context.connect(handler, subprotocols=("a", "b")) as client:
        resume = pause_where_possible(client)
        paused.set()
        handshake = await client.expect_accepted()
        if handshake.subprotocol is not None:  # that none is answered is WS-HANDSHAKE-02's to tell
            context.expect("client: subprotocol", "a", handshake.subprotocol)
        await client.expect("open")


@check("WS-CONCURRENCY-06", needs=("WS-CONCURRENCY-04", "WS-CLOSE-12"))
async def a_client_that_reads_nothing_cannot_hold_a_receive(context: CheckContext) -> None:
    stalled_client, ended = StalledClient(), anyio.Event()

    async def close(ws: HandlerEnd) -> None:
        await context.call_within_close_timeout("handler: close(4000)", ws.web_socket.close(4000))

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await stalled_client.fill_buffers(ws)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(close, ws)
            received = await context.call_within_close_timeout("handler: receive()", ws.web_socket.receive())
            context.expect("handler: receive()", None, received)
        ended.set()

    async with context.connect(handler) as client:
        await stalled_client.stall(client)
        await context.call_within_close_timeout("client: waiting for the handler to receive", ended.wait())
        await client.drop()


@check("WS-CONCURRENCY-07")
async def a_thousand_concurrent_sends_arrive(context: CheckContext) -> None:
    messages = sorted(map(str, range(1000)))

    async def send_all(ws: HandlerEnd) -> None:
        async with anyio.create_task_group() as tasks:
            for message in messages:
                tasks.start_soon(ws.web_socket.send, message)

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await context.call(f"handler: send() in {len(messages)} tasks", send_all(ws), TAKES)

    async def receive_all(client: ClientEnd) -> list[str]:
        return sorted(await receive_up_to(len(messages), client.peer.receive))

    async with context.connect(handler) as client:
        await expect_same(context, "client: the messages, sorted", messages, receive_all(client))
