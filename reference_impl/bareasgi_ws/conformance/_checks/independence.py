"""WS-INDEPENDENCE: several connections, at once and one after the other."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import anyio

from ...capabilities import SupportsCloseReason
from .._context import CheckContext, ConnectClient
from .._ends import ClientEnd, HandlerEnd, SupportsStall
from .._steps import FILL_TIMEOUT, DeliberateError
from ..backend import SupportsPause
from ._backpressure import StalledClient
from ._cancelling import wait_turns
from ._check import check
from .receive import UNTIL_ARRIVED

SEVERAL = 12
"""So many connections are more than a pool of a few workers serves."""


async def echo(ws: HandlerEnd) -> None:
    """Send back what comes; an end that is told wrongly is another requirement's."""
    await ws.accept()
    while message := await ws.receive():
        await ws.send(message)


async def expect_echo(connect: ConnectClient) -> None:
    """Show that another connection is served meanwhile."""
    async with connect(path="/echo") as other:
        await other.expect_accepted()
        await other.send("is anybody there?")
        await other.expect("is anybody there?")


@check("WS-INDEPENDENCE-01", needs=("WS-HANDSHAKE-01", "WS-RECEIVE-05"))
async def one_that_waits_does_not_hold_up_another(context: CheckContext) -> None:
    go_on = anyio.Event()

    async def waits_before_accept(ws: HandlerEnd) -> None:
        if ws.match("name") == "echo":
            await echo(ws)
        else:
            waiting.set()
            await go_on.wait()

    async with context.serve(waits_before_accept, route="/{name}") as connect, AsyncExitStack() as connections:
        for _ in range(SEVERAL):
            waiting = anyio.Event()
            await connections.enter_async_context(connect(path="/waits"))
            with context.step("client: waiting for the handler"):
                await waiting.wait()
        await expect_echo(connect)
        go_on.set()
    async with context.serve(echo, route="/{name}") as connect, connect(path="/receives") as client:
        await client.expect_accepted()
        await expect_echo(connect)
    if isinstance(client.peer, SupportsPause | SupportsStall):
        await expect_no_wait_for_a_stalled_client(context)
    if isinstance(client.peer, SupportsPause):
        await expect_no_wait_for_a_close(context)


