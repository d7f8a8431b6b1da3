"""The two ends of a connection as a check drives them: each call a step of the check."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Protocol, TypeVar, runtime_checkable

import anyio
import anyio.lowlevel

from .._rules.arguments import error_line
from ..errors import WebSocketClosedError
from ..testing.client import Handshake
from ._explanation import whole
from ._steps import NO_EXCEPTION, DeliberateError, Failure, Steps, short_repr
from .backend import (
    Peer,
    SupportsInject,
    SupportsPause,
    SupportsRejectedCodes,
    SupportsServerError,
    SupportsServerException,
    SupportsWrite,
)

T = TypeVar("T")
_NONE: Mapping[str, Any] = {}


EXPLAINING = 1.0
"""How long the server may take to tell what explains a failure, in seconds."""

SERVER_SCOPE = "bareasgi_ws.server_scope"
"""The item of a handler's scope that has the server's own: the reference puts right what is wrong in that."""


@runtime_checkable
class SupportsStall(Protocol):
    """A peer that can stop reading what arrives on its socket."""

    def stall(self) -> Callable[[], None]:
        """Read nothing more, until what is returned is called."""
        ...


class HandlerArguments(NamedTuple):
    """What a handler was called with, beside the web_socket."""

    scope: Mapping[str, Any]
    info: Any
    matches: Mapping[str, Any]

    @property
    def server_scope(self) -> Mapping[str, Any]:
        """The scope as the server made it, where that is known."""
        scope: Mapping[str, Any] = self.scope.get(SERVER_SCOPE, self.scope)
        return scope


class HandlerEnd:
    """The handler's end: each call a step that is to return, or to raise."""

    def __init__(self, context: Steps, web_socket: Any, arguments: HandlerArguments) -> None:
        """Make the end of a web_socket."""
        self.context = context
        self.web_socket = web_socket
        self.arguments = arguments

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        """Accept."""
        await self.call("accept", *_without_defaults(subprotocol, headers))

    async def receive(self) -> Any:
        """Receive."""
        return await self.call("receive")

    async def send(self, content: Any) -> None:
        """Send."""
        await self.call("send", content)

    async def close(self, *code: Any) -> None:
        """Close."""
        await self.call("close", *code)

    async def call(self, method: str, *arguments: Any, **named: Any) -> Any:
        """Call a method that is to return."""
        return await self.context.call(_step("handler", method, arguments, named), self._call(method, arguments, named))

    async def call_held(self, method: str, *arguments: Any) -> Any:
        """Call a method that the check holds up: what it does meanwhile reaches its own deadline first."""
        step = _step("handler", method, arguments)
        return await self.context.call(step, self._call(method, arguments), 2 * self.context.deadline)

    async def raises(self, error: type[Exception], method: str, *arguments: Any) -> None:
        """Call a method that is to raise."""
        await self.context.raises(_step("handler", method, arguments), error, self._call(method, arguments))

    async def raises_unchanged(self, error: type[Exception], method: str, *arguments: Any) -> None:
        """Call a method that is to raise, and show that code is what it was before."""
        before = self.code_or_error()
        await self.raises(error, method, *arguments)
        self.context.expect("handler: code", before, self.code_or_error())

    def expect_code(self, expected: int | None) -> None:
        """Compare the close code; it is to be a plain int or None."""
        try:
            actual = self.web_socket.code
        except Exception as error:
            self.context.fail("handler: code", repr(expected), error_line(error))
        else:
            self.context.expect("handler: code", expected, actual)

    def expect_reported_code(self, client: "ClientEnd") -> None:
        """Compare the close code with the server's report, where the peer knows it; else it is to be a plain int."""
        event = client.peer.reported if isinstance(client.peer, SupportsInject) else None
        if event is not None:
            self.expect_code(1005 if event.get("code") is None else int(event["code"]))
        elif type(self.web_socket.code) is not int:
            self.context.fail("handler: code", "a plain int", short_repr(self.web_socket.code))

    async def expect_receive(self, expected: Any) -> None:
        """Receive, and compare what came."""
        self.context.expect("handler: receive()", expected, await self.receive())

    async def attempt(self, error: type[Exception], method: str, *arguments: Any) -> Exception | None:
        """Call a method that may return or raise; return what it raised."""
        raised: list[Exception] = []

        async def call() -> Any:
            try:
                return await self._call(method, arguments)
            except error as caught:
                raised.append(caught)

        expected = f"{NO_EXCEPTION}, or {error.__name__}"
        await self.context.call(_step("handler", method, arguments), call(), expected=expected)
        return raised[0] if raised else None

    async def send_until_error(self) -> Exception | None:
        """Send until that raises; return the error, or None where the server never tells that the client has gone."""
        for _ in range(20):  # the first goes out on TCP, and what tells comes back after it
            error = await self.attempt(WebSocketClosedError, "send", "late")
            if error is not None:
                return error
            await anyio.lowlevel.checkpoint()
        return None

    def match(self, name: str) -> Any:
        """Return what a variable of the route matched."""
        matches = self.arguments.matches
        if name not in matches:
            self.context.fail("handler: matches", f"a value of {name!r}", short_repr(dict(matches)))
        return matches[name]

    def require(self, capability: type[T]) -> T:
        """Return the web_socket as one with the capability, where it has that."""
        return self.context.require("web_socket", self.web_socket, capability)

    def code_or_error(self) -> Any:
        """Return the code, or what reading it raises: whether it is the right one, WS-CODE tells."""
        try:
            return self.web_socket.code
        except Exception as error:
            return error_line(error)

    async def _call(self, method: str, arguments: tuple[Any, ...], named: Mapping[str, Any] = _NONE) -> Any:
        # A coroutine of its own, so that what is raised before anything is awaited is the step's too.
        return await getattr(self.web_socket, method)(*arguments, **named)


