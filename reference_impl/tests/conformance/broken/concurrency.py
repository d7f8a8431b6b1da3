"""Faults that fail a requirement of WS-CONCURRENCY."""

from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket

from .fault import web_socket_fails


@web_socket_fails("WS-CONCURRENCY-01")
class LetsASecondReceiveWait(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        self._waiting = False
        return await super().receive()
