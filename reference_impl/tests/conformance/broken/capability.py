"""Faults that fail a requirement of WS-CAPABILITY."""

from typing import Any

import anyio

from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import CLOSED

from .fault import web_socket_fails


@web_socket_fails("WS-CAPABILITY-01")
class OffersInOrderOfTheAlphabet(DenyingWebSocket[Any]):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.subprotocols = tuple(sorted(self.subprotocols))


@web_socket_fails("WS-CAPABILITY-02", blocks=("WS-CAPABILITY-04", "WS-CAPABILITY-08"))
class KeepsItsReasonToItself(DenyingWebSocket[Any]):
    """As daphne 4.2, which drops every reason."""

    async def _send_close(self, code: int, reason: str) -> None:
        await super()._send_close(code, "")


@web_socket_fails("WS-CAPABILITY-03")
class CutsAReasonThatIsTooLong(DenyingWebSocket[Any]):
    """As hypercorn 0.18 and uvicorn 0.54 with wsproto."""

    async def close_with_reason(self, code: int, reason: Any) -> None:
        if isinstance(reason, str) and reason.isascii():
            reason = reason[:123]
        await super().close_with_reason(code, reason)


@web_socket_fails("WS-CAPABILITY-04")
class GivesAnEmptyReasonForNone(DenyingWebSocket[Any]):
    """As uvicorn 0.54 reports a close without a reason."""

    @property
    def reason(self) -> str | None:
        return None if self.code is None else self._reason or ""


@web_socket_fails("WS-CAPABILITY-05", blocks=("WS-CAPABILITY-06", "WS-CAPABILITY-07", "WS-CAPABILITY-09"))
class AddsAContentType(DenyingWebSocket[Any]):
    async def deny(self, status: int, headers: Any = None, body: bytes = b"") -> None:
        await super().deny(status, [*(headers or ()), (b"content-type", b"text/html")], body)


@web_socket_fails("WS-CAPABILITY-06")
class DeniesTwiceWithoutAWord(DenyingWebSocket[Any]):
    async def deny(self, status: int, headers: Any = None, body: bytes = b"") -> None:
        if self.state != CLOSED:
            await super().deny(status, headers, body)


@web_socket_fails("WS-CAPABILITY-07")
class TakesTextForABody(DenyingWebSocket[Any]):
    async def deny(self, status: int, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body.encode() if isinstance(body, str) else body)


@web_socket_fails("WS-CAPABILITY-08")
class ForgetsAReasonThatWasCancelled(DenyingWebSocket[Any]):
    async def close_with_reason(self, code: int, reason: str) -> None:
        try:
            await super().close_with_reason(code, reason)
        except anyio.get_cancelled_exc_class():
            self._reason = None
            raise


@web_socket_fails("WS-CAPABILITY-09")
class TakesBackACancelledDenial(DenyingWebSocket[Any]):
    async def deny(self, status: int, headers: Any = None, body: bytes = b"") -> None:
        before = self.state
        try:
            await super().deny(status, headers, body)
        except anyio.get_cancelled_exc_class():
            self._enter(before)
            self._code = None
            raise


@web_socket_fails("WS-CAPABILITY-04")
class GivesTheClientsReasonAsBytes(DenyingWebSocket[Any]):
    """Where it is not ASCII."""

    @property
    def reason(self) -> Any:
        reason = super().reason
        return reason if reason is None or reason.isascii() else reason.encode()


@web_socket_fails(
    "WS-CAPABILITY-05",
    blocks=(
        "WS-CAPABILITY-06",
        "WS-CAPABILITY-07",
        "WS-CAPABILITY-09",
        "WS-CAPABILITY-14",
    ),
)
class CutsTheBodyOfADenial(DenyingWebSocket[Any]):
    async def deny(self, status: int, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body[: 2**16] if isinstance(body, bytes) else body)


@web_socket_fails("WS-CAPABILITY-10")
class TakesTheReasonByPlaceAlone(DenyingWebSocket[Any]):
    async def close_with_reason(self, code: int, reason: str, /) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        await super().close_with_reason(code, reason)


@web_socket_fails("WS-CAPABILITY-11")
class CallsTheBodyOtherwise(DenyingWebSocket[Any]):
    async def deny(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, status: int, headers: Any = None, content: Any = b""
    ) -> None:
        await super().deny(status, headers, content)


@web_socket_fails("WS-CAPABILITY-12")
class AddsTheLengthToTheCallersHeaders(DenyingWebSocket[Any]):
    async def deny(self, status: int, headers: Any = None, body: Any = b"") -> None:
        await super().deny(status, headers, body)
        if headers is not None and not any(name.lower() == b"content-length" for name, _ in headers):
            headers.append((b"content-length", b"%d" % len(body)))


@web_socket_fails("WS-CAPABILITY-13")
class ClosesWithReasonWheneverTheClientReads(DenyingWebSocket[Any]):
    async def close_with_reason(self, code: int, reason: str) -> None:
        timeout, self._close_timeout = self._close_timeout, None
        try:
            await super().close_with_reason(code, reason)
        finally:
            self._close_timeout = timeout


@web_socket_fails("WS-CAPABILITY-14")
class DeniesWheneverTheClientReads(DenyingWebSocket[Any]):
    async def deny(self, status: int, headers: Any = None, body: Any = b"") -> None:
        timeout, self._close_timeout = self._close_timeout, None
        try:
            await super().deny(status, headers, body)
        finally:
            self._close_timeout = timeout
