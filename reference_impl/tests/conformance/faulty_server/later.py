"""Faults in what the raw suite alone sees: WS-SERVER-41 to 75."""

from contextlib import suppress
from typing import Any

import anyio
from wsproto.events import BytesMessage, TextMessage

from .closes import ChangesAClose
from .fault import fails
from .handshake import ChangesAccept
from .server import Between, Event, Healthy


class ChangesTheResponse(Healthy):
    """Writes another response to the handshake than uvicorn's, or other frames."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(_Changing(transport, self.changed))  # type: ignore[arg-type]

    def changed(self, data: bytes) -> bytes:
        raise NotImplementedError


class _Changing:
    """A transport that changes what is written."""

    def __init__(self, transport: Any, change: Any) -> None:
        self._transport, self._change = transport, change

    def write(self, data: bytes) -> None:
        if changed := self._change(data):
            self._transport.write(changed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


@fails("WS-SERVER-41")
class AnswersAnotherKey(ChangesTheResponse):
    """Sec-WebSocket-Accept is for another key."""

    def changed(self, data: bytes) -> bytes:
        return data.replace(b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", b"A" * 27 + b"=")


@fails("WS-SERVER-42")
class BeginsWithAMessage(Between):
    """The first event is a message."""

    is_first = True

    def received(self, event: Event) -> Event:
        was_first, self.is_first = self.is_first, False
        return {"type": "websocket.receive", "text": ""} if was_first else event


@fails("WS-SERVER-43")
class DropsOpaqueHeaders(Between):
    """A header that is not ASCII is not in the scope."""

    def given(self, scope: Event) -> Event:
        return {**scope, "headers": [one for one in scope["headers"] if one[1].isascii()]}


@fails("WS-SERVER-44")
class EncodesOpaqueHeaders(ChangesAccept):
    """A header that is not ASCII is taken for Latin-1, and encoded anew."""

    def accept(self, event: Event) -> Event:
        headers = [(name, value.decode("latin-1").encode()) for name, value in event.get("headers", [])]
        return {**event, "headers": headers}


@fails("WS-SERVER-45")
class KeepsTheFirstPartOfADenial(Between):
    """Of the body of a denial the first part goes out."""

    began = False

    def sent(self, event: Event) -> Event:
        if event["type"] != "websocket.http.response.body":
            return event
        was_there, self.began = self.began, True
        return {**event, "body": b""} if was_there else event


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


@fails("WS-SERVER-49", waits=True)
class TakesAPongForAnEnd(Healthy):
    """A pong that answers no ping is the end."""

    def data_received(self, data: bytes) -> None:
        if data[:1] == b"\x8a":
            self.transport.abort()
        super().data_received(data)


@fails("WS-SERVER-50")
class CutsACompressedText(Healthy):
    """Of a text that is long once it is inflated, the beginning is given."""

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        if isinstance(event, TextMessage) and len(event.data) == 1000:
            event = TextMessage(event.data[:10], event.frame_finished, event.message_finished)
        super().handle_message(event)


@fails("WS-SERVER-51")
class SelectsAnExtensionUnasked(ChangesTheResponse):
    """The response has an extension that nobody offered."""

    def changed(self, data: bytes) -> bytes:
        return data.replace(b"\r\n\r\n", b"\r\nSec-WebSocket-Extensions: x-own\r\n\r\n", 1)


class ChangesTheRequest(Healthy):
    """Reads another handshake request than the client's."""

    begun = False

    def data_received(self, data: bytes) -> None:
        if not self.begun:
            self.begun, data = True, self.changed(data)
        super().data_received(data)

    def changed(self, data: bytes) -> bytes:
        raise NotImplementedError


@fails("WS-SERVER-52")
class AcceptsVersion12(ChangesTheRequest):
    """Version 12 is as good as 13."""

    def changed(self, data: bytes) -> bytes:
        return data.replace(b": 12\r\n", b": 13\r\n")


@fails("WS-SERVER-53")
class NeedsNoVersion(ChangesTheRequest):
    """No version is as good as 13."""

    def changed(self, data: bytes) -> bytes:
        if b"sec-websocket-version" in data.lower():
            return data
        return data.replace(b"\r\n\r\n", b"\r\nSec-WebSocket-Version: 13\r\n\r\n")


class TakesAClose(Healthy):
    """Takes a close frame that is not allowed for one that is."""

    def data_received(self, data: bytes) -> None:
        if data[:1] == b"\x88" and self.is_wrong(data):
            data = b"\x88\x82\0\0\0\0\x03\xe8"
        super().data_received(data)

    def is_wrong(self, data: bytes) -> bool:
        raise NotImplementedError


@fails("WS-SERVER-54")
class TakesACloseOfOneByte(TakesAClose):
    """A close frame of one byte is one with 1000."""

    def is_wrong(self, data: bytes) -> bool:
        return data[1] == 0x81


@fails("WS-SERVER-55")
class TakesAnyCode(TakesAClose):
    """A close frame with any code is one with 1000."""

    def is_wrong(self, data: bytes) -> bool:
        return data[1] == 0x82


@fails("WS-SERVER-56")
class TakesAnyReason(TakesAClose):
    """A close frame with any reason is one with 1000."""

    def is_wrong(self, data: bytes) -> bool:
        return data[1] > 0x82


@fails("WS-SERVER-57")
class SendsAfterItsClose(ChangesTheResponse):
    """A text follows the server's close frame."""

    def changed(self, data: bytes) -> bytes:
        return data + b"\x81\x05after" if data[:1] == b"\x88" else data


