"""WS-LIFETIME: how a handler is called, and what happens when it ends."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import anyio

from .._context import CheckContext
from .._ends import ClientEnd, HandlerEnd
from .._steps import DeliberateError
from ..backend import SupportsCancel, SupportsCancelled, SupportsPause, SupportsServerError
from ._backpressure import StalledClient
from ._check import check


async def expect_no_error(client: ClientEnd) -> None:
    """Show that nothing reached the server's log, where the peer can tell."""
    if isinstance(client.peer, SupportsServerError):
        await client.close()
        error = await client.context.call("client: server_error()", client.peer.server_error())
        client.context.expect("client: server_error()", None, error)


@asynccontextmanager
async def connect_and_close(
    context: CheckContext, handler: Callable[[HandlerEnd, anyio.Event], Awaitable[None]]
) -> AsyncGenerator[ClientEnd]:
    """Close from the client once the handler has accepted; the handler is given an event that is set then."""
    accepted, closed = anyio.Event(), anyio.Event()

    async def accepting_handler(ws: HandlerEnd) -> None:
        await ws.accept()
        accepted.set()
        await handler(ws, closed)

    async with context.connect(accepting_handler) as client:
        await client.expect_accepted()
        with context.step("client: waiting for accept() to return"):
            await accepted.wait()
        await client.close(1001)
        closed.set()
        yield client


@check("WS-LIFETIME-01")
async def the_handler_gets_its_four_arguments(context: CheckContext) -> None:
    info = {"key": object()}

    async def with_variables(ws: HandlerEnd) -> None:
        scope, actual_info, matches = ws.arguments
        context.expect("handler: scope['type']", "websocket", scope["type"])
        path = scope["path"].removeprefix(scope.get("root_path") or "")
        context.expect("handler: scope['path'] without its root_path", "/room/the attic", path)
        context.expect("handler: scope['query_string']", b"a=%20&b", scope.get("query_string"))
        context.expect("handler: scope['subprotocols']", ["b", "a"], list(scope.get("subprotocols") or ()))
        actual = [value for name, value in scope["headers"] if name == b"x-one"]
        context.expect("handler: x-one in scope['headers']", [b"1", b"2"], actual)
        context.expect("handler: info is the application's own, the very object", True, actual_info is info)
        context.expect("handler: matches", {"name": "the attic"}, dict(matches))
        await ws.accept()

    async def without_variables(ws: HandlerEnd) -> None:
        context.expect("handler: matches", {}, dict(ws.arguments.matches))
        await ws.accept()

    request: dict[str, Any] = {"subprotocols": ("b", "a"), "headers": ((b"X-One", b"1"), (b"x-one", b"2"))}
    path = "/room/the%20attic?a=%20&b"
    async with context.connect(with_variables, route="/room/{name}", path=path, info=info, **request) as client:
        await client.expect_accepted()
    async with context.connect(without_variables) as client:
        await client.expect_accepted()
    infos: list[Any] = [set(), {}, [], 0, "", False, dict, lambda: "made", ["a", {"b": "c"}]]
    for one in infos:
        await expect_info(context, one)


async def expect_info(context: CheckContext, info: object) -> None:
    """Show that a handler is given the very info, at each of its connections."""

    async def handler(ws: HandlerEnd) -> None:
        if ws.arguments.info is not info:
            context.fail("handler: info", f"the application's own {info!r}, the very object", repr(ws.arguments.info))
        await ws.accept()

    async with context.serve(handler, info=info) as connect:
        for _ in range(2):
            async with connect() as client:
                await client.expect_accepted()


