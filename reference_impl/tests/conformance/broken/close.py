"""Faults that fail a requirement of WS-CLOSE."""

from collections.abc import Awaitable
from typing import Any

from bareasgi_ws._reference.socket import NONE_MAY, DenyingWebSocket
from bareasgi_ws._rules import arguments
from bareasgi_ws._rules.states import BEFORE, CLOSED, Step

from .ending import KnowsItsEnd
from .fault import web_socket_fails


@web_socket_fails(
    "WS-CLOSE-01",
    blocks=(
        "WS-CLOSE-04",
        "WS-LIFETIME-03",
        "WS-CONCURRENCY-04",
        "WS-CONCURRENCY-06",
        "WS-CAPABILITY-02",
        "WS-CAPABILITY-04",
        "WS-CAPABILITY-05",
        "WS-CAPABILITY-06",
        "WS-CAPABILITY-07",
        "WS-CAPABILITY-08",
        "WS-CAPABILITY-09",
    ),
)
class SendsNoCodeOfALibrarys(DenyingWebSocket[Any]):
    async def _send_close(self, code: int, reason: str) -> None:
        await super()._send_close(1000 if 3000 <= code < 4000 else code, reason)


@web_socket_fails(
    "WS-CLOSE-03",
    blocks=(
        "WS-LIFETIME-02",
        "WS-LIFETIME-03",
        "WS-CAPABILITY-02",
        "WS-CAPABILITY-04",
        "WS-CAPABILITY-05",
        "WS-CAPABILITY-06",
        "WS-CAPABILITY-07",
        "WS-CAPABILITY-08",
        "WS-CAPABILITY-09",
    ),
)
class RejectsAsAMalformedRequest(DenyingWebSocket[Any]):
    async def _close(self, code: int, reason: str | None) -> None:
        if self.state != BEFORE:
            await super()._close(code, reason)
            return
        try:
            await self.deny(400)
        finally:
            self._code = code


@web_socket_fails(
    "WS-CLOSE-04", blocks=("WS-CAPABILITY-05", "WS-CAPABILITY-06", "WS-CAPABILITY-07", "WS-CAPABILITY-09")
)
class LooksAtTheCodeOfASecondClose(KnowsItsEnd):
    async def close(self, code: Any = 1000) -> None:
        if self.ended_by is Step.CLOSE:
            arguments.close_code(code)
        await super().close(code)


@web_socket_fails("WS-CLOSE-05", blocks=("WS-LIFETIME-09",))
class LooksAtTheCodeAfterTheEnd(KnowsItsEnd):
    async def close(self, code: Any = 1000) -> None:
        if self.ended_by is Step.DISCONNECT:
            arguments.close_code(code)
        await super().close(code)


@web_socket_fails(
    "WS-CLOSE-06", blocks=("WS-CODE-11", "WS-LIFETIME-09", "WS-CAPABILITY-02", "WS-CAPABILITY-04", "WS-CAPABILITY-08")
)
class LetsTheServersErrorOutOfClose(DenyingWebSocket[Any]):
    """As bareASGI, which leaves every error of the server's to the handler."""

    async def _close(self, code: int, reason: str | None) -> None:
        self._end_by_handler(code, reason)
        await self._send_close(code, reason or "")


@web_socket_fails("WS-CLOSE-07", blocks=("WS-CLOSE-10",))
class SendsReservedCodes(DenyingWebSocket[Any]):
    """As granian, which sends such codes as they are given."""

    async def close(self, code: Any = 1000) -> None:
        if code in (1004, 1005, 1006, 1015) and self.state != CLOSED:
            return await self._close(int(code), None)
        return await super().close(code)


@web_socket_fails("WS-CLOSE-08")
class TakesWhatIsReservedForTheProtocol(DenyingWebSocket[Any]):
    """RFC 6455 section 7.4.2 reserves 1016 to 2999 for later revisions and extensions."""

    async def close(self, code: Any = 1000) -> None:
        if code in range(1016, 3000) and self.state != CLOSED:
            return await self._close(int(code), None)
        return await super().close(code)


@web_socket_fails("WS-CLOSE-09")
class TakesANumberAsText(DenyingWebSocket[Any]):
    async def close(self, code: Any = 1000) -> None:
        await super().close(int(code) if isinstance(code, str | bytes | float) else code)


@web_socket_fails("WS-CLOSE-10")
class KeepsARejectedCode(DenyingWebSocket[Any]):
    async def close(self, code: Any = 1000) -> None:
        try:
            await super().close(code)
        except ValueError:
            self._code = code
            raise


@web_socket_fails("WS-CLOSE-11", blocks=("WS-CONCURRENCY-04", "WS-CONCURRENCY-06"))
class IsClosedInTheEnd(DenyingWebSocket[Any]):
    """As one is whose state follows the server's response."""

    async def _close(self, code: int, reason: str | None) -> None:
        if self._waiting not in (None, NONE_MAY):
            self._limit_receive(self._waiting)
        try:
            await self._send_close(code, reason or "")
        except Exception as error:
            if not self._had_ended(error):
                raise
        finally:
            if self.state != CLOSED:
                self._end(Step.CLOSE, self._state.close, code, reason)


@web_socket_fails("WS-CLOSE-12", blocks=("WS-LIFETIME-12", "WS-CONCURRENCY-06", "WS-CAPABILITY-13", "WS-CAPABILITY-14"))
class WaitsForTheClient(DenyingWebSocket[Any]):
    async def _within(self, sending: Awaitable[None]) -> None:
        await sending
