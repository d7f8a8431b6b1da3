"""Faults in what is done with what no client may send: WS-SERVER-24 to 26, 49, 54 to 56, and 59."""

from wsproto.connection import ConnectionState
from wsproto.events import BytesMessage, CloseConnection, TextMessage

from .fault import fails
from .server import Healthy
from .transport import ChangesTheResponse


def is_unmasked(data: bytes) -> bool:
    """Tell whether this is a short frame without a mask, and nothing else (RFC 6455 section 5.2)."""
    return len(data) > 1 and len(data) == 2 + data[1]


@fails("WS-SERVER-24")
class TakesAFrameWithoutAMask(Healthy):
    """A frame without a mask is as good as any."""

    def data_received(self, data: bytes) -> None:
        if is_unmasked(data):
            data = bytes([data[0], data[1] | 0x80]) + bytes(4) + data[2:]
        super().data_received(data)


@fails("WS-SERVER-24", waits=True)
class SkipsAFrameWithoutAMask(Healthy):
    """A frame without a mask is not read, and fails nothing."""

    def data_received(self, data: bytes) -> None:
        if not is_unmasked(data):
            super().data_received(data)


class FailsWithAnotherCode(Healthy):
    """Fails the connection with a close frame that has another code."""

    right, wrong = 0, 0

    def handle_close(self, event: CloseConnection) -> None:
        if event.code == self.right and self.conn.state is ConnectionState.OPEN:
            self.transport.write(self.conn.send(CloseConnection(code=self.wrong)))
        super().handle_close(event)


@fails("WS-SERVER-24")
class FailsAFrameWithoutAMaskWith1007(FailsWithAnotherCode):
    """A frame without a mask fails the connection with the code of text that is not UTF-8."""

    right, wrong = 1002, 1007


@fails("WS-SERVER-25")
class FailsTextWith1002(FailsWithAnotherCode):
    """Text that is not UTF-8 fails the connection with the code of any breach of the protocol."""

    right, wrong = 1007, 1002


@fails("WS-SERVER-25")
class GivesTextThatIsNoUTF8AsBinary(Healthy):
    """Text that is not UTF-8 is given to the application as a binary message."""

    def data_received(self, data: bytes) -> None:
        if data[:1] == b"\x81" and len(data) == 6 + (data[1] & 0x7F):
            text = bytes(byte ^ data[2 + index % 4] for index, byte in enumerate(data[6:]))
            try:
                text.decode()
            except UnicodeDecodeError:
                data = b"\x82" + data[1:]
        super().data_received(data)


class MeetsALargeMessage(Healthy):
    """Does something of its own with a message that is too large."""

    is_large = False

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        self.is_large = self.is_large or self.buffer.length + len(event.data) > self.config.ws_max_size
        if self.is_large:
            self.meet()
        else:
            super().handle_message(event)

    def meet(self) -> None:
        raise NotImplementedError


@fails("WS-SERVER-26")
class FailsALargeMessageWith1011(MeetsALargeMessage):
    """A message that is too large is taken for an error of the server's."""

    code = 1011

    def meet(self) -> None:
        self.queue.put_nowait({"type": "websocket.disconnect", "code": self.code})
        self.close_sent = True
        self.transport.write(self.conn.send(CloseConnection(code=self.code)))
        self.transport.close()


@fails("WS-SERVER-26")
class FailsALargeMessageWith1000(FailsALargeMessageWith1011):
    """A message that is too large ends the connection as if nothing were wrong."""

    code = 1000


@fails("WS-SERVER-26", waits=True)
class SkipsALargeMessage(MeetsALargeMessage):
    """A message that is too large is not given to the application, and fails nothing."""

    def meet(self) -> None:
        pass


@fails("WS-SERVER-49", waits=True)
class TakesAPongForAnEnd(Healthy):
    """A pong that answers no ping is the end."""

    def data_received(self, data: bytes) -> None:
        if data[:1] == b"\x8a":
            self.transport.abort()
        super().data_received(data)


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


@fails("WS-SERVER-59")
class WritesLongLengths(ChangesTheResponse):
    """The length of a short frame has two bytes more than it needs."""

    def changed(self, data: bytes) -> bytes:
        return b"\x82\x7e\0\x01" + data[2:] if data[:2] == b"\x82\x01" else data
