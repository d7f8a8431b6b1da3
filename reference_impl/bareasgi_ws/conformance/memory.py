"""Any ASGI application as a backend for the kit, in memory."""

import math
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, TypeAlias

from .._rules import arguments
from .._rules.arguments import check_type
from .._rules.handlers import check_callable
from ..asgi import ASGIApplication
from ..scope import Header
from ..testing import Client, connect
from ..testing.profiles import PROFILES, Profile
from ..websocket import WebSocket, WebSocketHandler
from ._arguments import MIDDLEWARE_ITEM, check_socket_type

Content: TypeAlias = type[str] | type[bytes] | None
MakeApplication: TypeAlias = Callable[[Any, str, Content, Any], ASGIApplication]


class ConnectClient(Protocol):
    """Connects a client in memory (as Connect says)."""

    def __call__(
        self, path: str = "/", *, subprotocols: Sequence[str] = (), headers: Iterable[Header] = ()
    ) -> AbstractAsyncContextManager[Client]:
        """Connect a client to the path."""
        ...


_PROFILE = "the profile as a Profile, such as PROFILES['strict']"


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
        call = ("handler", "route", "content", "info")
        check_callable("MemoryBackend", "make_application as a function", make_application, *call)
        check_socket_type("MemoryBackend", socket_type)
        self.socket_type = socket_type
        check_type("MemoryBackend", _PROFILE, profile, Profile)
        self.profile = profile
        self.close_timeout = arguments.seconds("MemoryBackend", "close_timeout", close_timeout)
        self._make_application = make_application

    def with_profile(self, profile: Profile | str) -> "MemoryBackend":
        """Return the same backend on another server.

        Args:
            profile: How the server speaks to the application, or its name among PROFILES.

        Returns:
            The backend; this one stays as it is.

        Raises:
            TypeError: The profile is neither a Profile nor a str.
            ValueError: No profile has the name.
        """
        if isinstance(profile, str) and profile not in PROFILES:
            raise ValueError(f"with_profile: expected a profile out of {', '.join(PROFILES)}, got {profile!r}")
        check_type("with_profile", f"{_PROFILE}, or its name", profile, Profile, str)
        chosen = PROFILES[profile] if isinstance(profile, str) else profile
        return MemoryBackend(self._make_application, self.socket_type, chosen, self.close_timeout)

    @asynccontextmanager
    async def connect(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        path: str = "/",
        content: Content = None,
        info: Any = None,
        subprotocols: Sequence[str] = (),
        headers: Iterable[Header] = (),
    ) -> AsyncGenerator[Client]:
        """Serve the handler on the route, and connect a client to the path (as Backend says)."""
        async with (
            self.serve(handler, route=route, content=content, info=info) as connect_client,
            connect_client(path, subprotocols=subprotocols, headers=headers) as client,
        ):
            yield client

    @asynccontextmanager
    async def serve(
        self,
        handler: WebSocketHandler[Any, Any, Any],
        *,
        route: str = "/",
        content: Content = None,
        info: Any = None,
    ) -> AsyncGenerator[ConnectClient]:
        """Serve the handler on the route (as SupportsServe says): it is one application that all clients reach."""
        made = self._make_application(handler, route, content, info)

        async def application(scope: Any, receive: Any, send: Any) -> None:
            """Take three arguments, as connect wants to see, whatever the signature of what the author made."""
            name, value = MIDDLEWARE_ITEM
            await made({**scope, name: value}, receive, send)

        @asynccontextmanager
        async def connect_client(
            path: str = "/", *, subprotocols: Sequence[str] = (), headers: Iterable[Header] = ()
        ) -> AsyncGenerator[Client]:
            options: Any = {"subprotocols": subprotocols, "headers": headers, "profile": self.profile}
            async with connect(application, path, deadline=math.inf, **options) as client:
                yield client
                await client.close()
                client.resume()
                await client.server_exception()

        yield connect_client
