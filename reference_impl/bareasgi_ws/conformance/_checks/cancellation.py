"""WS-CANCELLATION: what a cancelled call leaves behind."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Any, TypeAlias

import anyio

from ...errors import WebSocketClosedError, WebSocketStateError
from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
from .._steps import short_repr
from ..backend import SupportsPause
from ._backpressure import TURNS, connect_paused, receive_after_filling, require_waited, turns_for
from ._cancelling import ANYIO, TASK, Attempt, Way, cancel, wait_turns, ways
from ._check import check

Resume: TypeAlias = Callable[[], None]

CANCELLED = "cancelled " * 2**17
"""So long that its send waits, also where a short one is buffered once more."""

ARRIVALS = range(20)
"""After how many turns of the event loop the client sends: before the cancellation, at the same time, and after it."""

AMONG_ARRIVALS = 8
"""After how many turns a call is cancelled then."""


def ways_and_turns(clients: Sequence[ClientEnd] = ()) -> Iterator[tuple[Way, int]]:
    """Return every way to cancel a call, with the turns after which that is done, for one client after the other."""
    for way in ways():
        for turns in turns_for(clients, TURNS if way is ANYIO else TURNS[1:5:2]):
            yield way, turns


@check("WS-CANCELLATION-01")
async def a_cancelled_receive_loses_nothing(context: CheckContext) -> None:
    arrives_later = [(way, number, AMONG_ARRIVALS) for way, number in product(ways(), ARRIVALS)]
    is_there_already = [(way, None, turns) for way, turns in ways_and_turns()]

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        for number, (way, arrival, turns) in enumerate([*arrives_later, *is_there_already]):
            if arrival is None:
                await client.send(f"first {number}")
                await wait_turns(AMONG_ARRIVALS)
            attempt = await cancel(ws, way, turns, "receive", beside=partial(send_after, arrival, f"first {number}"))
            await client.send(f"second {number}")
            for message in (f"first {number}", f"second {number}"):
                # Whether the cancelled call may return None is for WS-CANCELLATION-05.
                actual = attempt.returned.pop() if attempt.returned not in ([], [None]) else await ws.receive()
                context.expect(f"handler: receive() after one that was cancelled by {way.name}", message, actual)
        await ws.close()

    async def send_after(turns: int | None, message: str) -> None:
        if turns is not None:
            await wait_turns(turns)
            await client.send(message)

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.expect(None)


@check("WS-CANCELLATION-02")
async def a_cancelled_send_leaves_it_open(context: CheckContext) -> None:
    calls: list[list[Any]] = []
    clients: list[ClientEnd] = []

    async def handler(way: Way, ws: HandlerEnd, turns: int, resume: Resume) -> None:
        calls.append((await cancel(ws, way, turns, "send", CANCELLED)).returned)
        resume()
        ws.expect_code(None)
        await ws.send("after")
        await ws.expect_receive("both ways")

    for way, turns in ways_and_turns(clients):
        async with connect_paused(context, turns, partial(handler, way)) as client:
            clients.append(client)
            actual = await receive_after_filling(client)
            if actual == CANCELLED:
                actual = await receive_after_filling(client)
            context.expect("client: receive()", "after", actual)
            await client.send("both ways")
    require_waited(clients, calls)
    if isinstance(clients[-1].peer, SupportsPause):
        await expect_open_after_a_send_cancelled_behind_another(context)


async def expect_open_after_a_send_cancelled_behind_another(context: CheckContext) -> None:
    """Show that messages go out after a send was cancelled that waited for the end of another one."""

    async def handler(ws: HandlerEnd, turns: int, resume: Resume) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ws.send, "first")
            await wait_turns(AMONG_ARRIVALS)
            await cancel(ws, ANYIO, turns, "send", "second")
            resume()
        await ws.send("after")

    async with connect_paused(context, AMONG_ARRIVALS, handler) as client:
        awaited = {"first", "after"}  # in which order those go out that wait is not said
        while awaited:
            actual = await client.receive()
            if actual not in (*awaited, "second"):
                context.fail("client: receive()", " or ".join(sorted(awaited)), short_repr(actual))
            awaited.discard(str(actual))


@check("WS-CANCELLATION-03", needs=("WS-HANDSHAKE-01", "WS-SEND-06", "WS-CODE-03", "WS-CODE-04"))
async def a_cancelled_close_leaves_it_closed(context: CheckContext) -> None:
    calls: list[list[Any]] = []
    clients: list[ClientEnd] = []

    async def closes(way: Way, ws: HandlerEnd, turns: int, resume: Resume) -> None:
        calls.append((await cancel(ws, way, turns, "close", 4000)).returned)
        resume()
        ws.expect_code(4000)
        await ws.raises(WebSocketClosedError, "send", "late")

    async def rejects(way: Way, ws: HandlerEnd, turns: int, resume: Resume) -> None:
        await cancel(ws, way, turns, "close", 4000)
        resume()
        ws.expect_code(4000)
        await ws.raises(WebSocketStateError, "accept")

    for way, turns in ways_and_turns(clients):
        async with connect_paused(context, turns, partial(closes, way)) as client:
            clients.append(client)
            context.expect("client: receive()", None, await receive_after_filling(client))
        async with connect_paused(context, turns, partial(rejects, way), accepted=False) as client:
            await client.expect_rejected()
    require_waited(clients, calls)


@check("WS-CANCELLATION-04", needs=("WS-HANDSHAKE-01", "WS-HANDSHAKE-10"))
async def a_cancelled_accept_leaves_it_open(context: CheckContext) -> None:
    calls: list[list[Any]] = []
    clients: list[ClientEnd] = []

    async def handler(way: Way, ws: HandlerEnd, turns: int, resume: Resume) -> None:
        calls.append((await cancel(ws, way, turns, "accept")).returned)
        resume()
        await ws.raises(WebSocketStateError, "accept")
        ws.expect_code(None)
        await ws.close(4000)
        ws.expect_code(4000)

    for way, turns in ways_and_turns(clients):
        async with connect_paused(context, turns, partial(handler, way), accepted=False) as client:
            clients.append(client)
            if (await client.handshake()).status == 101:
                await client.receive()  # so that both do not close at once, for which there is WS-SERVER-30
    require_waited(clients, calls)


@check("WS-CANCELLATION-05")
async def a_cancellation_goes_on(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        if context.library == "asyncio":  # where a task that is to go on already can be cancelled still
            await receive_as_a_message_arrives(ws)
        for way in ways():
            expect_goes_on(ws, way, await cancel(ws, way, 3, "receive"))

    async def receive_as_a_message_arrives(ws: HandlerEnd) -> None:
        for arrival in ARRIVALS:
            sending = partial(send_after, arrival)
            attempt = await cancel(ws, TASK, AMONG_ARRIVALS, "receive", beside=sending)
            expect_goes_on(ws, TASK, attempt)
            await client.send("after it")
            for _ in range(1 if attempt.returned else 2):  # whether it is lost is for WS-CANCELLATION-01
                if await ws.receive() == "after it":
                    break

    async def send_after(turns: int) -> None:
        await wait_turns(turns)
        await client.send("arrives")

    async with context.connect(handler) as client:
        await client.expect_accepted()
        await client.expect(None)
        paused = isinstance(client.peer, SupportsPause)
    if paused:
        for accepted, way in product((True, False), ways()):
            await expect_each_goes_on(context, way, accepted)


async def expect_each_goes_on(context: CheckContext, way: Way, accepted: bool) -> None:
    """Show that a cancellation of each call that waits for the client goes on."""

    async def handler(method: str, ws: HandlerEnd, turns: int, resume: Resume) -> None:
        arguments = ("cancelled",) if method == "send" else ()
        try:
            expect_goes_on(ws, way, await cancel(ws, way, turns, method, *arguments))
        finally:
            cancelled.set()
            resume()

    for method in ("send", "close") if accepted else ("accept", "close"):
        cancelled = anyio.Event()
        async with connect_paused(context, 3, partial(handler, method), accepted=accepted):
            with context.step("client: waiting for the cancellation"):
                await cancelled.wait()


def expect_goes_on(ws: HandlerEnd, way: Way, attempt: Attempt) -> None:
    """Show that a call which was cancelled ended by that, where it did not return before."""
    if attempt.went_on or attempt.taken_back or attempt.raised is not None:
        ws.context.fail(f"handler: what was cancelled by {way.name}", "the cancellation", attempt.result)
