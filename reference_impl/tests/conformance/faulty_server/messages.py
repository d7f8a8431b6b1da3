"""Faults in messages: WS-SERVER-10 to 14, 50, 68, 69, 71 and 72."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import anyio
import anyio.lowlevel
from wsproto.events import BytesMessage, CloseConnection, TextMessage

from .fault import fails
from .server import Between, Event, Healthy, HoldsBack

LARGEST = 65535
"""The largest length that a frame announces in two bytes (RFC 6455 section 5.2)."""

TURNS = 20
"""Turns of the event loop in which what has arrived on a socket is read."""


def is_empty(event: Event) -> bool:
    return event["type"] in ("websocket.receive", "websocket.send") and not (event.get("text") or event.get("bytes"))


@fails("WS-SERVER-10", waits=True)
class DropsAnEmptyMessageOfTheClients(Between):
    """An empty message is not given to the application."""

    async def receive(self) -> Event:
        while is_empty(event := await super().receive()):
            pass
        return event


@fails("WS-SERVER-10", waits=True)
class DropsAnEmptyMessageOfTheApplications(Between):
    """An empty message does not go out."""

    async def send(self, event: Event) -> None:
        if not is_empty(event):
            await super().send(event)


@fails("WS-SERVER-10")
class TakesAnEmptyTextForNoText(Between):
    """An empty text is given as an empty binary message, for it is false."""

    def received(self, event: Event) -> Event:
        return {"type": "websocket.receive", "bytes": b""} if is_empty(event) else event


def changed(event: Event, change: Callable[[Any], Any]) -> Event:
    """Change the content of a message."""
    return {key: change(value) if key in ("text", "bytes") and value else value for key, value in event.items()}


def cut(content: str | bytes) -> str | bytes:
    return content.encode()[:LARGEST].decode(errors="ignore") if isinstance(content, str) else content[:LARGEST]


@fails("WS-SERVER-11")
class CutsALargeMessageOfTheClients(Between):
    """Of a large message the beginning is given to the application."""

    def received(self, event: Event) -> Event:
        return changed(event, cut)


@fails("WS-SERVER-11")
class CutsALargeMessageOfTheApplications(Between):
    """Of a large message the beginning goes out."""

    def sent(self, event: Event) -> Event:
        return changed(event, cut)


@fails("WS-SERVER-11")
class SendsALargeTextAsBinary(Between):
    """A large text goes out as a binary message."""

    def sent(self, event: Event) -> Event:
        if event["type"] != "websocket.send" or len(event.get("text") or "") <= LARGEST // 2:
            return event
        return {"type": "websocket.send", "bytes": event["text"].encode()}


@fails("WS-SERVER-11")
class LetsALargeTextBeOvertaken(Between):
    """A large text goes out in a task of its own, some turns later."""

    async def send(self, event: Event) -> None:
        if event["type"] == "websocket.send" and len(event.get("text") or "") > LARGEST:
            self.sending = asyncio.create_task(self.send_later(event))
        else:
            await super().send(event)

    async def send_later(self, event: Event) -> None:
        for _ in range(TURNS):
            await asyncio.sleep(0)
        with suppress(OSError, RuntimeError):  # it is closed by then
            await super().send(event)


@fails("WS-SERVER-12", waits=True)
class SendsNothingWhileAReceiveWaits(HoldsBack):
    """A message goes out once the receive that waits has ended."""

    held = "websocket.send"


@fails("WS-SERVER-13")
class LosesAMessageWithACancelledReceive(Between):
    """A message is off the queue before it is given to the application."""

    async def receive(self) -> Event:
        event = await super().receive()
        await asyncio.sleep(0)
        return event


@fails("WS-SERVER-14")
class ForgetsABinaryMessageAtAClose(Healthy):
    """A binary message that nobody has received is gone as the client closes."""

    def handle_close(self, event: CloseConnection) -> None:
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        for message in waiting:
            if not (message["type"] == "websocket.receive" and message.get("bytes")):
                self.queue.put_nowait(message)
        super().handle_close(event)


@fails("WS-SERVER-14")
class ForgetsMessagesAtALoss(Healthy):
    """What was read and nobody has received is gone as the connection is lost."""

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        super().handle_message(event)
        self.transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        if any(message["type"] == "websocket.disconnect" for message in waiting):
            for message in waiting:
                self.queue.put_nowait(message)
        super().connection_lost(exc)

    async def receive(self) -> Any:
        for _ in range(TURNS):
            await anyio.lowlevel.checkpoint()
        return await super().receive()


@fails("WS-SERVER-50")
class CutsACompressedText(Healthy):
    """Of a text that is long once it is inflated, the beginning is given."""

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        if isinstance(event, TextMessage) and len(event.data) == 1000:
            event = TextMessage(event.data[:10], event.frame_finished, event.message_finished)
        super().handle_message(event)


@fails("WS-SERVER-68")
class IgnoresAnInvalidEvent(Between):
    """An exception for an event is dropped."""

    async def send(self, event: Event) -> None:
        with suppress(Exception):
            await super().send(event)


@fails("WS-SERVER-69")
class KnowsEveryKey(Between):
    """A key that is not known is an error."""

    def sent(self, event: Event) -> Event:
        if "unknown" in event:
            raise ValueError("a key that is not known")
        return event


@fails("WS-SERVER-71")
class TakesTheTextOfBoth(Between):
    """Where the key text is there, its value is the text."""

    def sent(self, event: Event) -> Event:
        if event["type"] == "websocket.send" and "text" in event:
            return {"type": "websocket.send", "text": event["text"] or ""}
        return event


LAST: list[Any] = []
"""The last connection's send."""


@fails("WS-SERVER-72", waits=True)
class SendsToTheLast(Between):
    """What any connection sends goes to the last one."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        LAST[:] = [self._server_send]

    async def send(self, event: Event) -> None:
        if event["type"] != "websocket.send":
            await super().send(event)
            return
        await LAST[0](event)
