"""The router: paths to handlers, the first registered wins."""

from typing import overload

from .._spec.routing import InfoT, MatchesT, Route, WebSocketRouter
from .._spec.scope import RouteMatches
from .._spec.websocket import WebSocketHandler

class Router(WebSocketRouter[InfoT]):
    """Routes in the order of their registration; the first whose pattern matches wins.

    Patterns are bareASGI's: a segment is literal text or one variable, ``{name}`` or ``{name:type}``. The types are
    ``str``, ``int``, ``float``, ``datetime`` and ``path``, which comes last and takes the rest. A trailing slash is
    significant.

    ``{day:datetime:%Y-%m-%d}`` has a format of strptime's. Without one, a ``datetime`` is ISO 8601.
    """

    def __init__(self) -> None:
        """Begin with no routes."""

    @overload
    def add(
        self, path: str, handler: WebSocketHandler[InfoT] | WebSocketHandler[InfoT, MatchesT], *, content: None = None
    ) -> None:
        """Route a path to a handler.

        A refused call adds nothing. Where the handler annotates its matches with a TypedDict, each required key must
        be a variable of the pattern, with an assignable type. An annotation that cannot be resolved is not compared,
        nor is that of a handler in a wrapper (``functools.wraps``), which may add to the matches.

        Args:
            path: The path's pattern.
            handler: The handler.
            content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both
                (WS-CONTENT-01 to WS-CONTENT-05).

        Raises:
            ValueError: The pattern is malformed, or has a handler already.
            TypeError: The path is no str, the content is not exactly ``str``, ``bytes`` or None, or the handler
                is not callable, cannot take four positional arguments, is an async generator function, or asks for
                matches that the pattern does not give, or that cannot be a mapping.
        """

    @overload
    def add(
        self,
        path: str,
        handler: WebSocketHandler[InfoT, RouteMatches, str] | WebSocketHandler[InfoT, MatchesT, str],
        *,
        content: type[str],
    ) -> None: ...
    @overload
    def add(
        self,
        path: str,
        handler: WebSocketHandler[InfoT, RouteMatches, bytes] | WebSocketHandler[InfoT, MatchesT, bytes],
        *,
        content: type[bytes],
    ) -> None: ...
    def resolve(self, path: str) -> Route[InfoT] | None:
        """Find the handler for a path.

        Args:
            path: The path, percent-decoded, without what the application is mounted at.

        Returns:
            The handler with what the path matched, or None: no route (WS-LIFETIME-08).
        """
