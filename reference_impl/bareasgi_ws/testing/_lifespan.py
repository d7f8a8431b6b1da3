"""The server's end of an application's lifespan (ASGI specification, lifespan protocol)."""

from functools import partial
from typing import Any

import anyio
import anyio.lowlevel

from .._rules.events import Event
from ..asgi import ASGIApplication
from ._tasks import BackgroundTask, Mailbox, within
from .client import DeadlineError


class Lifespan:
    """One lifespan, in which an application that has none is left alone, as servers do by default.

    Attributes:
        state: What the application leaves for its connections.
    """

    def __init__(self, application: ASGIApplication, deadline: float) -> None:
        """Take the application, and how long its start and its end may take."""
        self.state: dict[str, Any] = {}
        self._application = application
        self._deadline = deadline
        self._step = "startup"
        self._answer: Event | None = None

    async def __aenter__(self) -> dict[str, Any]:
        """Have the application start, in a task of its own."""
        self._for_application: Mailbox[Event] = Mailbox()
        self._answered = anyio.Event()
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        call = partial(self._application, scope, self._for_application.get, self._send)
        self._task = BackgroundTask(call, lambda: self._answered.set())
        try:
            await self._ask()
        except BaseException:
            await self._task.abandon(self._deadline)
            raise
        return self.state

    async def __aexit__(self, kind: object, failure: BaseException | None, traceback: object) -> None:
        """Have it stop, where it has started, and wait for its end, though the caller is cancelled."""
        if self._answer is None:
            return
        try:
            await self._stop()
        except Exception as error:
            if failure is None:
                raise
            failure.add_note(f"the application's end raised {error!r}")

    async def _stop(self) -> None:
        self._step, self._answer, self._answered = "shutdown", None, anyio.Event()
        try:
            await self._ask(shield=True)
        finally:
            # As where a server's loop ends, for an application may wait for an event after the last.
            ended = await self._task.abandon(self._deadline)
        if not ended:
            raise DeadlineError("lifespan: the application has been cancelled, and is still running")
        if self._task.error is not None:
            raise self._task.error

    async def _ask(self, *, shield: bool = False) -> None:
        self._for_application.put({"type": f"lifespan.{self._step}"})
        if not self._task.ended.is_set():
            with within(self._deadline, self._late, shield=shield):
                await self._answered.wait()
        if self._answer is not None and self._answer["type"] == f"lifespan.{self._step}.failed":
            await self._task.abandon(self._deadline)
            message = self._answer.get("message") or "it gives no reason"
            raise RuntimeError(f"lifespan: the application's {self._step} failed: {message}") from self._task.error

    def _late(self) -> str:
        return f"lifespan: the application did not answer 'lifespan.{self._step}' within {self._deadline} s"

    async def _send(self, event: Event) -> None:
        await anyio.lowlevel.checkpoint()
        kind = event["type"]
        if self._answer is not None or kind not in (f"lifespan.{self._step}.complete", f"lifespan.{self._step}.failed"):
            raise RuntimeError(f"unexpected event {kind!r}: the application was asked for its {self._step}")
        self._answer = event
        self._answered.set()
