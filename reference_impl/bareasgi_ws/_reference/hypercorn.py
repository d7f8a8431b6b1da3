"""What hypercorn 0.18 needs, so that a handler finds it to be like any other server.

Of several ``sec-websocket-protocol`` lines it knows the names of the last alone. A ``websocket.accept`` with one of
the others raises there, and on trio that ends the whole server. As a header it sends the name, unless the header is in
lower case.
"""

from collections.abc import Mapping
from typing import Any

from .._rules.scope import SUBPROTOCOLS, offered
from .asgi import Send


def with_every_line(told: Mapping[str, Any], scope: Mapping[str, Any], send: Send) -> Send:
    """Return ``send``, changed where the server told the subprotocols of the last line of several, and no others.

    Args:
        told: The scope as the server told it.
        scope: The same, with every subprotocol in it.
        send: The server's own.
    """
    lines = [value for name, value in scope["headers"] if name == SUBPROTOCOLS]
    known = offered((), told.get("subprotocols"))
    if len(lines) < 2 or known != offered(lines[-1:], ()) or known == scope["subprotocols"]:
        return send

    async def send_unknown_as_header(event: Mapping[str, Any]) -> None:
        name = event.get("subprotocol")
        if event["type"] == "websocket.accept" and name is not None and name not in known:
            header = (b"Sec-WebSocket-Protocol", name.encode("latin-1"))
            event = {**event, "subprotocol": None, "headers": [*event["headers"], header]}
        await send(event)

    return send_unknown_as_header
