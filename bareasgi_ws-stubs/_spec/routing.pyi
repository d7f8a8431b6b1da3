"""What a router is: how a path finds its handler."""

from abc import abstractmethod
from typing import Any, Generic, NamedTuple, Protocol, overload

from ._typing import TypeVar
from .scope import Info, RouteMatches
from .websocket import WebSocketHandler

InfoT = TypeVar("InfoT", default=Info)


class Route(NamedTuple, Generic[InfoT]):
    """What a router found for a path.

    Attributes:
        handler: The handler.
        matches: What the variables of the route's path matched.
        content: What the handler asked to receive: ``str``, ``bytes``, or None for both.
    """

    handler: WebSocketHandler[InfoT, Any, Any]
    """The handler."""
    matches: RouteMatches
    """What the variables of the route's path matched."""
    content: type[str] | type[bytes] | None
    """What the handler asked to receive: ``str``, ``bytes``, or None for both."""


class WebSocketRouter(Protocol[InfoT]):
    """What an application asks of a router."""

    @overload
    @abstractmethod
    def add(self, path: str, handler: WebSocketHandler[InfoT, Any], *, content: None = None) -> None:
        """Route a path to a handler.

        Args:
            path: The path's pattern.
            handler: The handler.
            content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both
                (WS-CONTENT-01 to WS-CONTENT-05).

        Raises:
            ValueError: The pattern is malformed, or has a handler already.
            TypeError: The handler or the content is none.
        """

    @overload
    @abstractmethod
    def add(self, path: str, handler: WebSocketHandler[InfoT, Any, str], *, content: type[str]) -> None: ...
    @overload
    @abstractmethod
    def add(self, path: str, handler: WebSocketHandler[InfoT, Any, bytes], *, content: type[bytes]) -> None: ...
    @abstractmethod
    def resolve(self, path: str) -> Route[InfoT] | None:
        """Find the handler for a path.

        Args:
            path: The path, percent-decoded, without what the application is mounted at.

        Returns:
            The handler with what the path matched, or None: no route (WS-LIFETIME-08).
        """
