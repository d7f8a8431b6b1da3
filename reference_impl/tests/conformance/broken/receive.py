"""Faults that fail a requirement of WS-RECEIVE."""

from typing import Any

from bareasgi_ws import WebSocketClosedError, WebSocketError, WebSocketStateError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules import events
from bareasgi_ws._rules.states import BEFORE, OPEN, Step

from .ending import KnowsItsEnd
from .fault import web_socket_fails


@web_socket_fails("WS-RECEIVE-01")
class NotAcceptedReadsAsTheEnd(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        return None if self.state == BEFORE else await super().receive()


@web_socket_fails("WS-RECEIVE-02")
class StripsText(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        return content.strip() if isinstance(content, str) else content


@web_socket_fails("WS-RECEIVE-03")
class EmptyTextIsTheEnd(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        return None if content == "" else content


@web_socket_fails("WS-RECEIVE-04")
class EmptyBinaryIsTheEnd(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0 where the server gives ``text: None`` beside it."""

    async def receive(self) -> Any:
        content = await super().receive()
        return None if content == b"" else content


@web_socket_fails(
    "WS-RECEIVE-05",
    blocks=(
        "WS-INDEPENDENCE-01",
        "WS-INDEPENDENCE-02",
        "WS-INDEPENDENCE-03",
        "WS-RECEIVE-06",
        "WS-SEND-07",
        "WS-SEND-11",
        "WS-CLOSE-05",
        "WS-CODE-05",
        "WS-CODE-06",
        "WS-CODE-07",
        "WS-CODE-08",
        "WS-CODE-09",
        "WS-CODE-11",
        "WS-LIFETIME-09",
        "WS-CONTENT-03",
        "WS-CONTENT-05",
        "WS-CAPABILITY-02",
        "WS-CAPABILITY-04",
        "WS-CAPABILITY-06",
        "WS-CAPABILITY-08",
    ),
)
class TheEndIsAnEmptyMessage(KnowsItsEnd):
    """As a socket's recv gives the end."""

    async def receive(self) -> Any:
        was_open = self.state == OPEN
        content = await super().receive()
        return b"" if was_open and self.ended_by is Step.DISCONNECT and self.code != 1006 else content


@web_socket_fails("WS-RECEIVE-06")
class GoesBackToTheServer(KnowsItsEnd):
    """As bareASGI, which then waits for ever on servers that tell the end only once."""

    async def receive(self) -> Any:
        if self.ended_by is Step.DISCONNECT:
            await self._server_receive()
        return await super().receive()


@web_socket_fails(
    "WS-RECEIVE-07",
    blocks=(
        "WS-LIFETIME-17",
        "WS-CONTENT-03",
        "WS-CONTENT-05",
        "WS-CAPABILITY-05",
        "WS-CAPABILITY-06",
        "WS-CAPABILITY-07",
        "WS-CAPABILITY-09",
    ),
)
class GivesWhatHadArrivedBeforeItsClose(KnowsItsEnd):
    async def receive(self) -> Any:
        if self.ended_by is not Step.CLOSE:
            return await super().receive()
        arrived = events.read(await self._server_receive())
        return None if isinstance(arrived, tuple) else arrived


@web_socket_fails(
    "WS-RECEIVE-08",
    blocks=(
        "WS-SEND-07",
        "WS-SEND-11",
        "WS-CLOSE-05",
        "WS-CODE-05",
        "WS-CODE-07",
        "WS-CODE-08",
        "WS-CODE-09",
        "WS-CODE-10",
        "WS-CODE-11",
        "WS-LIFETIME-09",
        "WS-CONTENT-03",
        "WS-CONTENT-05",
    ),
)
class ALossIsAnError(KnowsItsEnd):
    """As websockets, whose recv raises ConnectionClosedError."""

    async def receive(self) -> Any:
        was_open = self.state == OPEN
        content = await super().receive()
        if was_open and self.ended_by is Step.DISCONNECT and self.code == 1006:
            raise WebSocketClosedError("receive(): the connection is lost")
        return content


@web_socket_fails("WS-RECEIVE-09")
class EndsQuietly(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        try:
            return await super().receive()
        except WebSocketStateError:
            raise
        except WebSocketError:
            return None
