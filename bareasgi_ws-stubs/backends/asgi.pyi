# Written by `make stubs` from the module of this name.
"""The reference backend: handlers served on ASGI, and what adapters on ASGI need for that."""

from collections.abc import Mapping
from typing import Any, overload

from .._reference.lifetime import not_found
from .._rules.handlers import check_content, check_handler
from ..asgi import Receive, Send
from ..conformance.memory import MemoryBackend
from ..routing import BinaryHandler, Handler, InfoT, MatchesT, TextHandler
from ..scope import Info, RouteMatches

__all__ = ["backend", "check_content", "check_handler", "not_found", "serve"]

@overload
async def serve(
    handler: Handler[Info, MatchesT],
    scope: Mapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    info: Info | None = None,
    matches: RouteMatches | None = None,
    content: None = None,
    close_timeout: float | None = 10.0,
) -> None:
    """Serve one WebSocket connection of an ASGI server with a handler, from its first event to its end.

    This is all that an adapter on ASGI needs: it finds the handler, and passes on what the server gave.

    Args:
        handler: The handler.
        scope: The connection scope, of type websocket.
        receive: Gives the server's next event; none has been received yet.
        send: Takes an event to the server.
        info: What the handler is given as its info; an empty dict where it is left out.
        matches: What the handler is given as its matches; none where they are left out.
        content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both
            (WS-CONTENT-01 to WS-CONTENT-05).
        close_timeout: How long a close, and so the handler's end, waits for a client that does not read, in seconds;
            None for as long as the client likes (WS-CLOSE-12, WS-LIFETIME-12).

    Raises:
        ValueError: The scope is not a WebSocket's, or ``close_timeout`` is not above 0 and finite.
        TypeError: The content is not exactly ``str``, ``bytes`` or None, the matches are not a mapping, the handler,
            ``receive`` or ``send`` cannot be called, ``close_timeout`` is not a number, or the handler's call gave no
            awaitable.
        Exception: What the handler raised, after the connection was closed or answered (WS-LIFETIME-04 to
            WS-LIFETIME-06).
    """

@overload
async def serve(
    handler: TextHandler[Info, MatchesT],
    scope: Mapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    info: Info | None = None,
    matches: RouteMatches | None = None,
    content: type[str],
    close_timeout: float | None = 10.0,
) -> None: ...
@overload
async def serve(
    handler: BinaryHandler[Info, MatchesT],
    scope: Mapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    info: Info | None = None,
    matches: RouteMatches | None = None,
    content: type[bytes],
    close_timeout: float | None = 10.0,
) -> None: ...
@overload
async def serve(
    handler: Handler[Info, MatchesT],
    scope: Mapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    info: Info | None = None,
    matches: RouteMatches | None = None,
    content: type[str] | type[bytes] | None,
    close_timeout: float | None = 10.0,
) -> None: ...
@overload
async def serve(
    handler: Handler[InfoT, MatchesT],
    scope: Mapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    info: InfoT,
    matches: RouteMatches | None = None,
    content: None = None,
    close_timeout: float | None = 10.0,
) -> None: ...
@overload
async def serve(
    handler: TextHandler[InfoT, MatchesT],
    scope: Mapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    info: InfoT,
    matches: RouteMatches | None = None,
    content: type[str],
    close_timeout: float | None = 10.0,
) -> None: ...
@overload
async def serve(
    handler: BinaryHandler[InfoT, MatchesT],
    scope: Mapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    info: InfoT,
    matches: RouteMatches | None = None,
    content: type[bytes],
    close_timeout: float | None = 10.0,
) -> None: ...
@overload
async def serve(
    handler: Handler[InfoT, MatchesT],
    scope: Mapping[str, Any],
    receive: Receive,
    send: Send,
    *,
    info: InfoT,
    matches: RouteMatches | None = None,
    content: type[str] | type[bytes] | None,
    close_timeout: float | None = 10.0,
) -> None: ...

backend: MemoryBackend
"""The reference implementation, for the conformance kit."""
