"""What a router is: how a path finds its handler."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, overload

from ._typing import TypeVar
from .scope import Info, RouteMatches, Scope
from .websocket import WebSocket, WebSocketHandler

InfoT = TypeVar("InfoT", default=Info)
MatchesT = TypeVar("MatchesT", bound=RouteMatches, default=RouteMatches)

# Plain matches beside any: from them pyrefly 1.4.1 knows the parameters of a lambda.
Handler: TypeAlias = WebSocketHandler[InfoT] | WebSocketHandler[InfoT, MatchesT]
"""A handler of text and binary messages."""

# Callable beside the Protocol: with that alone pyright 1.1.414 rejects an object that has a __call__, and with Callable
# alone mypy 2.4.1 rejects a NamedTuple that has one.
TextHandler: TypeAlias = (
    Callable[[Scope, InfoT, MatchesT, WebSocket[str]], Awaitable[None]] | WebSocketHandler[InfoT, MatchesT, str]
)
"""A handler of text messages."""

BinaryHandler: TypeAlias = (
    Callable[[Scope, InfoT, MatchesT, WebSocket[bytes]], Awaitable[None]] | WebSocketHandler[InfoT, MatchesT, bytes]
)
"""A handler of binary messages."""


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
    def add(self, path: str, handler: Handler[InfoT, MatchesT], *, content: None = None) -> None: ...
    @overload
    def add(self, path: str, handler: TextHandler[InfoT, MatchesT], *, content: type[str]) -> None: ...
    @overload
    def add(self, path: str, handler: BinaryHandler[InfoT, MatchesT], *, content: type[bytes]) -> None: ...
    @overload
    def add(self, path: str, handler: Handler[InfoT, MatchesT], *, content: type[str] | type[bytes] | None) -> None: ...
    @abstractmethod
    def add(self, path: str, handler: Any, *, content: type[str] | type[bytes] | None = None) -> None:
        """Route a path to a handler.

        A path is made of segments, each literal text or one variable: ``{name}`` or ``{name:type}``. The types are
        ``str``, ``int``, ``float``, ``datetime`` and ``path``, which comes last and takes the rest. A trailing slash is
        significant, and the first route that matches wins.

        A handler that takes a ``WebSocket[str]`` needs ``content=str``, one that takes a ``WebSocket[bytes]`` needs
        ``content=bytes``. If no overload matches, look at that first.

        If the handler annotates its matches with a TypedDict, each required key must be a variable of the path, of a
        type that fits. What cannot be compared, such as an annotation that only a checker can read or
        the one of a handler in a wrapper (``functools.wraps``), is accepted.
        A rejected call adds nothing.

        Args:
            path: The path's pattern.
            handler: The handler.
            content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both
                (WS-CONTENT-01 to WS-CONTENT-05).

        Raises:
            ValueError: The pattern is malformed, or has a handler already.
            TypeError: The path is not a str, the content is not exactly ``str``, ``bytes`` or None, or the handler
                is not callable, cannot take four positional arguments, is an async generator function, or asks for
                matches that the pattern does not give, or that cannot be a mapping.

        Example:
            router.add("/rooms/{room}/{number:int}", chat, content=str)
        """

    @abstractmethod
    def resolve(self, path: str) -> Route[InfoT] | None:
        """Find the handler for a path.

        Args:
            path: The path, percent-decoded, without what the application is mounted at.

        Returns:
            The handler with what the path matched, or None: no route (WS-LIFETIME-08).
        """
