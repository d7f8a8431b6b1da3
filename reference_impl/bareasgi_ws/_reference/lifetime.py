"""A handler's lifetime: how it is called, and what happens to the WebSocket when it ends."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from .._rules.events import Event
from .._rules.scope import mended
from .._rules.states import BEFORE
from ..asgi import Receive, Send
from ..capabilities import SupportsDenial
from ..scope import Scope
from ..websocket import WebSocket
from . import cancellation, log
from .server_workarounds import as_granian_should, with_every_subprotocol
from .socket import Content, ReferenceWebSocket


def begun(
    open_web_socket: Callable[..., ReferenceWebSocket[Any]],
    scope: Any,
    first: Event,
    receive: Receive,
    send: Send,
    content: Content,
    close_timeout: float | None,
) -> tuple[Any, ReferenceWebSocket[Any]]:
    """Return what the handler is given of a connection whose first event has come: the scope and the WebSocket."""
    server_scope, scope = scope, mended(scope)
    if "granian" in sys.modules:
        receive, send = as_granian_should(scope, receive, send)
    if scope is not server_scope:
        send = with_every_subprotocol(server_scope, scope, send)
    return scope, open_web_socket(scope, first, receive, send, content, close_timeout)


def check_awaitable(handler: Any, result: Any) -> None:
    """Reject what the handler's call gave, unless it can be awaited."""
    from inspect import isawaitable

    from .._rules.handlers import name_of

    if not isawaitable(result):
        raise TypeError(
            f"expected {name_of(handler)} to be async or give an awaitable, but its call gave {type(result).__name__}"
        )


async def not_found(scope: Scope, info: Any, matches: Any, web_socket: WebSocket) -> None:
    """Serve a path that has no route, as a handler: HTTP 404 where the server can, else 403 (WS-LIFETIME-08)."""
    log.debug(scope, "its path has no route, so the handshake is rejected")
    if isinstance(web_socket, SupportsDenial):
        await _answer(web_socket, 404, b"Not Found")


Found: TypeAlias = tuple[tuple[Any, Content], Mapping[str, Any]]
"""What serves a connection: a handler with the content that it takes, and the matches."""
NOT_FOUND: Final[Found] = (not_found, None), {}


async def failed(web_socket: ReferenceWebSocket[Any], scope: Any, error: BaseException) -> None:
    """Make one attempt to tell the client; that it fails must not hide what ended the handler, which goes on."""
    is_cancelled = not isinstance(error, Exception) and cancellation.is_asked_for()
    log.debug(scope, "its handler was cancelled: %s" if is_cancelled else "its handler raised %s", error)
    if not is_cancelled and not isinstance(error, (Exception, KeyboardInterrupt, SystemExit)):
        # Of a CancelledError hypercorn 0.18, daphne 4.2 and gunicorn 27.0 log nothing.
        log.error(scope, f"its handler ended by a {type(error).__name__} that nobody asked for", error)
    try:
        if is_cancelled:
            await web_socket.close(1001)
        elif web_socket.state is BEFORE and isinstance(web_socket, SupportsDenial):
            await _answer(web_socket, 500, b"Internal Server Error")
        elif not isinstance(error, Exception):
            await web_socket.close(1011)  # daphne 4.2 leaves the client without a response for a CancelledError
        elif web_socket.state is not BEFORE:
            await web_socket.fail()
        else:
            web_socket.leave_to_server()
    except BaseException as failure:
        if not cancellation.is_harmless(failure):
            raise
        if isinstance(failure, Exception):
            log.error(scope, "the server failed to end it", failure)
        else:
            log.debug(scope, "it could not be ended, for the handler is cancelled again: %s", failure)


async def _answer(web_socket: SupportsDenial, status: int, phrase: bytes) -> None:
    await web_socket.deny(status, [(b"content-type", b"text/plain; charset=utf-8")], phrase)
