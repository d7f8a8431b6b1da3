# Written by `make stubs` from the module of this name.
"""Handlers on the asyncio server of the websockets library, with no ASGI server."""

from contextlib import AbstractAsyncContextManager
from typing import Any, overload

from ..conformance.url import URLBackend
from ..routing import BinaryHandler, Handler, InfoT, MatchesT, TextHandler, WebSocketRouter
from ..scope import Info

__all__ = ["backend", "serve", "serve_routes"]

@overload
def serve(
    handler: Handler[Info, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    content: None = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]:
    """Serve each connection with a handler, whatever its path; as the context is left, end all that is open.

    Each handler runs in a task of its own. A handler may take as long to accept as ``open_timeout`` says, in seconds
    (by default the library's 10), then it is cancelled.

    Args:
        handler: The handler; its matches are empty.
        host: The address to listen on; None for all of them.
        port: The port, or 0 for any free one, which ``sockets`` of what the context gives then tells.
        info: What the handler is given as its info; an empty dict where it is left out.
        content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both
            (WS-CONTENT-01 to WS-CONTENT-05).
        options: What the library's own ``serve`` takes beside these, such as ``ssl`` or ``max_size``.

    Returns:
        A context manager that gives the library's ``Server``.

    Raises:
        TypeError: The content is not exactly ``str``, ``bytes`` or None, or the handler is not callable, cannot take
            four positional arguments, or is an async generator function; or the options have ``process_response``.
    """

@overload
def serve(
    handler: TextHandler[Info, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    content: type[str],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: BinaryHandler[Info, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    content: type[bytes],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: Handler[Info, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    content: type[str] | type[bytes] | None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: Handler[InfoT, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    content: None = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: TextHandler[InfoT, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    content: type[str],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: BinaryHandler[InfoT, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    content: type[bytes],
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve(
    handler: Handler[InfoT, MatchesT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    content: type[str] | type[bytes] | None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...
@overload
def serve_routes(
    router: WebSocketRouter[Info],
    host: str | None = None,
    port: int | None = None,
    *,
    info: Info | None = None,
    **options: Any,
) -> AbstractAsyncContextManager[Any]:
    """Serve each connection with the handler that a router has for its path, and others with HTTP 404 (WS-LIFETIME-08).

    Args:
        router: The router.
        host: The address to listen on; None for all of them.
        port: The port, or 0 for any free one, which ``sockets`` of what the context gives then tells.
        info: What the handlers are given as their info; an empty dict where it is left out.
        options: What the library's own ``serve`` takes beside these, such as ``ssl`` or ``max_size``.

    Returns:
        A context manager that gives the library's ``Server``.

    Raises:
        TypeError: The router has no ``resolve``, or the options have ``process_response``.
    """

@overload
def serve_routes(
    router: WebSocketRouter[InfoT],
    host: str | None = None,
    port: int | None = None,
    *,
    info: InfoT,
    **options: Any,
) -> AbstractAsyncContextManager[Any]: ...

backend: URLBackend
"""The websockets library's server, for the conformance kit."""