class ClientEnd:
    """The client's end: each call a step that is to return."""

    def __init__(self, context: Steps, peer: Peer) -> None:
        """Make the end of a peer."""
        self.context = context
        self.peer = peer

    async def handshake(self) -> Handshake:
        """Wait for the response to the handshake request."""
        response = await self._call("client: handshake", self.peer.handshake())
        return response._replace(status=int(response.status))

    async def expect_accepted(self) -> Handshake:
        """Wait for a response that accepts."""
        return await self.expect_status(101)

    async def expect_status(self, *statuses: int) -> Handshake:
        """Wait for the response, and compare its status: one of these."""
        handshake = await self.handshake()
        if handshake.status not in statuses:
            expected = " or ".join(map(str, statuses))
            why = await self._server_error() if handshake.status >= 500 else ()
            self.context.fail("client: status of the handshake", expected, str(handshake.status), why)
        return handshake

    async def expect_rejected(self) -> None:
        """Wait for a response that rejects."""
        handshake = await self.handshake()
        if handshake.status == 101:
            self.context.fail("client: status of the handshake", "a rejection", "101")

    async def send(self, content: bytes | str) -> None:
        """Send."""
        await self._call(_step("client", "send", (content,)), self.peer.send(content))

    async def expect(self, expected: bytes | str | None) -> None:
        """Receive, and compare what came; None for the end."""
        actual = await self.receive()
        if actual is None and expected is not None:
            why = await self._server_error()
            self.context.fail("client: receive()", short_repr(expected), "returned None", why)
        self.context.expect("client: receive()", expected, actual)

    async def receive(self) -> bytes | str | None:
        """Receive."""
        return await self._call("client: receive()", self.peer.receive())

    async def expect_close(self, code: int, *, exact: bool = False) -> None:
        """Receive nothing more, and compare the close code: 1000 will do where the server rejects it, unless exact."""
        await self.expect(None)
        actual = None if self.peer.code is None else int(self.peer.code)
        if not exact and isinstance(self.peer, SupportsRejectedCodes) and self.peer.rejects(code) and actual != code:
            code = 1000
        if actual != code:
            self.context.fail("client: close code", str(code), str(actual), await self._server_error())

    async def close(self, *arguments: Any) -> None:
        """Close."""
        await self._call(_step("client", "close", arguments), self.peer.close(*arguments))

    async def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        await self._call(_step("client", "write", (data,)), self.require(SupportsWrite).write(data))

    def stall(self) -> Callable[[], None]:
        """Stop reading; return what has it read again."""
        if isinstance(self.peer, SupportsStall):
            return self.peer.stall()
        peer = self.require(SupportsPause)
        peer.pause()
        return peer.resume

    async def drop(self) -> None:
        """Lose the connection."""
        await self._call("client: drop()", self.peer.drop())

    async def _call(self, step: str, awaitable: Awaitable[T]) -> T:
        try:
            return await self.context.call(step, awaitable)
        except Failure as failure:
            if failure.expected == NO_EXCEPTION:
                failure.explanation += await self._server_error()
            raise

    async def _server_error(self) -> tuple[str, ...]:
        """Ask what reached the server, to explain that it ended the connection; nothing that the check itself did."""
        lines: tuple[str, ...] = ()
        with anyio.move_on_after(EXPLAINING), suppress(Exception):
            lines = await _server_error_lines(self.peer)
        return tuple(f"the server got {line}" if number == 0 else line for number, line in enumerate(lines))

    def require(self, capability: type[T]) -> T:
        """Return the peer as one with the capability, where it has that."""
        return self.context.require("peer", self.peer, capability)


def _without_defaults(*arguments: Any) -> tuple[Any, ...]:
    """Leave out trailing Nones, so that defaults are tried too."""
    while arguments and arguments[-1] is None:
        arguments = arguments[:-1]
    return arguments


async def _server_error_lines(peer: Peer) -> tuple[str, ...]:
    if isinstance(peer, SupportsServerException):
        error = await peer.server_exception()
        return () if error is None or isinstance(error, DeliberateError | Failure) else whole(error)
    text = await peer.server_error() if isinstance(peer, SupportsServerError) else None
    own = (DeliberateError.__name__, Failure.__name__)
    return () if text is None or text.startswith(own) else tuple(text.splitlines())


def _step(side: str, method: str, arguments: tuple[Any, ...], named: Mapping[str, Any] = _NONE) -> str:
    texts = [*map(short_repr, arguments), *(f"{name}={short_repr(value)}" for name, value in named.items())]
    return f"{side}: {method}({', '.join(texts)})"