@check("WS-LIFETIME-02", needs=("WS-CLOSE-03",))
async def returning_without_accepting_rejects(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None: ...

    async with context.connect(handler) as client:
        await client.expect_status(403)
        await expect_no_error(client)


@check("WS-LIFETIME-03", needs=("WS-HANDSHAKE-01", "WS-CLOSE-01", "WS-CLOSE-03"))
async def returning_while_open_closes(context: CheckContext) -> None:
    async def while_open(ws: HandlerEnd) -> None:
        await ws.accept()

    async def after_its_close(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(4000)

    async def after_its_rejection(ws: HandlerEnd) -> None:
        await ws.close(4000)

    for handler, code in ((while_open, 1000), (after_its_close, 4000)):
        async with context.connect(handler) as client:
            await client.expect_close(code)
            await expect_no_error(client)
    async with context.connect(after_its_rejection) as client:
        await client.expect_status(403)
        await expect_no_error(client)


@asynccontextmanager
async def connect_and_cancel(
    context: CheckContext, handler: Callable[[HandlerEnd], Awaitable[None]], dropped: anyio.Event | None = None
) -> AsyncGenerator[ClientEnd]:
    """Cancel a handler while it waits, once it has come to its end, for which the client drops where that is asked."""
    waiting, cancelled = anyio.Event(), anyio.Event()

    async def waiting_handler(ws: HandlerEnd) -> None:
        await handler(ws)
        waiting.set()
        try:
            await anyio.sleep_forever()
        except anyio.get_cancelled_exc_class():
            cancelled.set()
            raise

    async with context.connect(waiting_handler) as client:
        peer = client.require(SupportsCancel)
        if dropped is not None:
            await client.expect_accepted()
            await client.drop()
            dropped.set()
        with context.step("client: waiting for the handler"):
            await waiting.wait()
        peer.cancel()
        yield client
        with context.step("handler: its cancellation"):
            await cancelled.wait()


async def before_accept(ws: HandlerEnd) -> None:
    """Do nothing."""


async def accept(ws: HandlerEnd) -> None:
    """Accept."""
    await ws.accept()


@check("WS-LIFETIME-07")
async def a_cancelled_handler_goes_away(context: CheckContext) -> None:
    async with connect_and_cancel(context, accept) as client:
        if context.library == "trio":  # nothing can be sent there without shielding
            await client.expect(None)
        else:
            await client.expect_close(1001)
    if context.library == "asyncio":
        async with connect_and_cancel(context, before_accept) as client:
            await client.expect_status(*range(400, 500))  # that it is 403 is for WS-CLOSE-03


@check("WS-LIFETIME-18")
async def a_cancellation_goes_on(context: CheckContext) -> None:
    dropped = anyio.Event()

    async def after_its_close(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close()

    async def after_its_rejection(ws: HandlerEnd) -> None:
        await ws.close()

    async def after_a_failed_send(ws: HandlerEnd) -> None:
        await ws.accept()
        await dropped.wait()
        await ws.attempt(Exception, "send", "late")

    for handler in (before_accept, accept, after_its_close, after_its_rejection, after_a_failed_send):
        event = dropped if handler is after_a_failed_send else None
        async with connect_and_cancel(context, handler, event) as client:
            peer = client.require(SupportsCancelled)
            went_on = await context.call("client: cancelled()", peer.cancelled())
            context.expect("client: cancelled()", True, went_on)


@check("WS-LIFETIME-09", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05", "WS-CLOSE-05", "WS-CLOSE-06"))
async def ending_after_the_client_ends_well(context: CheckContext) -> None:
    closed_before_accept = anyio.Event()

    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        while (text := await ws.receive()) is not None:
            await ws.send(f"You said: {text}")
        await ws.close()

    async def returns_without_accepting(ws: HandlerEnd) -> None:
        await closed_before_accept.wait()

    async def returns_after_receive(ws: HandlerEnd, closed: anyio.Event) -> None:
        await ws.expect_receive(None)

    async def returns_without_receive(ws: HandlerEnd, closed: anyio.Event) -> None:
        await closed.wait()

    async with context.connect(closes) as client:
        await client.send("hello")
        await client.expect("You said: hello")
        await client.close(1001)
        await expect_no_error(client)
    async with context.connect(returns_without_accepting) as client:
        await client.close()
        closed_before_accept.set()
        await expect_no_error(client)
    for handler in (returns_after_receive, returns_without_receive):
        async with connect_and_close(context, handler) as client:
            await expect_no_error(client)


async def await_cancelled_future() -> None:
    """Raise what asyncio raises for a future that was cancelled."""
    import asyncio

    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    future.cancel()
    await future


async def await_cancelled_task() -> None:
    """Raise what asyncio raises for a task that was cancelled."""
    import asyncio

    task = asyncio.ensure_future(asyncio.sleep(0))
    task.cancel()
    await task


class DeliberateTimeoutError(DeliberateError, TimeoutError):
    """What a handler's own timeout raises on purpose."""


async def raise_own_timeout() -> None:
    """Raise what a timeout raises, for which its library has cancelled what is within it."""
    with anyio.move_on_after(0):
        await anyio.sleep_forever()
    raise DeliberateTimeoutError("boom")


@contextmanager
def null_log_handler() -> Generator[None]:
    """Have the reference's own word of such an error go to the handlers that there are, and to no last resort."""
    logger, handler = logging.getLogger("bareasgi_ws"), logging.NullHandler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


async def expect_server_error(client: ClientEnd) -> None:
    """Show that what ended the handler reached its server, where the peer is that close to it; else a log may not."""
    if isinstance(client.peer, SupportsCancelled) and isinstance(client.peer, SupportsServerError):
        error = await client.context.call("client: server_error()", client.peer.server_error())
        if error is None:
            client.context.fail("client: server_error()", "what ended the handler", "None")


async def expect_handled_as_exception(context: CheckContext, raise_error: Callable[[], Awaitable[None]]) -> None:
    """Show that what is raised in a handler ends it with a response of 500, or a close with 1011."""
    statuses = {500, 403}

    async def before_accept(ws: HandlerEnd) -> None:
        if "websocket.http.response" in (ws.arguments.scope.get("extensions") or {}):
            statuses.discard(403)
        await raise_error()

    async def while_open(ws: HandlerEnd) -> None:
        await ws.accept()
        await raise_error()

    async with context.connect(before_accept) as client:
        await client.handshake()
        await client.expect_status(*statuses)
        await expect_server_error(client)
    async with context.connect(while_open) as client:
        await client.expect_close(1011)
        await expect_server_error(client)


@check("WS-LIFETIME-11", needs=("WS-LIFETIME-04", "WS-LIFETIME-05", "WS-LIFETIME-06"))
async def a_cancellation_that_nobody_asked_for_is_an_error(context: CheckContext) -> None:
    await expect_handled_as_exception(context, raise_own_timeout)
    if context.library == "asyncio":  # on trio only what cancels can raise Cancelled
        with null_log_handler():
            await expect_handled_as_exception(context, await_cancelled_future)
            await expect_handled_as_exception(context, await_cancelled_task)

    async def goes_on(ws: HandlerEnd) -> None:
        await ws.accept()
        with anyio.move_on_after(0):
            await anyio.sleep_forever()
        await ws.send("still open")

    async with context.connect(goes_on) as client:
        await client.expect("still open")


@check("WS-LIFETIME-12", needs=("WS-CLOSE-12",))
async def a_client_that_reads_nothing_cannot_hold_a_handlers_end(context: CheckContext) -> None:
    async with anyio.create_task_group() as tasks:  # at once, for each waits for the close timeout
        for error in (None, DeliberateError("boom")):
            tasks.start_soon(expect_end_for_stalled_client, context, error)


async def expect_end_for_stalled_client(context: CheckContext, error: Exception | None) -> None:
    """Show that a handler comes to its end, by an error or without one, although its client reads nothing."""
    stalled_client = StalledClient()

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await stalled_client.fill_buffers(ws)
        if error is not None:
            raise error

    async with context.connect(handler) as client:
        client.require(SupportsPause)  # over a socket nobody can tell when the backend is done
        peer = client.require(SupportsServerError)
        await stalled_client.stall(client)
        await context.call_within_close_timeout("client: waiting for the handler's end", peer.server_error())
        await client.drop()
