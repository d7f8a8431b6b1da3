"""What granian 2.8 needs, so that a handler finds it to be like any other server.

Its ``receive`` gives a future. That is cancelled with the task that awaits it, and the message that was arriving is
lost with it; and granian sends no close as long as one is pending. So the task awaits a future of its own, and
granian's is kept for the next call, or cancelled before a close.

A denial that has a header twice ends the whole server, so the values are combined.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from .._spec.scope import Header
from .asgi import Receive, Send


class Granian:
    """Its ``receive`` and ``send`` for one connection."""

    def __init__(self, receive: Receive, send: Send) -> None:
        """Begin with no future pending."""
        self._server_receive = receive
        self._server_send = send
        self._pending: Any = None

    async def receive(self) -> Mapping[str, Any]:
        """Give the next event; a cancelled call leaves it to the next one."""
        pending: Any = self._pending or self._server_receive()
        if not hasattr(pending, "add_done_callback"):
            event: Mapping[str, Any] = await pending
            return event
        self._pending = pending
        done = pending.get_loop().create_future()

        def wake(_: object) -> None:
            if not done.done():  # the task may have been cancelled
                done.set_result(None)

        pending.add_done_callback(wake)
        await done
        self._pending = None
        return {"type": "websocket.disconnect"} if pending.cancelled() else pending.result()

    async def send(self, event: Mapping[str, Any]) -> None:
        """Send; a close ends the wait for an event, which nobody will want any more."""
        if event["type"] == "websocket.close" and self._pending is not None:
            self._pending.cancel()
        elif event["type"] == "websocket.http.response.start":
            event = {**event, "headers": combined(event["headers"])}
        await self._server_send(event)


def combined(headers: Iterable[Header]) -> list[Header]:
    """Write each name once, with all its values (RFC 9110 section 5.3)."""
    values: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        values.setdefault(name, []).append(value)
    if len(values.get(b"set-cookie", ())) > 1:  # RFC 6265 section 3: its values cannot be combined
        raise ValueError("deny: granian 2.8 sends one set-cookie header at most, got several")
    return [(name, b", ".join(several)) for name, several in values.items()]


def as_any_server(receive: Receive, send: Send) -> tuple[Receive, Send]:
    """Give ``receive`` and ``send``, changed where they are granian's own methods."""
    if type(getattr(receive, "__self__", None)).__module__.partition(".")[0] != "granian":
        return receive, send
    granian = Granian(receive, send)
    return granian.receive, granian.send
