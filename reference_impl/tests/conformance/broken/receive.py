"""Faults that fail a requirement of WS-RECEIVE."""

import unicodedata
from collections.abc import Callable
from typing import Any

import anyio

from bareasgi_ws import WebSocketClosedError, WebSocketError, WebSocketStateError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._reference.tasks import Task
from bareasgi_ws._rules import events
from bareasgi_ws._rules.states import BEFORE, OPEN, Step
from bareasgi_ws.testing._tasks import BackgroundTask, Mailbox

from .ending import KnowsItsEnd
from .fault import application_fails, serve, web_socket_fails

NOT_THE_END = (
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
)
"""The requirements that show nothing where the client's end is told wrongly."""


@web_socket_fails("WS-RECEIVE-01")
class NotAcceptedReadsAsTheEnd(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        return None if self.state == BEFORE else await super().receive()


@web_socket_fails("WS-RECEIVE-02")
class StripsText(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        return content.strip() if isinstance(content, str) else content


@web_socket_fails("WS-RECEIVE-02")
class TakesTheSameForARepetition(DenyingWebSocket[Any]):
    """What comes three times in a row."""

    _last: tuple[Any, ...] = (None, None)

    async def receive(self) -> Any:
        content = await super().receive()
        if content is not None and self._last == (content, content):
            content = await super().receive()
        self._last = (self._last[1], content)
        return content


@web_socket_fails("WS-RECEIVE-02")
class NormalisesWhatItReceives(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        return unicodedata.normalize("NFC", content) if isinstance(content, str) else content


@web_socket_fails("WS-RECEIVE-02")
class LeavesOutAByteOrderMark(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        return content.encode().decode("utf-8-sig") if isinstance(content, str) else content


@web_socket_fails("WS-RECEIVE-02")
class ReplacesNoncharacters(DenyingWebSocket[Any]):
    """As a decoder that takes them for errors, which they are not (Unicode corrigendum 9)."""

    async def receive(self) -> Any:
        content = await super().receive()
        return content.replace("\uffff", "\ufffd") if isinstance(content, str) else content


@web_socket_fails("WS-RECEIVE-02")
class TakesALastLineBreakForTheTerminals(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        return content.removesuffix("\n") if isinstance(content, str) else content


def reading_ahead_fails(
    requirement: str, *, blocks: tuple[str, ...] = ()
) -> Callable[[Callable[[list[Any]], Any]], Any]:
    """Register what takes one of the events that wait, where they are read ahead, so that it fails the requirement."""

    def register(take: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
        def make_application(handler: Any, route: str, content: Any, info: Any) -> Any:
            served = serve(handler, route, content, info)

            async def application(scope: Any, receive: Any, send: Any) -> None:
                ahead = ReadsAhead(receive, take)
                reading = Task(ahead.read)
                try:
                    await served(scope, ahead.receive, send)
                finally:
                    reading.cancel()

            return application

        make_application.__name__ = take.__name__
        application_fails(requirement, blocks=blocks)(make_application)
        return take

    return register


class ReadsAhead:
    """Reads what comes, whether the handler asks for it or not."""

    def __init__(self, receive: Any, take: Callable[[list[Any]], Any]) -> None:
        self._receive, self._take = receive, take
        self._events: list[Any] = []
        self._arrived = anyio.Event()

    async def read(self) -> None:
        while not self._events or self._events[-1]["type"] != "websocket.disconnect":
            self._events.append(await self._receive())
            self._arrived.set()

    async def receive(self) -> Any:
        while not self._events:
            self._arrived = anyio.Event()
            await self._arrived.wait()
        return self._take(self._events)


@reading_ahead_fails("WS-RECEIVE-02")
def takes_text_first(waiting: list[Any]) -> Any:
    texts = [event for event in waiting if event.get("text") is not None]
    waiting.remove(first := (texts or waiting)[0])
    return first


@reading_ahead_fails("WS-RECEIVE-05", blocks=NOT_THE_END)
def forgets_what_waits_at_the_end(waiting: list[Any]) -> Any:
    if len(waiting) > 20 and waiting[-1]["type"] == "websocket.disconnect":
        del waiting[:-1]
    return waiting.pop(0)


@web_socket_fails("WS-RECEIVE-03")
class TakesTwoEmptyTextsForOne(DenyingWebSocket[Any]):
    _last: Any = None

    async def receive(self) -> Any:
        content = await super().receive()
        while content == self._last == "":
            content = await super().receive()
        self._last = content
        return content


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


@web_socket_fails("WS-RECEIVE-05", blocks=NOT_THE_END)
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


@web_socket_fails("WS-RECEIVE-10")
class HasALimitOf64KiB(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        if content is not None and len(content) > 2**16:
            await self.close(1009)
            return None
        return content


@web_socket_fails("WS-RECEIVE-10")
class DecodesEachPiece(DenyingWebSocket[Any]):
    """A character at the edge of two frames is in neither of them."""

    async def receive(self) -> Any:
        content = await super().receive()
        if not isinstance(content, str):
            return content
        encoded = content.encode()
        pieces = [encoded[start : start + 4096] for start in range(0, len(encoded), 4096)]
        return "".join(piece.decode(errors="replace") for piece in pieces)


class KeepsTheLast(Mailbox[Any]):
    """As a deque with a maxlen."""

    def put(self, item: Any, *, last: bool = False) -> None:
        super().put(item, last=last)
        while len(self._items) > 1000:
            self._items.popleft()


@application_fails("WS-RECEIVE-11")
def keeps_the_last_thousand(handler: Any, route: str, content: Any, info: Any) -> Any:
    served = serve(handler, route, content, info)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        arrived = KeepsTheLast()

        async def read_ahead() -> None:
            kind = None
            while kind != "websocket.disconnect":
                event = await receive()
                kind = event.get("type")
                arrived.put(event, last=kind == "websocket.disconnect")

        reading = BackgroundTask(read_ahead, lambda: None)
        try:
            await served(scope, arrived.get, send)
        finally:
            reading.cancel()

    return application
