"""Backends broken on purpose, one fault each, with the requirement that each fails."""

from collections.abc import Callable
from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket, ReferenceWebSocket

FAULTS: dict[str, type[ReferenceWebSocket[Any]]] = {}
"""The broken web_socket of each requirement."""


def fails(requirement: str) -> Callable[[type[ReferenceWebSocket[Any]]], type[ReferenceWebSocket[Any]]]:
    def register(broken: type[ReferenceWebSocket[Any]]) -> type[ReferenceWebSocket[Any]]:
        FAULTS[requirement] = broken
        return broken

    return register


@fails("WS-RECEIVE-04")
class EmptyBinaryIsTheEnd(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0 where the server gives ``text: None`` beside it."""

    async def receive(self) -> Any:
        content = await super().receive()
        return None if content == b"" else content


@fails("WS-CLOSE-07")
class SendsReservedCodes(DenyingWebSocket[Any]):
    async def close(self, code: Any = 1000) -> None:
        if code in (1004, 1005, 1006, 1015) and self.code is None:
            return await self._close(int(code), None)
        return await super().close(code)


@fails("WS-CODE-07")
class LastCloseDecides(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0, whose code a later close overwrites."""

    async def close(self, code: Any = 1000) -> None:
        if self.code is not None and isinstance(code, int) and code >= 3000:
            self._code = int(code)
        await super().close(code)


@fails("WS-HANDSHAKE-07")
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


@fails("WS-CONCURRENCY-01")
class LetsASecondReceiveWait(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        self._waiting = False
        return await super().receive()


@fails("WS-SEND-08")
class SendsAnything(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0, which sends whatever is not bytes as text."""

    async def send(self, content: Any) -> None:
        if not isinstance(content, bytes | str) and self.state.can_send:
            content = str(content)
        await super().send(content)
