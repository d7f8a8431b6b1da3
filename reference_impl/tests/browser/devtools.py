"""The Chrome DevTools Protocol: as much of it as using a page takes."""

import itertools
import json
import socket
from typing import Any

# The first start after an installation takes a quarter of a minute.
DEADLINE = 60.0


class DevTools:
    """A browser's end of the protocol: JSON messages, each ended by a NUL.

    Attributes:
        events: What the browser told without being asked, in its order.
    """

    def __init__(self, pipe: socket.socket) -> None:
        """Drive the browser that holds the other end of the pipe."""
        pipe.settimeout(DEADLINE)
        self.events: list[dict[str, Any]] = []
        self._pipe = pipe
        self._unread = b""
        self._numbers = itertools.count(1)

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Return a command, to the page of the session where there is one, and return its result."""
        number = self._send(method, session, parameters)
        while (answer := self._read()).get("id") != number:
            self._keep(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _send(self, method: str, session: str | None, parameters: dict[str, Any]) -> int:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        self._pipe.sendall(json.dumps(message).encode() + b"\0")
        return number

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            received = self._pipe.recv(1 << 16)
            if not received:
                raise ConnectionError("the browser has gone")
            self._unread += received
        text, _, self._unread = self._unread.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message

    def _keep(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            return  # how a dialog was put away
        self.events.append(message)
        if message["method"] == "Page.javascriptDialogOpening":
            # It holds up every answer of its page.
            self._send("Page.handleJavaScriptDialog", message["sessionId"], {"accept": False})
