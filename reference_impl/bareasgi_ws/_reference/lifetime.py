"""A handler's lifetime: how it is called, and what happens to the WebSocket when it ends."""

from collections.abc import Mapping
from http import HTTPStatus
from inspect import isawaitable
from typing import Any

from .._rules.scope import mended
from .._rules.states import BEFORE, CLOSED
from .._spec.capabilities import SupportsDenial
from . import cancellation, log
from .asgi import Receive, Send
from .handlers import name_of
from .server_workarounds import as_any_server, with_every_subprotocol
from .socket import Content, ReferenceWebSocket, open_web_socket


async def serve_handler(
    handler: Any,
    scope: Any,
    receive: Receive,
    send: Send,
    info: Any,
    matches: Mapping[str, Any],
    content: Content,
    close_timeout: float | None,
) -> None:
    """Run one handler on one connection, and bring the connection to its end."""
    first = await receive()
    told, scope = scope, mended(scope)
    receive, send = as_any_server(scope, receive, send)
    if scope is not told:
        send = with_every_subprotocol(told, scope, send)
    web_socket = open_web_socket(scope, first, receive, send, content, close_timeout)
    try:
        result = handler(scope, info, matches, web_socket)
        _check_awaitable(handler, result)
        await result
    except GeneratorExit:
        raise  # nothing can be awaited any more
    except BaseException as error:
        is_cancelled = not isinstance(error, Exception) and cancellation.is_asked_for()
        await _end_once(web_socket, scope, error, is_cancelled=is_cancelled)
        raise
    if web_socket.state != CLOSED:
        log.debug(scope, "its handler returned")
        await web_socket.close(1000)


async def not_found(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Answer a handshake by HTTP 404 where the server can; else it is refused, as this handler returns."""
    log.debug(scope, "its path has no route, so the handshake is refused")
    if isinstance(web_socket, SupportsDenial):
        await _answer(web_socket, HTTPStatus.NOT_FOUND)


def _check_awaitable(handler: Any, result: Any) -> None:
    if not isawaitable(result):
        raise TypeError(
            f"expected {name_of(handler)} to be async or give an awaitable, but its call gave {type(result).__name__}"
        )


async def _end_once(
    web_socket: ReferenceWebSocket[Any], scope: Any, error: BaseException, *, is_cancelled: bool
) -> None:
    """Make one attempt to tell the client; that it fails must not hide what ended the handler, which goes on."""
    log.debug(scope, "its handler was cancelled: %s" if is_cancelled else "its handler raised %s", error)
    if not is_cancelled and not isinstance(error, (Exception, KeyboardInterrupt, SystemExit)):
        # Of a CancelledError hypercorn 0.18, daphne 4.2 and gunicorn 27.0 log nothing.
        log.error(scope, f"its handler ended by a {type(error).__name__} that nobody asked for", error)
    try:
        if is_cancelled:
            await web_socket.close(1001)
        elif web_socket.state == BEFORE and isinstance(web_socket, SupportsDenial):
            await _answer(web_socket, HTTPStatus.INTERNAL_SERVER_ERROR)
        elif not isinstance(error, Exception):
            await web_socket.close(1011)  # daphne 4.2 leaves the client without an answer for a CancelledError
        elif web_socket.state != BEFORE:
            await web_socket.fail()
    except BaseException as failure:
        if not cancellation.is_harmless(failure):
            raise
        if isinstance(failure, Exception):
            log.error(scope, "the server failed to end it", failure)
        else:
            log.debug(scope, "it could not be ended, for the handler is cancelled again: %s", failure)


async def _answer(web_socket: SupportsDenial, status: HTTPStatus) -> None:
    await web_socket.deny(status, [(b"content-type", b"text/plain; charset=utf-8")], status.phrase.encode())
