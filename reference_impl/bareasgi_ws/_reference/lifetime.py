"""A handler's lifetime: how it is called, and what happens to the WebSocket when it ends."""

from collections.abc import Awaitable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from .._rules.scope import mended
from .._rules.states import BEFORE
from .._spec.capabilities import SupportsDenial
from .asgi import Receive, Send
from .granian import as_any_server
from .handlers import name_of
from .hypercorn import with_every_line
from .socket import Content, ReferenceWebSocket, open_web_socket


async def serve_handler(
    handler: Any, scope: Any, receive: Receive, send: Send, info: Any, matches: Mapping[str, Any], content: Content
) -> None:
    """Run one handler on one connection, and bring the connection to its end."""
    receive, send = as_any_server(receive, send)
    told, scope = scope, mended(scope)
    if scope is not told:
        send = with_every_line(told, scope, send)
    web_socket = open_web_socket(scope, await receive(), receive, send, content)
    try:
        result = handler(scope, info, matches, web_socket)
        _check_awaitable(handler, result)
        await result
    except Exception:
        await _end_by_error(web_socket)
        raise
    except GeneratorExit:
        raise  # nothing can be awaited any more
    except BaseException:
        with suppress(BaseException):  # best effort: the cancellation that is under way decides
            await web_socket.close(1001)
        raise
    await web_socket.close(1000)


async def not_found(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    """Answer a handshake by HTTP 404 where the server can; else it is refused, as this handler returns."""
    if isinstance(web_socket, SupportsDenial):
        await _answer(web_socket, HTTPStatus.NOT_FOUND)


def _check_awaitable(handler: Any, result: Any) -> None:
    if not isinstance(result, Awaitable):
        raise TypeError(
            f"expected {name_of(handler)} to be async or give an awaitable, but its call gave {type(result).__name__}"
        )


async def _end_by_error(web_socket: ReferenceWebSocket[Any]) -> None:
    """Close with 1011, or answer 500; that it fails must not hide the handler's error."""
    with suppress(Exception):
        if web_socket.state != BEFORE:
            await web_socket.fail()
        elif isinstance(web_socket, SupportsDenial):
            await _answer(web_socket, HTTPStatus.INTERNAL_SERVER_ERROR)


async def _answer(web_socket: SupportsDenial, status: HTTPStatus) -> None:
    await web_socket.deny(status, [(b"content-type", b"text/plain; charset=utf-8")], status.phrase.encode())
