"""The router: paths to handlers, the first registered wins."""

from typing import Any, overload

from .._rules.arguments import check_type
from .._rules.pattern_table import PatternTable
from .._rules.patterns import Pattern
from ..routing import BinaryHandler, Handler, InfoT, MatchesT, Route, TextHandler, WebSocketRouter
from ..websocket import WebSocketHandler
from .socket import Content

_new: Any = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
"""What makes a Route sooner: to call it takes as long as finding the handler."""


class Router(WebSocketRouter[InfoT]):
    """Routes in the order of their registration; the first whose pattern matches wins.

    Patterns are bareASGI's: a segment is literal text or one variable, ``{name}`` or ``{name:type}``. The types are
    ``str``, ``int``, ``float``, ``datetime`` and ``path``, which comes last and takes the rest. A trailing slash is
    significant.

    ``{day:datetime:%Y-%m-%d}`` has a format of strptime's. Without one, a ``datetime`` is ISO 8601.
    """

    def __init__(self) -> None:
        """Begin with no routes."""
        self._handlers: dict[str, WebSocketHandler[InfoT, Any, Any]] = {}
        # Of no user's: the application finds a handler in it without a Route, which would cost as much again.
        self.table = PatternTable[tuple[WebSocketHandler[InfoT, Any, Any], Content]]()

    @overload
    def add(self, path: str, handler: Handler[InfoT, MatchesT], *, content: None = None) -> None: ...
    @overload
    def add(self, path: str, handler: TextHandler[InfoT, MatchesT], *, content: type[str]) -> None: ...
    @overload
    def add(self, path: str, handler: BinaryHandler[InfoT, MatchesT], *, content: type[bytes]) -> None: ...
    @overload
    def add(self, path: str, handler: Handler[InfoT, MatchesT], *, content: type[str] | type[bytes] | None) -> None: ...
    def add(self, path: str, handler: Any, *, content: Any = None) -> None:
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
        # Imported here, for inspect takes as long to import as all that serves connections.
        from .._rules.handlers import check_content, check_handler, name_of
        from .matches import check_matches

        check_type("add", "a path pattern as a str", path, str)
        check_handler("add", handler)
        check_content("add", content)
        pattern = Pattern(path)
        if type(self).resolve is Router.resolve:  # a subclass may make other matches of them
            check_matches("add", handler, pattern)
        if path in self._handlers:
            first = name_of(self._handlers[path])
            raise ValueError(f"add: expected a path without a handler, but {path!r} has {first} already")
        self._handlers[path] = handler
        self.table.add(pattern, (handler, content))

    def resolve(self, path: str) -> Route[InfoT] | None:
        """Find the handler for a path.

        Args:
            path: The path, percent-decoded, without what the application is mounted at.

        Returns:
            The handler with what the path matched, or None: no route (WS-LIFETIME-08).
        """
        if path.__class__ is not str:
            check_type("resolve", "a path as a str", path, str)
        found = self.table.find(path)
        if found is None:
            return None
        (handler, content), matches = found
        route: Route[InfoT] = _new(Route, (handler, matches, content))
        return route
