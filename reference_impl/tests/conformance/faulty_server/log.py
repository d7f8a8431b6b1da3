"""Faults in the server's log: WS-SERVER-28 and 29."""

import logging
from typing import Any

from .fault import fails
from .server import Between, Event, Healthy


def log(what: str) -> None:
    logging.getLogger("uvicorn.error").error("an error that is none: %s", what)


@fails("WS-SERVER-28")
class LogsADenial(Between):
    """A denial is an error."""

    def sent(self, event: Event) -> Event:
        if event["type"] == "websocket.http.response.body":
            log("a denial")
        return event


class LogsAClose(Between):
    """Logs an error as the application closes, before accept or after it."""

    before = False
    accepted = False

    def sent(self, event: Event) -> Event:
        self.accepted = self.accepted or event["type"] == "websocket.accept"
        if event["type"] == "websocket.close" and self.accepted is not self.before:
            log("a close")
        return event


@fails("WS-SERVER-28")
class LogsARejection(LogsAClose):
    """A rejection is an error."""

    before = True


@fails("WS-SERVER-28")
class LogsACloseAfterAccept(LogsAClose):
    """A close is an error."""


@fails("WS-SERVER-28")
class LogsALateMessage(Healthy):
    """A message for a client that has gone is an error."""

    async def send(self, message: Any) -> None:
        try:
            await super().send(message)
        finally:
            if message["type"] == "websocket.send" and self.transport.is_closing():
                log("a late message")


@fails("WS-SERVER-28")
class LogsAMessageThatIsRejected(Between):
    """A message for a client that is known to have gone is an error."""

    async def send(self, event: Event) -> None:
        try:
            await super().send(event)
        except OSError:
            if event["type"] == "websocket.send":
                log("a rejected message")
            raise


class LogsAnEnd(Between):
    """Logs an error as an end with one of these codes is reported."""

    codes: tuple[int, ...] = ()

    def received(self, event: Event) -> Event:
        if event["type"] == "websocket.disconnect" and event["code"] in self.codes:
            log(f"an end with {event['code']}")
        return event


@fails("WS-SERVER-29")
class LogsABreachOfTheProtocol(LogsAnEnd):
    """What breaks the protocol is an error of the server's."""

    codes = (1002, 1007)


@fails("WS-SERVER-29")
class LogsALoss(LogsAnEnd):
    """A lost connection is an error of the server's."""

    codes = (1006,)
