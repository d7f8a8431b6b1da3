"""Faults that fail a requirement of WS-HANDSHAKE."""

from collections.abc import Callable
from typing import Any

from bareasgi_ws import Header, WebSocketClosedError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules import arguments
from bareasgi_ws._rules.states import CLOSED, Step
from bareasgi_ws.conformance import iter_checks

from .ending import KnowsItsEnd
from .fault import web_socket_fails

NOT_ACCEPTED = ("WS-HANDSHAKE-01", "WS-LIFETIME-04", "WS-LIFETIME-08")
"""The requirements that a backend can meet though it accepts nothing."""


def changed(headers: Any, change: Callable[[bytes, bytes], Header]) -> Any:
    """Change each of the headers that is a pair of bytes."""
    if not isinstance(headers, list):
        return headers
    return [change(*header) if _is_pair(header) else header for header in headers]


def _is_pair(header: Any) -> bool:
    return isinstance(header, tuple) and list(map(type, header)) == [bytes, bytes]


@web_socket_fails(
    "WS-HANDSHAKE-01", blocks=tuple(one.requirement for one in iter_checks() if one.requirement not in NOT_ACCEPTED)
)
class AcceptsWithTheFirstMessage(DenyingWebSocket[Any]):
    """The response waits until there is something to send."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        self.answer = subprotocol, headers

    async def send(self, content: Any) -> None:
        await super().accept(*self.answer)
        await super().send(content)


@web_socket_fails("WS-HANDSHAKE-02")
class SelectsTheFirstThatWasOffered(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if subprotocol in self.subprotocols:
            subprotocol = self.subprotocols[0]
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-02")
class SelectsInLowerCase(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if subprotocol in self.subprotocols:
            subprotocol = subprotocol.lower()
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-03", blocks=("WS-HANDSHAKE-12",))
class AlwaysSelectsASubprotocol(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if subprotocol is None and self.subprotocols:
            subprotocol = self.subprotocols[0]
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-04", blocks=("WS-HANDSHAKE-12",))
class SelectsInAnyCase(DenyingWebSocket[Any]):
    """bareASGI looks at none of it; this one overlooks the case."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if isinstance(subprotocol, str) and subprotocol not in self.subprotocols:
            subprotocol = subprotocol.lower()
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-05")
class KeepsHeadersInADict(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, list(dict(arguments.accept_headers(headers)).items()))


@web_socket_fails("WS-HANDSHAKE-05")
class TakesUnderscoresForHyphens(DenyingWebSocket[Any]):
    """As CGI and WSGI, where the two are one."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        headers = changed(headers, lambda name, value: (name.replace(b"_", b"-"), value))
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-05")
class SortsTheHeaders(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers and sorted(arguments.accept_headers(headers)))


@web_socket_fails("WS-HANDSHAKE-05")
class KeepsOneCookie(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        cookies = [value for name, value in arguments.accept_headers(headers) if name == b"set-cookie"]
        others = [one for one in headers or [] if one[1] not in cookies[1:]]
        await super().accept(subprotocol, headers and others)


@web_socket_fails("WS-HANDSHAKE-05")
class SendsCookiesLast(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        checked = arguments.accept_headers(headers)
        await super().accept(subprotocol, headers and sorted(checked, key=lambda header: header[0] == b"set-cookie"))


@web_socket_fails("WS-HANDSHAKE-05")
class SendsSoManyHeadersAndNoMore(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers and arguments.accept_headers(headers)[:32])


@web_socket_fails("WS-HANDSHAKE-06")
class LetsALastLineBreakThrough(DenyingWebSocket[Any]):
    """A pattern that ends in ``$`` matches before a line break at the end."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        headers = changed(headers, lambda name, value: (name.removesuffix(b"\n"), value))
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-07")
class CleansHeaderValues(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        headers = changed(headers, lambda name, value: (name, value.translate(None, b"\r\n\0")))
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-08", blocks=("WS-HANDSHAKE-12",))
class LeavesOutTheProtocolsOwn(DenyingWebSocket[Any]):
    """As daphne and granian, which leave out every header."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if isinstance(headers, list):
            headers = [header for header in headers if not (_is_pair(header) and self._is_own(header[0].lower()))]
        await super().accept(subprotocol, headers)

    def _is_own(self, name: bytes) -> bool:
        return name in arguments.HANDSHAKE_OWN or name.startswith(b"sec-websocket-")


@web_socket_fails("WS-HANDSHAKE-09")
class TakesADictOfHeaders(DenyingWebSocket[Any]):
    """As bareASGI, which takes anything."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, list(headers.items()) if isinstance(headers, dict) else headers)


@web_socket_fails("WS-HANDSHAKE-10", blocks=("WS-CANCELLATION-04",))
class ASecondAcceptDoesNothing(DenyingWebSocket[Any]):
    accepted = False

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self.accepted and self.state != CLOSED:
            return
        await super().accept(subprotocol, headers)
        self.accepted = True


@web_socket_fails(
    "WS-HANDSHAKE-11", blocks=("WS-CAPABILITY-05", "WS-CAPABILITY-06", "WS-CAPABILITY-07", "WS-CAPABILITY-09")
)
class AcceptAfterTheEndDoesNothing(KnowsItsEnd):
    """bareASGI 5.0.0 even opens it again."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self.ended_by is not Step.DISCONNECT:
            await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-12")
class KeepsTheHeadersOfARejectedAccept(DenyingWebSocket[Any]):
    collected: tuple[Any, ...] = ()

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        self.collected = (*self.collected, *arguments.accept_headers(headers))
        await super().accept(subprotocol, list(self.collected))


@web_socket_fails("WS-HANDSHAKE-13")
class LetsTheServersErrorOutOfAccept(DenyingWebSocket[Any]):
    """As bareASGI, which leaves every error of the server's to the handler."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        try:
            await super().accept(subprotocol, headers)
        except WebSocketClosedError as gone:
            raise gone.__cause__ or gone from None
