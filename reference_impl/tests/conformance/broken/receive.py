"""Faults that fail a requirement of WS-RECEIVE."""

from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket

from .fault import web_socket_fails


@web_socket_fails("WS-RECEIVE-04")
class EmptyBinaryIsTheEnd(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0 where the server gives ``text: None`` beside it."""

    async def receive(self) -> Any:
        content = await super().receive()
        return None if content == b"" else content
