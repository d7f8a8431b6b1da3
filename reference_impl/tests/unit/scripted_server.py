"""A server that gives an application just these events, and keeps what it is sent."""

from typing import Any

from bareasgi_ws import Application

Event = dict[str, Any]

CONNECT = {"type": "websocket.connect"}
DISCONNECT = {"type": "websocket.disconnect", "code": 1006}
SCOPE: dict[str, Any] = {"type": "websocket", "path": "/", "headers": [], "subprotocols": []}
DENIAL = {**SCOPE, "extensions": {"websocket.http.response": {}}}


class ScriptedServer:
    """A server that gives these events, and keeps what it is sent."""

    def __init__(self, *events: Event, fails: dict[str, BaseException] | None = None) -> None:
        self._events = list(events)
        self._fails = fails or {}
        self.sent: list[Event] = []

    async def receive(self) -> Event:
        return self._events.pop(0)

    async def send(self, event: Event) -> None:
        self.sent.append(event)
        if error := self._fails.get(event["type"]):
            raise error


async def accept(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()


def make_application(handler: Any, **how: Any) -> Application:
    application = Application(**how)
    application.ws_router.add("/", handler)
    return application
