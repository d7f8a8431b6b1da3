"""What mends a server's fault, so that a handler finds it to be like any other server: each keyed to that server.

A fault that is an exception is known by where it was raised: within the server, behind whatever middleware. That costs
nothing where nothing fails.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final, NamedTuple

from .._rules.scope import SUBPROTOCOLS, offered
from ..asgi import Receive, Send
from ..scope import Header
from . import log


class Fault(NamedTuple):
    """An exception that a server raises where it should not.

    Attributes:
        servers: How the names of the modules begin that have a frame in the traceback: the server's, or those of the
            server in memory, which with its profile raises the same.
        raisers: The packages of the innermost frame: the server's, or that which speaks the protocol for it.
        classes: The names of the classes that the exception can be of.
    """

    servers: tuple[str, ...]
    raisers: tuple[str, ...]
    classes: tuple[str, ...]

    def is_it(self, error: Exception) -> bool:
        """Tell whether an exception is this fault."""
        modules = list(_modules(error))
        return (
            type(error).__name__ in self.classes
            and any(module.startswith(self.servers) for module in modules)
            and modules[-1].partition(".")[0] in self.raisers
        )


UVICORN_HAS_ENDED: Final = Fault(
    ("uvicorn.", "bareasgi_ws.testing."),
    ("uvicorn", "websockets", "wsproto", "bareasgi_ws"),
    ("AttributeError", "AssertionError", "LocalProtocolError"),
)
"""uvicorn 0.54 sends an end for a handshake that was never completed: it stops, and has answered 500 itself, or the
client has gone before accept. That fails in what speaks the protocol for it: AttributeError with ws="websockets",
AssertionError with ws="websockets-sansio", LocalProtocolError with ws="wsproto"."""

DAPHNE_REJECTS: Final = Fault(("daphne.", "bareasgi_ws.testing."), ("autobahn", "bareasgi_ws"), ("Exception",))
"""daphne 4.2 rejects every close code but 1000 and 3000-4999, and leaves the connection open."""

HYPERCORN_HALF_ACCEPTS: Final = Fault(("hypercorn.",), ("wsproto",), ("ValueError",))
"""hypercorn 0.18 cannot read what a client offers as extensions, and takes the handshake for accepted all the same."""


def as_granian_should(scope: Mapping[str, Any], receive: Receive, send: Send) -> tuple[Receive, Send]:
    """Return ``receive`` and ``send`` as they should be where granian is imported.

    It calls the application in its own process, and middleware hides its ``receive``, but not that.
    """
    import asyncio  # as granian has

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return receive, send  # trio's: granian is there, and does not serve
    granian = _Granian(loop, scope, receive, send)
    return granian.receive, granian.send


class _Granian:
    """``receive`` and ``send`` for one connection, as granian 2.8 needs them.

    Its ``receive`` gives a future. That is cancelled with the task that awaits it, and the message that was arriving is
    lost with it; and it sends no close as long as one is pending. So the handler's task awaits a future of its own, and
    granian's is kept for the next call, or cancelled before a close. Behind middleware a task awaits it: timeouts of
    the middleware's own cancel that task, and the handler's do not.
    """

    def __init__(self, loop: Any, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Begin with nothing pending."""
        self._loop = loop
        self._scope = scope
        self._server_receive = receive
        self._server_send = send
        self._pending: Any = None
        self._waiter: Any = None
        self._closes = False

    async def receive(self) -> Mapping[str, Any]:
        """Return the next event; a cancelled call leaves it to the next one."""
        if self._pending is None:
            awaitable: Any = self._server_receive()
            is_future = hasattr(awaitable, "add_done_callback")
            self._pending = awaitable if is_future else self._loop.create_task(_awaited(awaitable))
            self._pending.add_done_callback(self._wake)
        pending = self._pending
        if not pending.done():
            self._waiter = self._loop.create_future()
            await self._waiter
        self._pending = None
        return {"type": "websocket.disconnect"} if self._closes and pending.cancelled() else pending.result()

    def _wake(self, ended: Any) -> None:
        if ended is self._pending and self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)  # else the handler's task was cancelled, and nobody waits

    async def send(self, event: Mapping[str, Any]) -> None:
        """Send; a close ends the wait for an event, which nobody will want any more."""
        pending = self._pending
        if event["type"] == "websocket.close" and pending is not None:
            log.debug(self._scope, "granian's receive is cancelled, for it would hold up the close")
            self._closes = True
            await self._has_begun(pending)
            pending.cancel()
        elif event["type"] == "websocket.http.response.start" and self._is_granians():
            event = {**event, "headers": self._combined(list(event["headers"]))}
        await self._server_send(event)

    async def _has_begun(self, pending: Any) -> None:
        """Wait until a task awaits granian's future: one that is cancelled before would leave that pending."""
        import asyncio

        if isinstance(pending, asyncio.Task):
            await asyncio.sleep(0)

    def _is_granians(self) -> bool:
        """Tell whether it serves this connection, which something in its process might not be for: by its scope."""
        return "http.response.pathsend" in (self._scope.get("extensions") or ())

    def _combined(self, headers: list[Header]) -> list[Header]:
        """Write each name once, with all its values (RFC 9110 section 5.3): a name twice ends the whole of granian."""
        values: dict[bytes, list[bytes]] = {}
        for name, value in headers:
            values.setdefault(name, []).append(value)
        if len(values.get(b"set-cookie", ())) > 1:  # RFC 6265 section 3: its values cannot be combined
            raise ValueError("deny: granian 2.8 sends one set-cookie header at most, got several")
        if len(values) < len(headers):
            log.debug(self._scope, "headers of the denial that have one name are combined, for granian")
        return [(name, b", ".join(several)) for name, several in values.items()]


