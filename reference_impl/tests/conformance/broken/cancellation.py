"""Faults that fail a requirement of WS-CANCELLATION."""

from typing import Any

import anyio
import anyio.lowlevel

from bareasgi_ws import WebSocketClosedError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import BEFORE

from .fault import web_socket_fails


@web_socket_fails("WS-CANCELLATION-01")
class LosesWhatItHolds(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        await anyio.lowlevel.checkpoint()
        return content


@web_socket_fails("WS-CANCELLATION-02")
class GivesUpWhenASendIsCancelled(DenyingWebSocket[Any]):
    """As trio's SSLStream, which a cancelled send breaks."""

    _is_broken = False

    async def send(self, content: Any) -> None:
        if self._is_broken:
            raise WebSocketClosedError("send(): an earlier one was cancelled")
        try:
            await super().send(content)
        except anyio.get_cancelled_exc_class():
            self._is_broken = True
            raise


@web_socket_fails("WS-CANCELLATION-03")
class TakesBackACancelledClose(DenyingWebSocket[Any]):
    async def close(self, code: Any = 1000) -> None:
        before = self.state
        try:
            await super().close(code)
        except anyio.get_cancelled_exc_class():
            self._enter(before)
            self._code = None
            raise


@web_socket_fails("WS-CANCELLATION-04")
class TakesBackACancelledAccept(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        try:
            await super().accept(subprotocol, headers)
        except anyio.get_cancelled_exc_class():
            self._enter(BEFORE)
            raise
