"""Steps that several chapters take."""

from typing import Any

from .._ends import Actor
from .._failures import said


async def undisturbed(ws: Actor, error: type[Exception], method: str, *arguments: Any) -> None:
    """Show that a call is refused, and that code is what it was before."""
    before = _code(ws)
    await ws.refused(error, method, *arguments)
    ws.stage.expect("handler: code", before, _code(ws))


def _code(ws: Actor) -> Any:
    """Give the code, or what reading it raises: whether it is the right one, WS-CODE tells."""
    try:
        return ws.web_socket.code
    except Exception as error:
        return said(error)
