"""WS-SERVER-01 to 09, 32 and 35: the connection scope, and the response to the handshake."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from ....errors import WebSocketClosedError, WebSocketError
from ....scope import Header
from ..._context import CheckContext
from ..._ends import HandlerEnd
from ..._steps import DeliberateError
from ..._wire_cases import MALFORMED_HEADERS
from .._check import check
from ..handshake import (
    no_subprotocol_selects_none,
    the_accepted_subprotocol_is_answered,
)


@check("WS-SERVER-01")
async def the_scope_has_the_target(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        scope = ws.arguments.scope
        path = scope["path"].removeprefix(scope.get("root_path") or "")
        context.expect("handler: scope['path'] without its root_path", "/the attic/é+%25", path)
        context.expect("handler: scope['query_string']", b"a=%20&b=%C3%A9&a", ws.arguments.server_scope["query_string"])
        await ws.accept()

    path = "/the%20attic/%C3%A9+%2525?a=%20&b=%C3%A9&a"
    async with context.connect(handler, route="/{rest:path}", path=path) as client:
        await client.expect_accepted()


async def expect_scope_headers(context: CheckContext, *names: bytes) -> None:
    """Show that the scope has the headers that the client sent, as far as they have one of these names."""
    sent = ((b"X-One", b"B"), (b"x-two", b"2"), (b"x-one", b"A"), (b"X-TWO", b"1"))

    def named(headers: Iterable[Sequence[bytes]]) -> list[Header]:
        lower = [(bytes(name).lower(), bytes(value)) for name, value in headers]
        return [(name, value) for name, value in lower if name in names]

    async def handler(ws: HandlerEnd) -> None:
        context.expect("handler: scope['headers']", named(sent), named(ws.arguments.server_scope["headers"]))
        await ws.accept()

    async with context.connect(handler, headers=sent) as client:
        await client.expect_accepted()


@check("WS-SERVER-02")
async def the_scope_has_the_headers(context: CheckContext) -> None:
    await expect_scope_headers(context, b"x-one")
    await expect_scope_headers(context, b"x-two")


async def expect_scope_subprotocols(context: CheckContext, expected: list[str], **offer: Any) -> None:
    """Show that the scope has the subprotocols that the client offers."""

    async def handler(ws: HandlerEnd) -> None:
        actual = list(ws.arguments.server_scope.get("subprotocols") or ())
        context.expect("handler: scope['subprotocols']", expected, actual)
        await ws.accept()

    async with context.connect(handler, **offer) as client:
        await client.expect_accepted()


@check("WS-SERVER-04")
async def the_scope_has_the_subprotocols(context: CheckContext) -> None:
    await expect_scope_subprotocols(context, ["b", "a", "c"], subprotocols=("b", "a", "c"))
    await expect_scope_subprotocols(context, [])


@check("WS-SERVER-32", needs=("WS-SERVER-04", "WS-SERVER-06"))
async def the_scope_has_the_subprotocols_of_every_line(context: CheckContext) -> None:
    lines = (b"b, a", b"c", b"e,d")
    headers = [(b"Sec-WebSocket-Protocol", line) for line in lines]
    await expect_scope_subprotocols(context, ["b", "a", "c", "e", "d"], headers=headers)


@check("WS-SERVER-06")
async def the_subprotocol_is_answered(context: CheckContext) -> None:
    await the_accepted_subprotocol_is_answered.function(context)
    await no_subprotocol_selects_none.function(context)


@check("WS-SERVER-35")
async def an_unreadable_handshake_ends_itself_alone(context: CheckContext) -> None:
    async def echo(ws: HandlerEnd) -> None:
        await ws.accept()
        for number in range(len(MALFORMED_HEADERS)):
            await ws.expect_receive(f"{number}")
            await ws.send(f"{number}")

    async def accepts_or_raises(ws: HandlerEnd) -> None:
        if await ws.attempt(Exception, "accept"):
            raise DeliberateError("it cannot be accepted")

    async with context.connect(echo) as client:
        await client.expect_accepted()
        for number, header in enumerate(MALFORMED_HEADERS):
            async with context.connect(accepts_or_raises, headers=[header]) as other:
                with context.step("client: handshake"), suppress(WebSocketClosedError, WebSocketError):
                    await other.peer.handshake()
            await client.send(f"{number}")
            await client.expect(f"{number}")
