"""Faults that fail a requirement of WS-CODE."""

from typing import Any

from bareasgi_ws import WebSocketClosedError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import BEFORE, Step

from .fault import web_socket_fails


@web_socket_fails("WS-CODE-01")
class HasNoStatusBeforeAccept(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0, where there is no None either: it raises ValueError."""

    @property
    def code(self) -> int | None:
        return 1005 if self.state == BEFORE else super().code


@web_socket_fails("WS-CODE-02", blocks=("WS-CODE-11",))
class ReadsACodeFromEveryEvent(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        self._code = 1005 if self._code is None else self._code
        return content


@web_socket_fails(
    "WS-CODE-03", blocks=("WS-CODE-07", "WS-CODE-08", "WS-CODE-11", "WS-LIFETIME-17", "WS-CANCELLATION-03")
)
class KnowsTheCodesOfTheRFCAlone(DenyingWebSocket[Any]):
    """The registry has added 1012, 1013 and 1014 to those of RFC 6455."""

    def _end(self, by: Step | str, following: Any, code: int, reason: str | None) -> None:
        super()._end(by, following, 1005 if by is Step.CLOSE and code in (1012, 1013, 1014) else code, reason)


@web_socket_fails("WS-CODE-04", blocks=("WS-CODE-07", "WS-CANCELLATION-03"))
class ARejectionReadsAsALoss(DenyingWebSocket[Any]):
    """As most servers report it."""

    async def close(self, code: Any = 1000) -> None:
        was_before = self.state == BEFORE
        await super().close(code)
        self._code = 1006 if was_before else self._code


@web_socket_fails("WS-CODE-05", blocks=("WS-CODE-07", "WS-CODE-08", "WS-CODE-09", "WS-CODE-11"))
class EveryCloseIsANormalOne(DenyingWebSocket[Any]):
    def _end(self, by: Step | str, following: Any, code: int, reason: str | None) -> None:
        super()._end(by, following, 1000 if by is Step.DISCONNECT and code not in (1005, 1006) else code, reason)


@web_socket_fails("WS-CODE-06")
class NoCodeIsANormalOne(DenyingWebSocket[Any]):
    def _end(self, by: Step | str, following: Any, code: int, reason: str | None) -> None:
        super()._end(by, following, 1000 if by is Step.DISCONNECT and code == 1005 else code, reason)


@web_socket_fails("WS-CODE-07")
class LastCloseDecides(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0, whose code a later close overwrites."""

    async def close(self, code: Any = 1000) -> None:
        if self.code is not None and isinstance(code, int) and code >= 3000:
            self._code = int(code)
        await super().close(code)


@web_socket_fails("WS-CODE-08")
class KeepsTheMember(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0, which keeps what it is given, and that may be a member of an enumeration."""

    async def close(self, code: Any = 1000) -> None:
        await super().close(code)
        if self.code == code:
            self._code = code


@web_socket_fails("WS-CODE-11")
class AFailedSendIsALoss(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        try:
            await super().send(content)
        except WebSocketClosedError:
            self._code = 1006 if self._code is None else self._code
            raise
