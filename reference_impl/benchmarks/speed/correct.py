"""What is measured does what it is measured for."""

from typing import Any

from .in_memory import Event
from .libraries import Application, Does
from .on_loop import Client

MESSAGES = 2


class Recording(Client):
    """A server's end that keeps what it is sent."""

    def __init__(self, does: Does) -> None:
        """Send a few messages, or let the handler close."""
        super().__init__(-1 if does == "closes" else MESSAGES)
        self.content = {"bytes": b"hello"} if does == "binary" else {"text": "hello"}
        self.sent: list[tuple[str, Any]] = []

    async def send(self, event: Event) -> None:
        """Keep it."""
        content = event.get("text") if event.get("bytes") is None else event["bytes"]
        self.sent.append((event["type"], content))
        await super().send(event)


async def check(name: str, application: Application, does: Does) -> None:
    """Reject an application that does not do that."""
    client = Recording(does)
    await application(client.scope, client.receive, client.send)
    [content] = client.content.values()
    expected: list[tuple[str, Any]] = [("websocket.accept", None), *[("websocket.send", content)] * MESSAGES]
    if does == "closes":
        expected[1:] = [("websocket.close", None)]
    if client.sent[: len(expected)] != expected:
        raise RuntimeError(f"{name}: expected {expected}, got {client.sent}")