@fails("WS-SERVER-58", waits=True)
class LeavesTheTCPConnectionOpen(Healthy):
    """The TCP connection is left to the client."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.transport = _NeverClosing(transport)  # type: ignore[assignment]


class _NeverClosing(_Changing):
    """A transport that is not closed."""

    def __init__(self, transport: Any) -> None:
        super().__init__(transport, lambda data: data)

    def close(self) -> None:
        """Stay open."""


@fails("WS-SERVER-59")
class WritesLongLengths(ChangesTheResponse):
    """The length of a short frame has two bytes more than it needs."""

    def changed(self, data: bytes) -> bytes:
        return b"\x82\x7e\0\x01" + data[2:] if data[:2] == b"\x82\x01" else data


@fails("WS-SERVER-60")
class Rejects500With403(ChangesTheResponse):
    """An error of the application's is answered with 403."""

    def changed(self, data: bytes) -> bytes:
        return data.replace(b"HTTP/1.1 500", b"HTTP/1.1 403")


class LeavesOpen(Healthy):
    """Leaves the connection open as the application ends."""

    async def run_asgi(self) -> None:
        own, self.transport = self.transport, _NeverClosing(self.transport)  # type: ignore[assignment]
        await super().run_asgi()
        self.transport = own


@fails("WS-SERVER-61", waits=True)
class LeavesOpenAfterAnException(LeavesOpen):
    """The connection stays open where the application raises."""


@fails("WS-SERVER-63", waits=True)
class LeavesOpenAfterAReturn(LeavesOpen):
    """The connection stays open where the application returns."""


@fails("WS-SERVER-62", waits=True)
class WaitsAfterAReturn(Healthy):
    """A handshake stays without response where the application returns, as with daphne 4.2."""

    def send_500_response(self) -> None:
        """Leave it."""

    async def run_asgi(self) -> None:
        own, self.transport = self.transport, _NeverClosing(self.transport)  # type: ignore[assignment]
        await super().run_asgi()
        self.transport = own


@fails("WS-SERVER-64")
class SaysWSS(Between):
    """The scheme is wss, whatever was asked."""

    def given(self, scope: Event) -> Event:
        return {**scope, "scheme": "wss"}


@fails("WS-SERVER-65")
class ForgetsTheState(Between):
    """The state of the lifespan is not given."""

    def given(self, scope: Event) -> Event:
        return {**scope, "state": {}}


@fails("WS-SERVER-66", waits=True)
class KnowsOneConnectionToken(ChangesTheRequest):
    """A Connection with more than one token is not read."""

    def changed(self, data: bytes) -> bytes:
        return b"" if b"keep-alive, Upgrade" in data else data


@fails("WS-SERVER-67")
class DecodesTheRawPath(Between):
    """The raw path is the path."""

    def given(self, scope: Event) -> Event:
        return {**scope, "raw_path": scope["path"].encode()}


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


@fails("WS-SERVER-70")
class ClosesWith1001(ChangesAClose):
    """A close without a code is one with 1001."""

    def close(self, event: Event) -> Event:
        return {"code": 1001, **event}


@fails("WS-SERVER-71")
class TakesTheTextOfBoth(Between):
    """Where the key text is there, its value is the text."""

    def sent(self, event: Event) -> Event:
        if event["type"] == "websocket.send" and "text" in event:
            return {"type": "websocket.send", "text": event["text"] or ""}
        return event


LAST: list[Any] = []


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


@fails("WS-SERVER-73", waits=True)
class ReportsAFailureAtTheEnd(Between):
    """A connection that the server has failed is reported by and by, as with hypercorn 0.18."""

    async def receive(self) -> Event:
        event = await super().receive()
        if event["type"] == "websocket.disconnect" and event["code"] == 1002:
            await anyio.sleep(5)
        return event


class HoldsUntilTheApplicationEnds(Healthy):
    """Writes some of its frames once the application has returned, as with granian 2.8."""

    def connection_made(self, transport: Any) -> None:
        self.held = b""
        self.real = transport
        super().connection_made(transport)

    async def run_asgi(self) -> None:
        self.transport = _Holding(self.real, self)  # type: ignore[assignment]
        await super().run_asgi()
        self.real.write(self.held)
        self.real.close()


class _Holding(_NeverClosing):
    """A transport that holds close frames and rejections back."""

    def __init__(self, transport: Any, protocol: Any) -> None:
        super().__init__(transport)
        self._protocol = protocol

    def write(self, data: bytes) -> None:
        if data[:1] == b"\x88" or data.startswith(b"HTTP/1.1 403"):
            self._protocol.held += data
        else:
            self._transport.write(data)


@fails("WS-SERVER-74", waits=True)
class ClosesAsTheApplicationEnds(HoldsUntilTheApplicationEnds):
    """A close goes out as the application ends."""


@fails("WS-SERVER-75", waits=True)
class AnswersACloseAsTheApplicationEnds(HoldsUntilTheApplicationEnds):
    """A close frame is answered as the application ends."""


@fails("WS-SERVER-76")
class DropsAsItStops(Healthy):
    """A server that is asked to stop drops its connections."""

    def shutdown(self) -> None:
        self.transport.abort()


@fails("WS-SERVER-77")
class NeedsTheBodyOfADenial(Between):
    """A body event without a body fails, as with uvicorn 0.54 on websockets' sansio."""

    def sent(self, event: Event) -> Event:
        return {**event, "body": event["body"]} if event["type"] == "websocket.http.response.body" else event
