"""What ended a WebSocket, for faults that show after one end only."""

from typing import Any

from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import Step


class KnowsItsEnd(DenyingWebSocket[Any]):
    """A web_socket without a fault, that knows which step closed it."""

    ended_by: Step | str | None = None

    def _end(self, by: Step | str, following: Any, code: int, reason: str | None) -> None:
        super()._end(by, following, code, reason)
        self.ended_by = by
