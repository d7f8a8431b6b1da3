"""Faults that fail a requirement of WS-CLOSE."""

from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket

from .fault import web_socket_fails


@web_socket_fails("WS-CLOSE-07")
class SendsReservedCodes(DenyingWebSocket[Any]):
    async def close(self, code: Any = 1000) -> None:
        if code in (1004, 1005, 1006, 1015) and self.code is None:
            return await self._close(int(code), None)
        return await super().close(code)
