# Written by `make stubs` from the module of this name.
"""A handler's lifetime: how it is called, and what happens to the WebSocket when it ends."""

from typing import Any

from ..scope import Scope
from ..websocket import WebSocket

async def not_found(scope: Scope, info: Any, matches: Any, web_socket: WebSocket) -> None:
    """Serve a path that has no route, as a handler: HTTP 404 where the server can, else 403 (WS-LIFETIME-08)."""
