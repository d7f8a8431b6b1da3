"""Faults that fail a requirement of WS-CODE."""

from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket

from .fault import web_socket_fails


@web_socket_fails("WS-CODE-07")
class LastCloseDecides(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0, whose code a later close overwrites."""

    async def close(self, code: Any = 1000) -> None:
        if self.code is not None and isinstance(code, int) and code >= 3000:
            self._code = int(code)
        await super().close(code)
