"""Any ASGI application as a backend for the kit, in memory."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

from .._reference.asgi import ASGIApplication
from .._spec.scope import Header
from .._spec.websocket import WebSocket, WebSocketHandler
from ..testing import Client

Content: TypeAlias = type[str] | type[bytes] | None
MakeApplication: TypeAlias = Callable[[Any, str, Content, Any], ASGIApplication]

class MemoryBackend:
    """A backend that is an ASGI application.

    Attributes:
        socket_type: The type of the web_socket that its handlers are given.
    """

    socket_type: type[WebSocket]

    def __init__(self, make_application: MakeApplication, socket_type: type[WebSocket]) -> None:
        """Make a backend.

        Args:
            make_application: Gives the application that serves a handler: called with the handler, the pattern of
                its path, the content that it receives, and its info.
            socket_type: The type of the web_socket that its handlers are given.
        """

    def connect(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        path: str = "/",
        content: Content = None,
        info: Any = None,
        subprotocols: Sequence[str] = (),
        headers: Iterable[Header] = (),
    ) -> AbstractAsyncContextManager[Client]:
        """Serve the handler on the route, and connect a client to the path (as Backend says)."""
