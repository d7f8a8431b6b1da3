"""The server: strict about what an application may send, and when."""

from enum import Enum
from typing import Any

import anyio
import anyio.lowlevel

from .._reference.asgi import ASGIApplication
from .._rules import events
from .answers import Ending, Handshake
from .loop import asyncio_task
from .mailbox import Mailbox


class Phase(Enum):
    """How far a connection is."""

    CONNECTING = "the handshake is not answered"
    DENYING = "the denial's body is not complete"
    OPEN = "the connection is open"
    CLOSED = "the connection is closed"
    GONE = "the client has gone"


class MemoryServer:
    """One connection.

    Attributes:
        handshake: What the opening request was answered with, once it was.
        ending: How the client saw the connection end, once it did.
        reported: The event with which the application was told of the end, once it was put out for it.
        error: What the application raised, if it did.
        error_seen: Whether somebody asked for the error.
        ended: Set when the application has ended.
        answered: Set when the opening request was answered, or the client has gone.
    """

    def __init__(self, scope: dict[str, Any]) -> None:
        """Begin with the client's opening request."""
        self.scope = scope
        self.phase = Phase.CONNECTING
        self.handshake: Handshake | None = None
        self.ending: Ending | None = None
        self.reported: events.Event | None = None
        self.error: Exception | None = None
        self.error_seen = False
        self.answered = anyio.Event()
        self.ended = anyio.Event()
        self._flowing = anyio.Event()
        self._flowing.set()
        self.for_client: Mailbox[bytes | str | None] = Mailbox()
        self._for_application: Mailbox[events.Event] = Mailbox()
        self._for_application.put({"type": "websocket.connect"})
        self._scope = anyio.CancelScope()
        self._task: Any = None
        self._cancelling = False

    async def run(self, application: ASGIApplication) -> None:
        """Call the application, and end the connection when it ends."""
        self._task = asyncio_task()
        try:
            with self._scope:
                await application(self.scope, self.receive, self.send)
        except Exception as error:
            self.error = error
        except anyio.get_cancelled_exc_class():
            if not self._cancelling:
                raise
            self._task.uncancel()
        finally:
            self._application_ended()

    def cancel(self) -> None:
        """Cancel the application, as a server does that shuts down."""
        # A cancel scope of anyio's would cancel the close attempt too; asyncio's servers cancel the task, once.
        if self._task is not None:
            self._cancelling = True
            self._task.cancel()
        else:
            self._scope.cancel()

    async def receive(self) -> events.Event:
        """Give the application its next event."""
        return await self._for_application.get()

    async def send(self, event: events.Event) -> None:
        """Take an event from the application."""
        await anyio.lowlevel.checkpoint()
        await self._flowing.wait()
        kind = event["type"]
        if self.phase is Phase.GONE:
            raise ConnectionResetError(f"{kind}: {self.phase.value}")
        self._take(event, kind)

    def deliver(self, event: events.Event) -> None:
        """Put an event out for the application; none follows a websocket.disconnect."""
        last = event.get("type") == "websocket.disconnect"
        if last and self.reported is None:
            self.reported = event
        self._for_application.put(event, last=last)

    def client_ends(self, code: int | None, reason: str) -> None:
        """End the connection from the client's side."""
        self.phase = Phase.GONE
        self._end_for_client(1005 if code is None else code, reason)
        self.deliver({"type": "websocket.disconnect", "code": code, "reason": reason})

    def pause(self) -> None:
        """Let what the application sends wait."""
        if self._flowing.is_set():
            self._flowing = anyio.Event()

    def resume(self) -> None:
        """Let what the application sends through."""
        self._flowing.set()

    def situation(self) -> str:
        """Say where things are, for a message to the person whose step failed."""
        if self.handshake is not None and self.handshake.status != 101:
            where = f"the handshake was refused with HTTP {self.handshake.status}"
        elif self.ending is not None:
            where = f"the connection is closed with {self.ending.code}"
        else:
            where = self.phase.value
        if not self.ended.is_set():
            return f"{where}, and the application is still running"
        return f"{where}, and the application has {'returned' if self.error is None else f'raised {self.error!r}'}"

    def _take(self, event: events.Event, kind: str) -> None:
        match self.phase, kind:
            case Phase.CONNECTING, "websocket.accept":
                self._take_accept(event)
            case Phase.CONNECTING, "websocket.close":
                self._refuse(Handshake(403, [], None, b""))
            case Phase.CONNECTING, "websocket.http.response.start":
                self._take_denial(event)
            case Phase.DENYING, "websocket.http.response.body":
                self._take_body(event)
            case Phase.OPEN, "websocket.send":
                self.for_client.put(event["text"] if event.get("bytes") is None else event["bytes"])
            case Phase.OPEN, "websocket.close":
                self._take_close(event)
            case _:
                raise RuntimeError(f"unexpected event {kind!r}: {self.phase.value}")

    def _take_accept(self, event: events.Event) -> None:
        self.phase = Phase.OPEN
        self._answer(Handshake(101, list(event.get("headers") or []), event.get("subprotocol"), b""))

    def _take_denial(self, event: events.Event) -> None:
        self.phase = Phase.DENYING
        self.handshake = Handshake(event["status"], list(event.get("headers") or []), None, b"")

    def _take_body(self, event: events.Event) -> None:
        assert self.handshake is not None
        self.handshake = self.handshake._replace(body=self.handshake.body + event.get("body", b""))
        if not event.get("more_body"):
            self._refuse(self.handshake)

    def _take_close(self, event: events.Event) -> None:
        self.phase = Phase.CLOSED
        code, reason = event.get("code", 1000), event.get("reason") or ""
        self._end_for_client(code, reason)
        self.deliver({"type": "websocket.disconnect", "code": code, "reason": reason})

    def _answer(self, handshake: Handshake) -> None:
        self.handshake = handshake
        self.answered.set()

    def _refuse(self, handshake: Handshake) -> None:
        self.phase = Phase.CLOSED
        self._answer(handshake)
        self._end_for_client(1006, "")  # RFC 6455 section 7.1.5: the connection never was
        self.deliver({"type": "websocket.disconnect", "code": 1006})

    def _end_for_client(self, code: int, reason: str) -> None:
        if self.ending is None:
            self.ending = Ending(code, reason)
        self.answered.set()
        self.for_client.put(None, last=True)

    def _application_ended(self) -> None:
        if self.phase in (Phase.CONNECTING, Phase.DENYING):
            self._refuse(Handshake(500, [], None, b"Internal Server Error"))
        elif self.phase is Phase.OPEN:
            self.client_ends(1006, "")
        self.ended.set()
