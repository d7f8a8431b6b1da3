from typing import Any

from bareasgi_ws import Header, WebSocketClosedError, WebSocketStateError


class MyWebSocket:
    def __init__(self, receive: Any, send: Any) -> None:
        self._receive, self._send = receive, send
        self._code: int | None = None

    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None:
        await self._receive()  # websocket.connect
        await self._send({"type": "websocket.accept", "subprotocol": subprotocol, "headers": headers or []})

    async def receive(self) -> bytes | str | None:
        event = await self._receive()
        if event["type"] == "websocket.disconnect":
            self._code = event["code"]
            return None
        content: bytes | str = event.get("text") or event["bytes"]
        return content

    async def send(self, content: bytes | str) -> None:
        await self._send({"type": "websocket.send", "text" if isinstance(content, str) else "bytes": content})

    async def close(self, code: int = 1000) -> None:
        self._code = code
        await self._send({"type": "websocket.close", "code": code})

    @property
    def code(self) -> int | None:
        return self._code
