"""Faults that fail a requirement of WS-HANDSHAKE."""

from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket

from .fault import web_socket_fails


@web_socket_fails("WS-HANDSHAKE-07")
class LetsLineBreaksThrough(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        if isinstance(headers, list):
            headers = [self._cleaned(header) for header in headers]
        await super().accept(subprotocol, headers)

    def _cleaned(self, header: Any) -> Any:
        match header:
            case (bytes() as name, bytes() as value):
                return name, value.translate(None, b"\r\n\0")
            case _:
                return header
