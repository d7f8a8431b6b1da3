"""Steps that several chapters take."""

from typing import Any

import anyio

from .._ends import Actor, Client
from .._failures import said
from ..backend import CanPause

A_LOT = b"\0" * 2**20
BUFFERS = 64
"""How many of them are sent at most: a server may buffer without a limit."""


async def undisturbed(ws: Actor, error: type[Exception], method: str, *arguments: Any) -> None:
    """Show that a call is refused, and that code is what it was before."""
    before = _code(ws)
    await ws.refused(error, method, *arguments)
    ws.stage.expect("handler: code", before, _code(ws))


class Unread:
    """A client that reads nothing, for a handler that sends until its sends wait."""

    def __init__(self) -> None:
        """Begin with a client that reads."""
        self._begun = anyio.Event()
        self._patience = 0.01

    async def begin(self, client: Client) -> None:
        """Have the client read nothing any more, once it has read the handshake's answer."""
        await client.accepted()
        if isinstance(client.peer, CanPause):
            client.peer.pause()
        else:
            client.stall()
            self._patience = 0.5  # there are buffers of systems to fill
        self._begun.set()

    async def fill(self, ws: Actor) -> None:
        """Send until every buffer between the two ends is full."""
        await self._begun.wait()
        for _ in range(BUFFERS):
            with anyio.move_on_after(self._patience) as waiting:
                await ws.web_socket.send(A_LOT)
            if waiting.cancelled_caught:
                return


def _code(ws: Actor) -> Any:
    """Return the code, or what reading it raises: whether it is the right one, WS-CODE tells."""
    try:
        return ws.web_socket.code
    except Exception as error:
        return said(error)
