"""Faults that fail a requirement of WS-CONCURRENCY."""

from typing import Any

import anyio.lowlevel

from bareasgi_ws import WebSocketClosedError, WebSocketStateError
from bareasgi_ws._reference.socket import DenyingWebSocket

from .fault import web_socket_fails


@web_socket_fails("WS-CONCURRENCY-01")
class LetsASecondReceiveWait(DenyingWebSocket[Any]):
    """As bareASGI 3.7.1 and 5.0.0."""

    async def receive(self) -> Any:
        if self._state.can_receive:
            self._waiting = None
        return await super().receive()


@web_socket_fails("WS-CONCURRENCY-02")
class OneTaskAtATime(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        if self._waiting is not None and self._state.can_receive:
            raise WebSocketStateError("send(): a receive waits")
        await super().send(content)


@web_socket_fails("WS-CONCURRENCY-03")
class SendsWhatWasGivenLast(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        self._outgoing = content
        await anyio.lowlevel.checkpoint()
        await super().send(self._outgoing)


@web_socket_fails("WS-CONCURRENCY-04", blocks=("WS-CONCURRENCY-06",))
class RaisesBesideItsOwnClose(DenyingWebSocket[Any]):
    """As websockets' own connections, whose recv raises ConnectionClosed."""

    _closes = False

    async def close(self, code: Any = 1000) -> None:
        self._closes = self._waiting is not None and self._state.can_receive and code != 1000  # as at the handler's end
        await super().close(code)

    async def receive(self) -> Any:
        content = await super().receive()
        if self._closes:
            raise WebSocketClosedError("receive(): closed meanwhile")
        return content


@web_socket_fails("WS-CONCURRENCY-05")
class TakesTheFirstAcceptForItsOwn(DenyingWebSocket[Any]):
    _accepting = False

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if self._accepting:
            return
        self._accepting = True
        try:
            await super().accept(subprotocol, headers)
        finally:
            self._accepting = False


@web_socket_fails("WS-CONCURRENCY-06")
class LeavesAReceiveToTheServer(DenyingWebSocket[Any]):
    def _limit_receive(self, waiting: Any) -> None:
        pass


class CountsItsSends(DenyingWebSocket[Any]):
    """Without a fault: it knows how many sends are under way."""

    sending = 0

    async def send(self, content: Any) -> None:
        self.sending += 1
        try:
            await super().send(content)
        finally:
            self.sending -= 1


@web_socket_fails("WS-CONCURRENCY-07")
class DropsWhatIsTooMuch(CountsItsSends):
    """As put_nowait on a queue with a limit, whose QueueFull nobody sees."""

    async def send(self, content: Any) -> None:
        if self.sending < 500:
            await super().send(content)


@web_socket_fails("WS-CONCURRENCY-07")
class SendsAgain(CountsItsSends):
    """As one that takes a long wait for a failure."""

    async def send(self, content: Any) -> None:
        await super().send(content)
        if self.sending > 500:
            await super().send(content)


@web_socket_fails("WS-CONCURRENCY-08")
class ReceivesOnceItsSendIsDone(DenyingWebSocket[Any]):
    _sending = 0

    async def send(self, content: Any) -> None:
        self._sending += 1
        try:
            await super().send(content)
        finally:
            self._sending -= 1

    async def receive(self) -> Any:
        while self._sending:
            await anyio.lowlevel.checkpoint()
        return await super().receive()
