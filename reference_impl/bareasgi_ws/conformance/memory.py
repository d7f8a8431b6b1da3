"""Any ASGI application as a backend for the kit, in memory."""

import math
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from .._reference.asgi import ASGIApplication
from .._spec.scope import Header
from .._spec.websocket import WebSocket
from ..testing import Client, connect

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
        self.socket_type = socket_type
        self._make_application = make_application

    @asynccontextmanager
    async def connect(
        self,
        handler: Any,
        *,
        route: str = "/",
        path: str = "/",
        content: Content = None,
        info: Any = None,
        subprotocols: Sequence[str] = (),
        headers: Iterable[Header] = (),
    ) -> AsyncGenerator[Client]:
        """Serve the handler on the route, and connect a client to the path (as Backend says)."""
        application = self._make_application(handler, route, content, info)
        async with connect(application, path, subprotocols=subprotocols, headers=headers, deadline=math.inf) as client:
            yield client
            await client.close()
            client.resume()
            await client.server_error()
