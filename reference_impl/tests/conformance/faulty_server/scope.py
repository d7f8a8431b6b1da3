"""Faults in the types of the scope, and in the subprotocols of several lines: WS-SERVER-31 and 32."""

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
