"""Faults in the scope's items, and in the first event: WS-SERVER-31, 32, 42, 43, 64, 65 and 67."""

from dataclasses import replace

from wsproto.events import Request

from .fault import fails
from .server import Between, Event, Healthy


@fails("WS-SERVER-31")
class TellsPortsAsText(Between):
    """The client's port is a str."""

    def given(self, scope: Event) -> Event:
        return {**scope, "client": (scope["client"][0], str(scope["client"][1]))}


@fails("WS-SERVER-31")
class TellsTheLettersOfASocketsPath(Between):
    """The server's address is the first two letters of a path."""

    def given(self, scope: Event) -> Event:
        return {**scope, "server": ("/", "t")}


@fails("WS-SERVER-31")
class TellsHeadersInCapitals(Between):
    """The names of the headers are as the client sent them, or not, but in lower case they are not."""

    def given(self, scope: Event) -> Event:
        return {**scope, "headers": [(name.title(), value) for name, value in scope["headers"]]}


@fails("WS-SERVER-31")
class LeavesTheVersionsOut(Between):
    """The scope has no versions of ASGI."""

    def given(self, scope: Event) -> Event:
        return {key: value for key, value in scope.items() if key != "asgi"}


@fails("WS-SERVER-32")
class ReadsTheLastLineOfSubprotocols(Healthy):
    """Of several lines that offer subprotocols the last counts."""

    last: list[str]

    def data_received(self, data: bytes) -> None:
        lines = [line.partition(b":") for line in data.split(b"\r\n")]
        offers = [value.decode() for name, _, value in lines if name.lower() == b"sec-websocket-protocol"]
        self.last = [name.strip() for name in offers[-1].split(",")] if offers else []
        super().data_received(data)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(replace(event, subprotocols=self.last))


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


@fails("WS-SERVER-67")
class DecodesTheRawPath(Between):
    """The raw path is the path."""

    def given(self, scope: Event) -> Event:
        return {**scope, "raw_path": scope["path"].encode()}
