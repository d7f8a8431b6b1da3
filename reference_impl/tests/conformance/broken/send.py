"""Faults that fail a requirement of WS-SEND."""

from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket

from .fault import web_socket_fails


@web_socket_fails("WS-SEND-08")
class SendsAnything(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0, which sends whatever is not bytes as text."""

    async def send(self, content: Any) -> None:
        if not isinstance(content, bytes | str) and self.state.can_send:
            content = str(content)
        await super().send(content)
