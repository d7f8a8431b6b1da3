"""Faults in the application's close, and in how the client's is answered: WS-CLOSE-02, WS-SERVER-15 to 18, 23,
57, 58, 70 and 74 to 76."""

from typing import Any

import anyio
from wsproto.connection import ConnectionState
from wsproto.events import CloseConnection

from .fault import fails
from .server import Between, Event, Healthy, HoldsBack
from .transport import ChangesTheResponse, NeverClosing


class ChangesAClose(Between):
    """Sends another websocket.close than the application's."""

    def sent(self, event: Event) -> Event:
        return self.close(event) if event["type"] == "websocket.close" else event

    def close(self, event: Event) -> Event:
        raise NotImplementedError


@fails("WS-CLOSE-02")
class SendsNoRegisteredCode(ChangesAClose):
    """A registered code goes out as 1000."""

    def close(self, event: Event) -> Event:
        return {**event, "code": 1000} if event["code"] < 3000 else event


@fails("WS-SERVER-15")
class SendsNoCodeOfALibrarys(ChangesAClose):
    """A code from 3000 to 3999 goes out as 1000."""

    def close(self, event: Event) -> Event:
        return {**event, "code": 1000} if 3000 <= event["code"] < 4000 else event


@fails("WS-SERVER-15")
class SendsNoCode(ChangesAClose):
    """A code of the application's own goes out as 1000."""

    def close(self, event: Event) -> Event:
        return {**event, "code": 1000} if event["code"] >= 4000 else event


@fails("WS-SERVER-16")
class SendsNoReason(ChangesAClose):
    """The reason does not go out."""

    def close(self, event: Event) -> Event:
        return {**event, "reason": ""}


@fails("WS-SERVER-16")
class CutsALongReason(ChangesAClose):
    """Of a long reason the beginning goes out."""

    def close(self, event: Event) -> Event:
        return {**event, "reason": event["reason"][:60]}


@fails("WS-SERVER-17", waits=True)
class ClosesAfterAReceive(HoldsBack):
    """A close goes out once the receive that waits has ended."""

    held = "websocket.close"


@fails("WS-SERVER-17", waits=True)
class LetsAReceiveWaitAfterAClose(Between):
    """The end is not reported where the application closed."""

    closes = False

    def sent(self, event: Event) -> Event:
        self.closes = self.closes or event["type"] == "websocket.close"
        return event

    async def receive(self) -> Event:
        event = await super().receive()
        if self.closes:
            await anyio.sleep_forever()
        return event


@fails("WS-SERVER-18")
class AnswersNoClose(Healthy):
    """A close frame is answered with the end of the TCP connection."""

    codes = range(1000, 5000)

    def handle_close(self, event: CloseConnection) -> None:
        if self.close_sent or event.code not in self.codes:
            super().handle_close(event)
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": event.code, "reason": event.reason})
        self.transport.close()


@fails("WS-SERVER-18")
class AnswersNoCloseWithoutACode(AnswersNoClose):
    """A close frame without a code is answered with the end of the TCP connection."""

    codes = range(1005, 1006)


@fails("WS-SERVER-23", waits=True)
class WaitsForAnAnswer(Healthy):
    """A close returns once the client has answered it, and not where the connection is lost before."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.answered = anyio.Event()

    def handle_close(self, event: CloseConnection) -> None:
        super().handle_close(event)
        self.answered.set()

    async def send(self, message: Any) -> None:
        await super().send(message)
        if self.conn.state is ConnectionState.LOCAL_CLOSING:
            await self.answered.wait()


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
        self.transport = NeverClosing(transport)  # type: ignore[assignment]


@fails("WS-SERVER-70")
class ClosesWith1001(ChangesAClose):
    """A close without a code is one with 1001."""

    def close(self, event: Event) -> Event:
        return {"code": 1001, **event}


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


class _Holding(NeverClosing):
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
