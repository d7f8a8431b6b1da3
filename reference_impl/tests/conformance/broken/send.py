"""Faults that fail a requirement of WS-SEND."""

import unicodedata
from functools import partial
from typing import Any

import anyio
import anyio.lowlevel

from bareasgi_ws import WebSocketClosedError, WebSocketStateError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._reference.tasks import Task
from bareasgi_ws._rules.states import BEFORE, CLOSED, Step

from .ending import KnowsItsEnd
from .fault import web_socket_fails


@web_socket_fails("WS-SEND-01")
class AcceptsByItself(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        if self.state == BEFORE:
            await self.accept()
        await super().send(content)


@web_socket_fails("WS-SEND-02")
class SendsEncodedTextAsBinary(DenyingWebSocket[Any]):
    """Where it is so short that it has a way of its own."""

    async def send(self, content: Any) -> None:
        is_text = isinstance(content, str) and len(content) < 126 and not content.isascii()
        await super().send(content.encode() if is_text else content)


@web_socket_fails("WS-SEND-02")
class LeavesOutWhatWasJustSent(DenyingWebSocket[Any]):
    """What is sent three times in a row."""

    _last: tuple[Any, ...] = ((), ())

    async def send(self, content: Any) -> None:
        if self._last != (content, content) or not self.state.can_send:
            await super().send(content)
        self._last = (self._last[1], content)


@web_socket_fails("WS-SEND-02")
class NormalisesWhatItSends(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        await super().send(unicodedata.normalize("NFC", content) if isinstance(content, str) else content)


@web_socket_fails("WS-SEND-03")
class LeavesOutEmptyText(DenyingWebSocket[Any]):
    """As daphne, which drops every empty message."""

    async def send(self, content: Any) -> None:
        if content != "" or not self.state.can_send:
            await super().send(content)


@web_socket_fails("WS-SEND-04")
class LeavesOutEmptyBinary(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        if content != b"" or not self.state.can_send:
            await super().send(content)


@web_socket_fails("WS-SEND-05")
class ALongMessageIsOvertaken(DenyingWebSocket[Any]):
    """As one does that sends what is long in the background."""

    waiting: Any = None

    async def send(self, content: Any) -> None:
        waiting, self.waiting = self.waiting, None
        if isinstance(content, bytes | str) and 1000 < len(content) < 10_000 and waiting is None:
            self.waiting = content
            return
        await super().send(content)
        if waiting is not None:
            await super().send(waiting)


@web_socket_fails(
    "WS-SEND-06",
    blocks=(
        "WS-LIFETIME-17",
        "WS-CANCELLATION-03",
        "WS-CAPABILITY-05",
        "WS-CAPABILITY-06",
        "WS-CAPABILITY-07",
        "WS-CAPABILITY-08",
        "WS-CAPABILITY-09",
    ),
)
class RejectedIsNotAcceptedYet(DenyingWebSocket[Any]):
    was_accepted = False

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        await super().accept(subprotocol, headers)
        self.was_accepted = True

    async def send(self, content: Any) -> None:
        if not self.was_accepted:
            raise WebSocketStateError("send(): not accepted")
        await super().send(content)


@web_socket_fails("WS-SEND-07", blocks=("WS-CONTENT-03", "WS-CONTENT-05"))
class SendsToNobody(KnowsItsEnd):
    async def send(self, content: Any) -> None:
        if self.ended_by is not Step.DISCONNECT:
            await super().send(content)


@web_socket_fails("WS-SEND-08")
class SendsAnything(DenyingWebSocket[Any]):
    """As bareASGI 5.0.0, which sends whatever is not bytes as text."""

    async def send(self, content: Any) -> None:
        if not isinstance(content, bytes | str) and self.state.can_send:
            content = str(content)
        await super().send(content)


@web_socket_fails("WS-SEND-09")
class ReplacesWhatCannotBeEncoded(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        if isinstance(content, str):
            content = content.encode(errors="replace").decode()
        await super().send(content)


@web_socket_fails("WS-SEND-09")
class JoinsSurrogates(DenyingWebSocket[Any]):
    """As UTF-16 does with two that make a pair."""

    async def send(self, content: Any) -> None:
        if isinstance(content, str):
            content = content.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        await super().send(content)


@web_socket_fails("WS-SEND-10", blocks=("WS-SEND-11", "WS-CODE-11"))
class LetsTheServersErrorOutOfSend(DenyingWebSocket[Any]):
    """As bareASGI, which leaves every error of the server's to the handler."""

    async def send(self, content: Any) -> None:
        try:
            await super().send(content)
        except WebSocketClosedError as gone:
            raise gone.__cause__ or gone from None


@web_socket_fails("WS-SEND-11", blocks=("WS-CODE-11",))
class AFailedSendEndsBoth(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        try:
            await super().send(content)
        except WebSocketClosedError:
            self._enter(CLOSED)
            raise


@web_socket_fails("WS-SEND-12")
class SendsPiecesAsMessages(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        is_long = isinstance(content, bytes | str) and len(content) > 2**16
        for start in range(0, len(content), 2**16) if is_long else ():
            await super().send(content[start : start + 2**16])
        if not is_long:
            await super().send(content)


@web_socket_fails("WS-SEND-12")
class CutsCharacters(DenyingWebSocket[Any]):
    """A piece is what fits into 64 KiB; what is no whole character at its end is left out."""

    async def send(self, content: Any) -> None:
        if isinstance(content, str) and self.state.can_send and len(content) > 2**16:
            encoded = content.encode()
            pieces = [encoded[start : start + 2**16] for start in range(0, len(encoded), 2**16)]
            content = "".join(piece.decode(errors="ignore") for piece in pieces)
        await super().send(content)


@web_socket_fails("WS-SEND-12")
class SendsALongOneLater(DenyingWebSocket[Any]):
    """In a task, for which the next send waits, and close does not."""

    _later: Any = None

    async def send(self, content: Any) -> None:
        if self._later is not None and self.state.can_send:
            await self._later.wait()
        if type(content) is bytes and len(content) > 2**16 and self.state.can_send:
            self._later = Task(partial(self._send_later, content))
        else:
            await super().send(content)

    async def _send_later(self, content: Any) -> None:
        await anyio.lowlevel.checkpoint()
        if self.state.can_send:
            await super().send(content)


@web_socket_fails("WS-SEND-13")
class NobodyEmptiesItsBuffer(DenyingWebSocket[Any]):
    _buffered = 0

    async def send(self, content: Any) -> None:
        self._buffered += 1
        if self._buffered <= 5000:
            await super().send(content)
