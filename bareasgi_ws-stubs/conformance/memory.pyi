# Written by `make stubs` from the module of this name.
"""Any ASGI application as a backend for the kit, in memory."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeAlias

from ..asgi import ASGIApplication
from ..scope import Header
from ..testing import Client
from ..testing.profiles import PROFILES, Profile
from ..websocket import WebSocket, WebSocketHandler

Content: TypeAlias = type[str] | type[bytes] | None
MakeApplication: TypeAlias = Callable[[Any, str, Content, Any], ASGIApplication]

class ConnectClient(Protocol):
    """Connects a client in memory (as Connect says)."""

    def __call__(
        self, path: str = "/", *, subprotocols: Sequence[str] = (), headers: Iterable[Header] = ()
    ) -> AbstractAsyncContextManager[Client]:
        """Connect a client to the path."""

class MemoryBackend:
    """A backend that is an ASGI application.

    Attributes:
        socket_type: The type of the web_socket that its handlers are given.
        profile: How the server speaks to the application.
        close_timeout: How long the application waits for a client that reads nothing, in seconds.
    """

    socket_type: type[WebSocket]
    profile: Profile
    close_timeout: float

    def __init__(
        self,
        make_application: MakeApplication,
        socket_type: type[WebSocket],
        profile: Profile = PROFILES["strict"],
        close_timeout: float = 10.0,
    ) -> None:
        """Make a backend.

        Args:
            make_application: Gives the application that serves a handler: called with the handler, the pattern of
                its path, the content that it receives, and its info.
            socket_type: The type of the web_socket that its handlers are given.
            profile: How the server speaks to the application.
            close_timeout: How long the application waits for a client that reads nothing, in seconds.

        Raises:
            TypeError: ``make_application`` cannot be called with four arguments, ``socket_type`` is not a class, the
                profile is not a Profile, or ``close_timeout`` is not a number.
            ValueError: ``close_timeout`` is not above 0 and finite.
        """

    def with_profile(self, profile: Profile | str) -> MemoryBackend:
        """Return the same backend on another server.

        Args:
            profile: How the server speaks to the application, or its name among PROFILES.

        Returns:
            The backend; this one stays as it is.

        Raises:
            TypeError: The profile is neither a Profile nor a str.
            ValueError: No profile has the name.
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

    def serve(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        content: Content = None,
        info: Any = None,
    ) -> AbstractAsyncContextManager[ConnectClient]:
        """Serve the handler on the route (as SupportsServe says): it is one application that all clients reach."""
