"""Faults in what the application is told of the end: WS-CODE-09 and 10, WS-SERVER-19 to 22, 27, 30,
46 to 48, 61 to 63, and 73."""

from typing import Any

import anyio
from wsproto.events import BytesMessage, CloseConnection, TextMessage

from .fault import fails
from .server import Between, Event, Healthy
from .transport import NeverClosing


class ChangesAReport(Between):
    """Gives another websocket.disconnect than the server's."""

    def received(self, event: Event) -> Event:
        return self.disconnect(event) if event["type"] == "websocket.disconnect" else event

    def disconnect(self, event: Event) -> Event:
        raise NotImplementedError


@fails("WS-CODE-09")
class ReportsNoCodeOfAnApplications(ChangesAReport):
    """A code from 3000 is reported as 1000."""

    def disconnect(self, event: Event) -> Event:
        return {**event, "code": 1000} if event["code"] >= 3000 else event


class KnowsAnEarlyLoss(Healthy):
    """Reports some losses as 1005, and tells those before accept from others."""

    is_early = True

    async def send(self, message: Any) -> None:
        await super().send(message)
        if message["type"] == "websocket.accept":
            self.is_early = self.transport.is_closing()  # the response could not be written

    def connection_lost(self, exc: Exception | None) -> None:
        if self.misses():
            self.queue.put_nowait({"type": "websocket.disconnect", "code": 1005})
        super().connection_lost(exc)

    def misses(self) -> bool:
        raise NotImplementedError


@fails("WS-CODE-10")
class ReportsALossAs1005(KnowsAnEarlyLoss):
    """A connection that is lost after accept is reported as if it had been closed, as uvicorn 0.54 does."""

    def misses(self) -> bool:
        return not self.is_early


@fails("WS-SERVER-19")
class Reports1000ForNoCode(ChangesAReport):
    """A close without a code is reported as 1000."""

    def disconnect(self, event: Event) -> Event:
        return {**event, "code": 1000} if event["code"] == 1005 else event


@fails("WS-SERVER-20")
class ReportsNoReason(ChangesAReport):
    """The reason of the client's close is not reported."""

    def disconnect(self, event: Event) -> Event:
        return {**event, "reason": ""}


@fails("WS-SERVER-21")
class ReportsAnEarlyLossAs1005(KnowsAnEarlyLoss):
    """A client that is lost before accept is reported as if it had closed."""

    def misses(self) -> bool:
        return self.is_early


@fails("WS-SERVER-22")
class SendsToNobodyInSilence(Between):
    """An event for a client that has gone is dropped."""

    async def send(self, event: Event) -> None:
        try:
            await super().send(event)
        except OSError:
            return


@fails("WS-SERVER-22")
class RaisesAnErrorOfItsOwn(Between):
    """An event for a client that has gone raises a RuntimeError."""

    async def send(self, event: Event) -> None:
        try:
            await super().send(event)
        except OSError as error:
            raise RuntimeError("the client has gone") from error


@fails("WS-SERVER-27")
class ReportsAFailedConnectionAsLost(ChangesAReport):
    """A connection that the server has failed is reported as 1006."""

    def disconnect(self, event: Event) -> Event:
        return {**event, "code": 1006} if event["code"] in (1002, 1007) else event


class KnowsOfTheClientsClose(Healthy):
    """Does something of its own where the application closes as the client has closed, and sent no other text."""

    is_silent, has_closed = True, False

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        self.is_silent = event.data == "go"
        super().handle_message(event)

    def handle_close(self, event: CloseConnection) -> None:
        super().handle_close(event)
        self.has_closed = self.is_silent

    async def send(self, message: Any) -> None:
        if self.has_closed and message["type"] == "websocket.close":
            await self.collide()
        await super().send(message)

    async def collide(self) -> None:
        raise NotImplementedError


@fails("WS-SERVER-30")
class EndsWhereBothClose(KnowsOfTheClientsClose):
    """The whole server ends, as hypercorn 0.18 on trio."""

    async def collide(self) -> None:
        self.app_state["run"](self.end)

    async def end(self) -> None:
        raise anyio.BusyResourceError("sending from")


@fails("WS-SERVER-30", waits=True)
class WaitsWhereBothClose(KnowsOfTheClientsClose):
    """The application's close does not return: it waits for a response that has come already."""

    async def collide(self) -> None:
        await anyio.sleep_forever()


@fails("WS-SERVER-46")
class ReportsTheEndTwice(Between):
    """A second end has no code."""

    ended = False

    def received(self, event: Event) -> Event:
        was_ended, self.ended = self.ended, event["type"] == "websocket.disconnect"
        return {**event, "code": 1005} if was_ended else event


@fails("WS-SERVER-47")
class IgnoresAMessageAfterAClose(Between):
    """A message after the application's close is dropped."""

    closed = False

    async def send(self, event: Event) -> None:
        if not self.closed:
            await super().send(event)
        self.closed = self.closed or event["type"] == "websocket.close"


@fails("WS-SERVER-48")
class ReportsItsOwnCloseAs1000(Between):
    """After the application's close the end has the code 1000."""

    closed = False

    def sent(self, event: Event) -> Event:
        self.closed = self.closed or event["type"] == "websocket.close"
        return event

    def received(self, event: Event) -> Event:
        return {**event, "code": 1000} if self.closed else event


class LeavesOpen(Healthy):
    """Leaves the connection open as the application ends."""

    async def run_asgi(self) -> None:
        own, self.transport = self.transport, NeverClosing(self.transport)  # type: ignore[assignment]
        await super().run_asgi()
        self.transport = own


@fails("WS-SERVER-61", waits=True)
class LeavesOpenAfterAnException(LeavesOpen):
    """The connection stays open where the application raises."""


@fails("WS-SERVER-63", waits=True)
class LeavesOpenAfterAReturn(LeavesOpen):
    """The connection stays open where the application returns."""


@fails("WS-SERVER-62", waits=True)
class WaitsAfterAReturn(LeavesOpen):
    """A handshake stays without response where the application returns, as with daphne 4.2."""

    def send_500_response(self) -> None:
        """Leave it."""


@fails("WS-SERVER-73", waits=True)
class ReportsAFailureAtTheEnd(Between):
    """A connection that the server has failed is reported by and by, as with hypercorn 0.18."""

    async def receive(self) -> Event:
        event = await super().receive()
        if event["type"] == "websocket.disconnect" and event["code"] == 1002:
            await anyio.sleep(5)
        return event