async def end_what_is_half_accepted(error: Exception, scope: Mapping[str, Any], send: Send) -> None:
    """Close what hypercorn takes for accepted: else it does so itself as the handler ends, and on trio goes down.

    Args:
        error: What the accept raised.
        scope: The connection's.
        send: The server's.
    """
    if HYPERCORN_HALF_ACCEPTS.is_it(error):
        log.debug(scope, "what hypercorn takes for accepted is closed")
        with suppress(AttributeError):  # it has nothing that could write a close
            await send({"type": "websocket.close", "code": 1011})


def with_every_subprotocol(server_scope: Mapping[str, Any], scope: Mapping[str, Any], send: Send) -> Send:
    """Return ``send``, changed where the server told the subprotocols of the last line of several, and no others.

    So does hypercorn 0.18. A ``websocket.accept`` with one of the others raises there, and on trio that ends the whole
    server. As a header it sends the name, unless the header is in lower case.

    Args:
        server_scope: The scope as the server made it.
        scope: The same, with every subprotocol in it.
        send: The server's own.
    """
    lines = [value for name, value in scope["headers"] if name == SUBPROTOCOLS]
    known = offered((), server_scope.get("subprotocols"))
    if len(lines) < 2 or known != offered(lines[-1:], ()) or known == scope["subprotocols"]:
        return send

    async def send_unknown_as_header(event: Mapping[str, Any]) -> None:
        name = event.get("subprotocol")
        if event["type"] == "websocket.accept" and name is not None and name not in known:
            log.debug(scope, "the subprotocol %s goes out as a header, for hypercorn does not know it", name)
            header = (b"Sec-WebSocket-Protocol", name.encode("latin-1"))
            event = {**event, "subprotocol": None, "headers": [*event["headers"], header]}
        await send(event)

    return send_unknown_as_header


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


def _modules(error: Exception) -> Iterable[str]:
    """Yield the module of each frame of the traceback, the innermost last."""
    traceback = error.__traceback__
    while traceback is not None:
        yield str(traceback.tb_frame.f_globals.get("__name__"))
        traceback = traceback.tb_next
