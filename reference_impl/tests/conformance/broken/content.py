"""Faults that fail a requirement of WS-CONTENT."""

from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket

from .fault import web_socket_fails


@web_socket_fails("WS-CONTENT-01")
class KeepsToBinary(DenyingWebSocket[Any]):
    """Where the first message is binary, and there is anything in it, no other kind may follow."""

    _is_first = True

    async def receive(self) -> Any:
        content = await super().receive()
        if self._is_first and content and isinstance(content, bytes):
            self._content = bytes
        self._is_first = False
        return content


@web_socket_fails("WS-CONTENT-02", blocks=("WS-CONTENT-03",))
class GivesTextAsBytes(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        return content.encode() if self._content is str and content is not None else content


@web_socket_fails("WS-CONTENT-03")
class GivesBinaryForText(DenyingWebSocket[Any]):
    """As every library that has no such registration."""

    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, content: Any, close_timeout: Any) -> None:
        super().__init__(scope, first, receive, send, None if content is str else content, close_timeout)


@web_socket_fails("WS-CONTENT-04", blocks=("WS-CONTENT-05",))
class GivesBinaryAsText(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        return content.decode("latin-1") if self._content is bytes and content is not None else content


@web_socket_fails("WS-CONTENT-05")
class GivesTextForBinary(DenyingWebSocket[Any]):
    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, content: Any, close_timeout: Any) -> None:
        super().__init__(scope, first, receive, send, None if content is bytes else content, close_timeout)
