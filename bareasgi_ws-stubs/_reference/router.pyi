# Written by `make stubs` from the module of this name.
"""The router: paths to handlers, the first registered wins."""

from typing import overload

from ..routing import BinaryHandler, Handler, InfoT, MatchesT, Route, TextHandler, WebSocketRouter

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
    def add(self, path: str, handler: Handler[InfoT, MatchesT], *, content: None = None) -> None:
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
    @overload
    def add(self, path: str, handler: TextHandler[InfoT, MatchesT], *, content: type[str]) -> None: ...
    @overload
    def add(self, path: str, handler: BinaryHandler[InfoT, MatchesT], *, content: type[bytes]) -> None: ...
    @overload
    def add(self, path: str, handler: Handler[InfoT, MatchesT], *, content: type[str] | type[bytes] | None) -> None: ...
    def resolve(self, path: str) -> Route[InfoT] | None:
        """Find the handler for a path.

        Args:
            path: The path, percent-decoded, without what the application is mounted at.

        Returns:
            The handler with what the path matched, or None: no route (WS-LIFETIME-08).
        """
