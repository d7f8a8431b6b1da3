"""The server: strict about what an application may send, and when; its dialect is the profile's."""

from contextlib import AbstractContextManager
from enum import Enum
from functools import partial
from typing import Any, Final

import anyio
import anyio.lowlevel

from .._rules import events
from ..asgi import ASGIApplication
from ..close_code import CloseCode
from ._scope import as_told
from ._tasks import BackgroundTask, Mailbox, running_loop, within
from .client import Handshake
from .profiles import AfterDisconnect, Code, Disconnect, Profile, Reason, SendErrors

_NAMED: Final = {int(code): code for code in CloseCode if code < 3000}


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
        handshake: What the handshake request was answered with, once it was.
        code: The close code that the client saw, once it did.
        reason: The close reason that the client saw, once it did.
        reported: The event with which the application was told of the end, once it was put out for it.
        error: What the application raised, if it did.
        error_seen: Whether somebody asked for the error.
        cancelled: Whether the application ended by the cancellation that it was given.
        ended: Set when the application has ended.
        answered: Set when the handshake request was answered, or the client has gone.
    """

    def __init__(self, scope: dict[str, Any], profile: Profile) -> None:
        """Begin with the client's handshake request."""
        self.scope = as_told(scope, profile)
        self.profile = profile
        self.phase = Phase.CONNECTING
        self.handshake: Handshake | None = None
        self.code: int | None = None
        self.reason: str | None = None
        self.reported: events.Event | None = None
        self.error: BaseException | None = None
        self.error_seen = False
        self.cancelled = False
        self.answered = anyio.Event()
        self.ended = anyio.Event()
        self._flowing = anyio.Event()
        self._flowing.set()
        self.for_client: Mailbox[bytes | str | None] = Mailbox()
        self._for_application: Mailbox[events.Event] = Mailbox()
        self._for_application.put({"type": "websocket.connect"})
        self._task: BackgroundTask | None = None
        self._told = self._late = False
        self._loop = running_loop()

    def start(self, application: ASGIApplication) -> None:
        """Call the application in a task of its own, and end the connection when it ends."""
        called = partial(application, self.scope.copy(), self.receive, self.send)  # it may change what it is given
        self._task = BackgroundTask(called, self._application_ended)

    def cancel(self) -> None:
        """Cancel the application, as a server does that shuts down."""
        if self._task is not None:
            self._task.cancel()

    async def abandon(self, patience: float, failure: BaseException) -> None:
        """Cancel the application and wait for its end, though the caller is cancelled too; note that at the failure."""
        if self._task is not None and not await self._task.abandon(patience):
            failure.add_note("the application has been cancelled, and is still running")
        elif self.error is not None and failure is not self.error:
            failure.add_note(f"the application raised {self.error!r}")

    async def receive(self) -> events.Event:
        """Give the application its next event."""
        event = await self._for_application.get()
        self._told = self._told or event is self.reported
        return event

    async def send(self, event: events.Event) -> None:
        """Take an event from the application."""
        await anyio.lowlevel.checkpoint()
        if not self._flowing.is_set():
            await self._flowing.wait()
        kind = event["type"]
        if self.phase in (Phase.CLOSED, Phase.GONE):
            self._take_late(kind)
        else:
            self._take(event, kind)

    def deliver(self, event: events.Event, *, lost: bool = False) -> None:
        """Put an event out for the application; after a websocket.disconnect only what the profile says."""
        if self.reported is not None:
            return
        after_disconnect = self.profile.after_disconnect
        ends = event.get("type") == "websocket.disconnect"
        self._for_application.put(event, last=ends and after_disconnect is AfterDisconnect.SAME)
        if ends:
            self.reported = event
            if after_disconnect is AfterDisconnect.ENDLESS or (after_disconnect is AfterDisconnect.ONCE and not lost):
                again = {"type": "websocket.disconnect", "code": 1005}
                self._for_application.put(again, last=after_disconnect is AfterDisconnect.ENDLESS)

    def client_sends(self, message: events.Event) -> None:
        """Put a message out for the application."""
        both: events.Event = {"text": None, "bytes": None} if self.profile.both_keys else {}
        self.deliver({**both, **message, "type": "websocket.receive"})

    def client_closes(self, code: int | None, reason: str) -> None:
        """End the connection by the client's close frame."""
        kind = self.profile.no_code if code is None else self.profile.closed
        self._client_goes(kind, 1005 if code is None else code, reason)

    def client_drops(self) -> None:
        """Lose the connection."""
        self._client_goes(self.profile.lost, 1006, "", lost=True)

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
            where = f"the handshake was rejected with HTTP {self.handshake.status}"
        elif self.code is not None:
            where = f"the connection is closed with {self.code}"
        else:
            where = self.phase.value
        if not self.ended.is_set():
            return f"{where}, and the application is still running"
        return f"{where}, and the application has {'returned' if self.error is None else f'raised {self.error!r}'}"

    def check_loop(self, step: str) -> None:
        """Reject a step of the client's on another event loop than this connection's."""
        if running_loop() is not self._loop:
            raise RuntimeError(
                f"{step}: expected the event loop in which connect was entered, got another;"
                " give the fixture and the test the same loop scope"
            )

    def within(self, deadline: float, step: str) -> AbstractContextManager[None]:
        """Wait no longer than the deadline for a step."""
        return within(deadline, lambda: f"{step}: nothing came within {deadline} s; {self.situation()}")

    def _take(self, event: events.Event, kind: str) -> None:
        if kind.startswith("websocket.http.response") and "extensions" not in self.scope:
            return  # so do daphne and gunicorn, which have no such extension
        match self.phase, kind:
            case Phase.CONNECTING, "websocket.accept":
                self._take_accept(event)
            case Phase.CONNECTING, "websocket.close":
                self._reject(Handshake(403, [], None, b""))
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

    def _take_late(self, kind: str) -> None:
        raises = self._raises()
        error = {"websocket.send": raises.send, "websocket.close": raises.close}.get(kind, raises.accept)
        if error is not None:
            raise error(f"{kind}: {self.phase.value}")
        self._late = self._late or (kind == "websocket.accept" and self.handshake is None)

    def _raises(self) -> SendErrors:
        profile = self.profile
        if self._late and profile.late is not None:
            return profile.late
        if self._told and profile.received is not None:
            return profile.received
        return profile.gone if self.phase is Phase.GONE else profile.ended

    def _take_accept(self, event: events.Event) -> None:
        self.phase = Phase.OPEN
        self._answer(Handshake(101, list(event.get("headers") or []), event.get("subprotocol"), b""))

    def _take_denial(self, event: events.Event) -> None:
        self.phase = Phase.DENYING
        self.handshake = Handshake(event["status"], list(event.get("headers") or []), None, b"")

    def _take_body(self, event: events.Event) -> None:
        assert self.handshake is not None
        if event.get("more_body") and not self.profile.denial_in_parts:
            raise RuntimeError(f"{event['type']}: more_body")
        self.handshake = self.handshake._replace(body=self.handshake.body + event.get("body", b""))
        if not event.get("more_body"):
            self._reject(self.handshake)

    def _take_close(self, event: events.Event) -> None:
        code, reason = event.get("code", 1000), event.get("reason") or ""
        if code in self.profile.rejected_codes:
            raise Exception(f"{event['type']}: the code {code} is rejected")
        self.phase = Phase.CLOSED
        self._end_for_client(code, reason)
        self.deliver(_disconnect(self.profile.own, code, reason))

    def _answer(self, handshake: Handshake) -> None:
        self.handshake = handshake
        self.answered.set()

    def _reject(self, handshake: Handshake) -> None:
        self.phase = Phase.CLOSED
        self._answer(handshake)
        self._end_for_client(1006, "")  # RFC 6455 section 7.1.5: the connection never was
        self.deliver(_disconnect(self.profile.rejected, 1006, ""))

    def _client_goes(self, kind: Disconnect, code: int, reason: str, *, lost: bool = False) -> None:
        unanswered = self.phase in (Phase.CONNECTING, Phase.DENYING)
        self.phase = Phase.GONE
        self._end_for_client(code, reason)
        event = _disconnect(self.profile.abandoned if unanswered else kind, code, reason)
        self.deliver(event, lost=lost or unanswered)

    def _end_for_client(self, code: int, reason: str) -> None:
        if self.code is None:
            self.code, self.reason = code, reason
        self.answered.set()
        self.for_client.put(None, last=True)

    def _application_ended(self) -> None:
        assert self._task is not None
        self.error, self.cancelled = self._task.error, self._task.cancelled
        if self.phase in (Phase.CONNECTING, Phase.DENYING):
            self._reject(Handshake(500, [], None, b"Internal Server Error"))
        elif self.phase is Phase.OPEN:
            if self.error is not None and 1011 in self.profile.rejected_codes:
                self._end_for_client(1011, "")  # daphne 4.2, which rejects it of an application, sends it by itself
            self.client_drops()
        self.ended.set()


def _disconnect(kind: Disconnect, code: int, reason: str) -> events.Event:
    """Return the event that tells of an end with this code and reason."""
    codes = {Code.RECEIVED: code, Code.NAMED: _NAMED.get(code, code)}
    known = codes[kind.code] if isinstance(kind.code, Code) else kind.code
    event: dict[str, Any] = {"type": "websocket.disconnect", "code": known}
    if kind.reason is Reason.ALWAYS or (kind.reason is Reason.RECEIVED and reason):
        event["reason"] = reason
    return event
