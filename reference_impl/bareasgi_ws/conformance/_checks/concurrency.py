"""WS-CONCURRENCY: several tasks on one WebSocket."""

import anyio

from ..._spec.errors import WebSocketStateError
from .._ends import Actor
from .._stage import Stage
from ..backend import CanPause
from ..check import check


@check("WS-CONCURRENCY-01")
async def a_second_receive_is_refused(stage: Stage) -> None:
    receiving = anyio.Event()

    async def receive(ws: Actor) -> None:
        receiving.set()
        await ws.expect_receive("for the first")

    async def handler(ws: Actor) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(receive, ws)
            await receiving.wait()
            await ws.refused(WebSocketStateError, "receive")
            await ws.send("refused")

    async with stage.connect(handler) as client:
        await client.expect("refused")
        await client.send("for the first")


@check("WS-CONCURRENCY-02")
async def sending_works_while_a_receive_waits(stage: Stage) -> None:
    receiving = anyio.Event()

    async def receive(ws: Actor) -> None:
        receiving.set()
        await ws.expect_receive("answer")

    async def handler(ws: Actor) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(receive, ws)
            await receiving.wait()
            await ws.send("question")

    async with stage.connect(handler) as client:
        await client.expect("question")
        await client.send("answer")


@check("WS-CONCURRENCY-03")
async def concurrent_sends_all_arrive(stage: Stage) -> None:
    messages = [str(number) * 100 for number in range(10, 30)]

    async def handler(ws: Actor) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            for message in messages:
                tasks.start_soon(ws.send, message)

    async with stage.connect(handler) as client:
        came = [await client.receive() for _ in messages]
        stage.expect("client: the messages, sorted", messages, sorted(map(str, came)))


@check("WS-CONCURRENCY-04", needs=("WS-HANDSHAKE-01", "WS-CLOSE-01"))
async def close_ends_a_receive_that_waits(stage: Stage) -> None:
    receiving = anyio.Event()

    async def receive(ws: Actor) -> None:
        receiving.set()
        await ws.expect_receive(None)

    async def handler(ws: Actor) -> None:
        await ws.accept()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(receive, ws)
            await receiving.wait()
            await ws.close(4000)

    async with stage.connect(handler) as client:
        await client.expect_close(4000)


@check("WS-CONCURRENCY-05")
async def a_second_accept_under_way_is_refused(stage: Stage) -> None:
    paused, accepting = anyio.Event(), anyio.Event()

    async def accept(ws: Actor) -> None:
        accepting.set()
        await ws.accept()

    async def handler(ws: Actor) -> None:
        await paused.wait()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(accept, ws)
            await accepting.wait()
            await ws.refused(WebSocketStateError, "accept")
            client.offering(CanPause).resume()

    async with stage.connect(handler) as client:
        client.offering(CanPause).pause()
        paused.set()
        await client.accepted()