async def expect_no_wait_for_a_close(context: CheckContext) -> None:
    """Show that a close which waits for its client holds up no other."""
    closed: list[str] = []
    waits: list[bool] = []
    closing, go_on = anyio.Event(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        name = ws.match("name")
        await ws.accept()
        await (go_on if name == "stalls" else closing).wait()
        closing.set()
        if name == "reads":
            await wait_turns(UNTIL_ARRIVED)
            waits.append("stalls" not in closed)
        with suppress(Exception):
            await ws.web_socket.close()
        closed.append(name)

    # The close of a client that reads nothing may be given up meanwhile, on a machine that is busy.
    for _ in range(3):
        closed, closing, go_on = [], anyio.Event(), anyio.Event()
        async with context.serve(handler, route="/{name}") as connect, connect(path="/stalls") as stalled:
            await stalled.expect_accepted()
            stalled.require(SupportsPause).pause()
            go_on.set()
            async with connect(path="/reads") as client:
                await client.expect_close(1000)
            stalled.require(SupportsPause).resume()
        if closed[0] == "reads" or not waits[-1]:
            return
    context.fail("handler: close()", "an end before that of a connection that waits", "one after it")


async def expect_no_wait_for_a_stalled_client(context: CheckContext) -> None:
    """Show that a send to a client that reads nothing holds up no other."""
    stalled_client = StalledClient()

    async def handler(ws: HandlerEnd) -> None:
        if ws.match("name") == "echo":
            await echo(ws)
            return
        await ws.accept()
        await stalled_client.send_until_lost(ws)

    async with context.serve(handler, route="/{name}") as connect, connect(path="/stalls") as client:
        await stalled_client.stall(client)
        with context.step("client: waiting for a send() that waits", extra=FILL_TIMEOUT):
            await stalled_client.until_a_send_waits()
        await expect_echo(connect)
        if isinstance(client.peer, SupportsPause):
            client.peer.resume()
        await client.drop()


@check("WS-INDEPENDENCE-02", needs=("WS-INDEPENDENCE-01",))
async def each_has_its_own_messages(context: CheckContext) -> None:
    async with context.serve(echo) as connect, AsyncExitStack() as connections:
        clients = [await connections.enter_async_context(connect()) for _ in range(3)]
        for client in clients:
            await client.expect_accepted()
        for number in range(3):  # nobody reads before all have sent
            for index, client in reversed([*enumerate(clients)]):
                await client.send(f"{number} of client {index}")
                await client.send(f"{number} of client {index}".encode())
        for number in range(3):
            for index, client in enumerate(clients):
                await client.expect(f"{number} of client {index}")
                await client.expect(f"{number} of client {index}".encode())
    await expect_messages_to_others(context)


class Room:
    """Connections of which each can send to another, and close it, from a task of its own.

    Attributes:
        members: The handlers' ends by their names.
        over: Set when the deaf may return.
    """

    def __init__(self, deaf: str = "") -> None:
        """Begin with no member; the deaf are those whose handlers do not receive."""
        self.members: dict[str, HandlerEnd] = {}
        self.over = anyio.Event()
        self._deaf = deaf

    async def handler(self, ws: HandlerEnd) -> None:
        """Do what the client says, such as ``send b`` or ``close b``."""
        name = ws.match("name")
        self.members[name] = ws
        await ws.accept()
        if name in self._deaf:
            await self.over.wait()
            return
        while message := await ws.receive():
            action, _, to = message.partition(" ")
            other = self.members[to or name]
            if action == "raise":
                raise DeliberateError("boom")
            if action == "fail":
                await other.attempt(Exception, "send", "late")
            elif action == "close":
                await (other.close(4001) if to else other.close())
            else:
                await other.send(f"from {name}")
            await ws.attempt(Exception, "send", "done")

    @asynccontextmanager
    async def open(self, context: CheckContext, names: str) -> AsyncGenerator[list[ClientEnd]]:
        """Connect a client for each letter."""
        async with context.serve(self.handler, route="/{name}") as connect, AsyncExitStack() as connections:
            clients = [await connections.enter_async_context(connect(path=f"/{name}")) for name in names]
            for client in clients:
                await client.expect_accepted()
            yield clients


async def expect_messages_to_others(context: CheckContext) -> None:
    """Show that what one handler sends on the web_socket of another goes to the other's client."""
    room = Room(deaf="b")
    async with room.open(context, "abc") as (first, second, third):
        for name, client in (("a", first), ("c", third)):
            await client.send("send b")
            await second.expect(f"from {name}")
            await client.expect("done")
        room.over.set()


async def expect_ends_of_others(context: CheckContext) -> None:
    """Show that one handler closes another's connection, finds it gone, or raises, and the others go on."""
    room = Room(deaf="bc")
    async with room.open(context, "abcde") as (first, second, third, fourth, fifth):
        await first.send("close b")
        await second.expect_close(4001)
        await first.expect("done")
        await third.drop()
        await first.send("fail c")
        await first.expect("done")
        await fourth.send("raise")
        await fourth.expect(None)
        await fifth.send("send e")
        await fifth.expect("from e")
        await fifth.expect("done")
        await fifth.send("close")
        await fifth.expect_close(1000)
        room.over.set()


class Visits:
    """Connections of which each has a path, a header and a subprotocol of its own, and so has what it accepts with.

    Attributes:
        handlers: The handlers' ends, in the order of the connections.
        codes: What the code of each was before accept.
    """

    def __init__(self, context: CheckContext) -> None:
        """Begin with no connection."""
        self.handlers: list[HandlerEnd] = []
        self.codes: list[Any] = []
        self._context = context
        self._leaving: list[anyio.Event] = []

    async def handler(self, ws: HandlerEnd) -> None:
        """Accept: one with its own subprotocol and headers, the next with none. Echo, and close when told to."""
        number = len(self.handlers)
        self.handlers.append(ws)
        self._leaving.append(anyio.Event())
        self.codes.append(ws.code_or_error())
        name = _name(number).encode()
        if number % 2:
            await ws.accept()
        else:
            await ws.accept(_name(number), [(b"x-name", name), (b"set-cookie", name)])
        while (message := await ws.receive()) not in ("close", "", None):
            await ws.send(message)
        await ws.close(4000 + number)
        code = ws.code_or_error()
        await self._leaving[number].wait()
        self._context.expect(f"handler: code of {_name(number)}, still", code, ws.code_or_error())

    def let_go(self, *numbers: int) -> None:
        """Let handlers return that have closed."""
        for number in numbers:
            self._leaving[number].set()

    @asynccontextmanager
    async def visit(self, connect: ConnectClient) -> AsyncGenerator[ClientEnd]:
        """Connect one more, and show that its response has nothing of another."""
        number, name = len(self.handlers), _name(len(self.handlers))
        request = {"headers": ((b"x-name", name.encode()),), "subprotocols": (name,)}
        async with connect(path=f"/{name}", **request) as client:
            handshake = await client.expect_accepted()
            values = [value for _, value in handshake.headers]
            others = [_name(other) for other in range(number)]
            found = [other for other in others if other == handshake.subprotocol or other.encode() in values]
            self._context.expect(f"client: what the response to {name} has of others", [], found)
            yield client

    def expect_own_arguments(self) -> None:
        """Show that each handler has its own scope and matches, still."""
        for number, ws in enumerate(self.handlers):
            scope, matches, name = ws.arguments.scope, ws.arguments.matches, _name(number)
            expect = self._context.expect
            headers = [value for key, value in scope["headers"] if key == b"x-name"]
            expect(f"handler: matches of {name}", {"name": name}, dict(matches))
            expect(f"handler: the path of {name}", name, scope["path"].rpartition("/")[2])
            expect(f"handler: x-name in the headers of {name}", [name.encode()], headers)
            expect(f"handler: the subprotocols of {name}", [name], list(scope["subprotocols"]))


def _name(number: int) -> str:
    return f"visit-{number}"


async def expect_open(client: ClientEnd) -> None:
    """Show that a connection is still open."""
    await client.send("still open?")
    await client.expect("still open?")


async def end_visit(client: ClientEnd) -> None:
    """Have the handler close."""
    await client.send("close")
    await client.expect(None)


@check("WS-INDEPENDENCE-03", needs=("WS-INDEPENDENCE-02",))
async def nothing_passes_from_one_to_another(context: CheckContext) -> None:
    visits = Visits(context)
    async with context.serve(visits.handler, route="/{name}") as connect:
        async with visits.visit(connect) as first:
            async with visits.visit(connect) as second, visits.visit(connect) as third:
                visits.expect_own_arguments()
                await end_visit(second)
                await expect_open(first)
                await expect_open(third)
                await end_visit(third)
                visits.let_go(1, 2)
            async with visits.visit(connect) as fourth:
                visits.expect_own_arguments()
                for client in (first, fourth):
                    await expect_open(client)
                    await end_visit(client)
                visits.let_go(0, 3)
        async with visits.visit(connect) as fifth:
            await expect_open(fifth)
            await end_visit(fifth)
            visits.let_go(4)
        visits.expect_own_arguments()
    context.expect("handler: code of each before accept()", visits.codes[:1] * 5, visits.codes)
    await expect_ends_of_others(context)
    await expect_own_offers_and_reasons(context)


async def expect_own_offers_and_reasons(context: CheckContext) -> None:
    """Show that each accepts what its own client offered, and has the reason of its own close."""
    all_there, closed = anyio.Event(), anyio.Event()

    async def handler(ws: HandlerEnd) -> None:
        name = ws.match("name")
        await all_there.wait()
        await ws.accept(name)
        await ws.receive()
        if not isinstance(ws.web_socket, SupportsCloseReason):
            return
        await ws.call("close_with_reason", 4000, name)
        if name == "first":
            await closed.wait()
        context.expect(f"handler: reason of {name}", name, ws.web_socket.reason)
        closed.set()

    async with context.serve(handler, route="/{name}") as connect, AsyncExitStack() as connections:
        names = ("first", "second")
        opening = [connect(path=f"/{name}", subprotocols=(name,)) for name in names]
        clients = [await connections.enter_async_context(one) for one in opening]
        with context.step("client: waiting for the handlers"):
            await wait_turns(UNTIL_ARRIVED)
        all_there.set()
        for name, client in zip(names, clients, strict=True):
            handshake = await client.expect_accepted()
            context.expect(f"client: subprotocol of {name}", name, handshake.subprotocol)
        for client in clients:
            await client.send("close")
        for client in clients:
            await client.expect(None)
