"""Faults in what an application may not send, and in what nobody gets: WS-SERVER-78 to 83."""

from typing import Any

from bareasgi_ws.conformance._wire import ACCEPTED_KEY, CLOSE, server_frame

from .fault import fails
from .server import Between, Event, Healthy


class WritesAnyClose(Healthy):
    """Writes the close frame that it is asked for, whatever it has."""

    async def send(self, message: Any) -> None:
        if message["type"] != "websocket.close":
            await super().send(message)
            return
        payload = message.get("code", 1000).to_bytes(2) + (message.get("reason") or "").encode()
        self.transport.write(server_frame(CLOSE, payload))
        self.transport.close()


@fails("WS-SERVER-78")
class SendsAnyCode(WritesAnyClose):
    """Each code goes out."""


@fails("WS-SERVER-83")
class SendsACodeInNoRange(WritesAnyClose):
    """A code that is in no range goes out."""


@fails("WS-SERVER-79")
class SendsAnyReason(WritesAnyClose):
    """Each reason goes out."""


@fails("WS-SERVER-80")
class SelectsAnySubprotocol(Healthy):
    """The application's subprotocol is in the response, whether or not it was offered."""

    async def send(self, message: Any) -> None:
        if message.get("subprotocol"):
            self.transport.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: %s\r\n"
                % ACCEPTED_KEY
                + b"Sec-WebSocket-Protocol: %s\r\n\r\n" % message["subprotocol"].encode()
            )
        else:
            await super().send(message)


@fails("WS-SERVER-81")
class DropsASurrogate(Between):
    """Text that cannot be encoded is sent without what cannot, as with granian 2.8."""

    def sent(self, event: Event) -> Event:
        return {**event, "text": event["text"].encode(errors="ignore").decode()} if event.get("text") else event


@fails("WS-SERVER-82")
class FailsForNobody(Healthy):
    """A send to a client that has gone raises another exception, as with uvicorn 0.54."""

    async def send(self, message: Any) -> None:
        if self.transport.is_closing():
            raise AssertionError
        await super().send(message)
