"""Faults in how the web_socket can be called: by name, with subclasses, with a list that is the caller's."""

from typing import Any, ClassVar

from bareasgi_ws import Header
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules import arguments

from .fault import web_socket_fails
from .handshake import changed


@web_socket_fails("WS-HANDSHAKE-14")
class TakesThemByPlaceAlone(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None, /) -> None:
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-14")
class CallsHeadersOtherwise(DenyingWebSocket[Any]):
    async def accept(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, subprotocol: Any = None, response_headers: Any = None
    ) -> None:
        await super().accept(subprotocol, response_headers)


@web_socket_fails("WS-SEND-14")
class CallsContentOtherwise(DenyingWebSocket[Any]):
    async def send(self, data: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        await super().send(data)


@web_socket_fails("WS-CLOSE-13")
class CallsTheCodeOtherwise(DenyingWebSocket[Any]):
    async def close(self, status: Any = 1000) -> None:
        await super().close(status)


@web_socket_fails("WS-HANDSHAKE-15")
class RejectsSubclassesInAccept(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if type(subprotocol) not in (str, type(None)):
            raise TypeError("accept(): expected the subprotocol as a str")
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-HANDSHAKE-15")
class SelectsWhatIsShown(DenyingWebSocket[Any]):
    """A member of an enumeration of texts is shown as ``Protocol.CHAT``."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        shown = str(subprotocol) if isinstance(subprotocol, str) else subprotocol
        await super().accept(shown, headers)


@web_socket_fails("WS-HANDSHAKE-15")
class RejectsAListOfAnotherType(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if isinstance(headers, list) and type(headers) is not list:  # pyright: ignore[reportUnknownArgumentType]
            raise TypeError("accept(): expected the headers as a list")
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-SEND-15")
class RejectsSubclassesInSend(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        if self.state.can_send and type(content) not in (str, bytes):
            raise TypeError("send(): expected str or bytes")
        await super().send(content)


@web_socket_fails("WS-SEND-15")
class SendsWhatIsShown(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        await super().send(f"{content}" if isinstance(content, str) else content)


@web_socket_fails("WS-HANDSHAKE-16")
class AddsItsOwnHeader(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        checked = arguments.accept_headers(headers)
        await super().accept(subprotocol, headers)
        if checked:
            headers.append((b"x-served-by", b"1"))


@web_socket_fails("WS-HANDSHAKE-16")
class WritesNamesInLowerCase(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        checked = arguments.accept_headers(headers)
        await super().accept(subprotocol, headers)
        if checked:
            headers[:] = checked


@web_socket_fails("WS-HANDSHAKE-16")
class KnowsTheListAgain(DenyingWebSocket[Any]):
    known: ClassVar[dict[int, tuple[Any, list[Header]]]] = {}

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        checked = arguments.accept_headers(headers)
        _, first = self.known.setdefault(id(headers), (headers, checked))
        await super().accept(subprotocol, headers and first)


@web_socket_fails("WS-HANDSHAKE-17")
class TakesValuesForASCII(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, changed(headers, lambda name, value: (name, value.decode("ascii").encode())))


@web_socket_fails("WS-HANDSHAKE-17")
class EncodesValuesTwice(DenyingWebSocket[Any]):
    """As uvicorn 0.54 with websockets: it decodes as Latin-1, and encodes as UTF-8."""

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        headers = changed(headers, lambda name, value: (name, value.decode("latin-1").encode()))
        await super().accept(subprotocol, headers)


@web_socket_fails("WS-LIFETIME-20")
class CannotBeHashed(DenyingWebSocket[Any]):
    def __eq__(self, other: object) -> bool:
        return self is other


@web_socket_fails("WS-LIFETIME-20")
class EqualsOnesLikeIt(DenyingWebSocket[Any]):
    """As a NamedTuple or a dataclass that is frozen."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EqualsOnesLikeIt) and self.subprotocols == other.subprotocols

    def __hash__(self) -> int:
        return hash(self.subprotocols)


@web_socket_fails("WS-LIFETIME-20")
class ChangesItsHash(DenyingWebSocket[Any]):
    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return hash((id(self), self.code))
