"""Faults in how frames are read: WS-SERVER-37 to 40."""

from dataclasses import replace

from wsproto.events import BytesMessage, Ping, Pong, TextMessage

from .fault import fails
from .server import Healthy


@fails("WS-SERVER-37")
class GivesEachFrameAsAMessage(Healthy):
    """A message in several frames is given as several messages."""

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        super().handle_message(replace(event, message_finished=event.frame_finished))


@fails("WS-SERVER-37")
class JoinsTextOnly(Healthy):
    """Of a binary message in several frames the last is given."""

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        if isinstance(event, TextMessage) or event.message_finished or not event.frame_finished:
            super().handle_message(event)


@fails("WS-SERVER-37")
class ForgetsAMessageAtAPing(Healthy):
    """A ping between the frames of a message has those before it forgotten."""

    def handle_ping(self, event: Ping) -> None:
        self.buffer.clear()
        super().handle_ping(event)


@fails("WS-SERVER-37")
class DecodesEachFrame(Healthy):
    """A character that is split at the edge of a frame is replaced."""

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        if isinstance(event, TextMessage) and event.frame_finished and not (event.message_finished or event.data):
            event = replace(event, data="\N{REPLACEMENT CHARACTER}")
        super().handle_message(event)


@fails("WS-SERVER-38", waits=True)
class AnswersNoPing(Healthy):
    """A ping is not answered."""

    def handle_ping(self, event: Ping) -> None:
        pass


@fails("WS-SERVER-38")
class AnswersWithAnEmptyPong(Healthy):
    """A pong carries nothing."""

    def handle_ping(self, event: Ping) -> None:
        self.transport.write(self.conn.send(Pong()))


@fails("WS-SERVER-38", waits=True)
class AnswersNoPingWithinAMessage(Healthy):
    """A ping between the frames of a message is not answered."""

    def handle_ping(self, event: Ping) -> None:
        if not self.buffer.length:
            super().handle_ping(event)


@fails("WS-SERVER-39")
class TakesEachReadForAMessage(Healthy):
    """What has been read of a frame is given as a message."""

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        super().handle_message(replace(event, message_finished=event.message_finished or not event.frame_finished))


@fails("WS-SERVER-39", waits=True)
class TakesNoMoreThanTwoMessagesOfARead(Healthy):
    """What is read with two messages and follows them is forgotten."""

    taken = 0

    def data_received(self, data: bytes) -> None:
        self.taken = 0
        super().data_received(data)

    def handle_message(self, event: TextMessage | BytesMessage) -> None:
        self.taken += 1
        if self.taken <= 2:
            super().handle_message(event)


class ChangesAFrame(Healthy):
    """Reads something else where just one frame that begins so is read."""

    begins = 0

    def data_received(self, data: bytes) -> None:
        if data[:1] == bytes([self.begins]) and len(data) == 7:
            data = self.changed(data)
        super().data_received(data)

    def changed(self, data: bytes) -> bytes:
        raise NotImplementedError


@fails("WS-SERVER-40")
class TakesAContinuationOfNothing(ChangesAFrame):
    """A continuation of nothing is a message."""

    begins = 0x80

    def changed(self, data: bytes) -> bytes:
        return b"\x81" + data[1:]


@fails("WS-SERVER-40")
class TakesAReservedBit(ChangesAFrame):
    """A reserved bit is not looked at."""

    begins = 0x91

    def changed(self, data: bytes) -> bytes:
        return b"\x81" + data[1:]


@fails("WS-SERVER-40", waits=True)
class SkipsAReservedOpcode(ChangesAFrame):
    """A frame with a reserved opcode is not read, and fails nothing."""

    begins = 0x83

    def changed(self, data: bytes) -> bytes:
        return b""
