"""What changes what crosses a server's transport."""

from typing import Any

from .server import Healthy


class ChangesTheResponse(Healthy):
    """Writes another response to the handshake than uvicorn's, or other frames."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(Changing(transport, self.changed))  # type: ignore[arg-type]

    def changed(self, data: bytes) -> bytes:
        raise NotImplementedError


class Changing:
    """A transport that changes what is written."""

    def __init__(self, transport: Any, change: Any) -> None:
        self._transport, self._change = transport, change

    def write(self, data: bytes) -> None:
        if changed := self._change(data):
            self._transport.write(changed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class ChangesTheRequest(Healthy):
    """Reads another handshake request than the client's."""

    begun = False

    def data_received(self, data: bytes) -> None:
        if not self.begun:
            self.begun, data = True, self.changed(data)
        super().data_received(data)

    def changed(self, data: bytes) -> bytes:
        raise NotImplementedError


class NeverClosing(Changing):
    """A transport that is not closed."""

    def __init__(self, transport: Any) -> None:
        super().__init__(transport, lambda data: data)

    def close(self) -> None:
        """Stay open."""
