"""ASGI's WebSocket events: reading what the server sends, writing what it is sent."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from ..errors import WebSocketError
from ..scope import Header
from .arguments import describe_value, encoded, plain_bytes, plain_str

Event = Mapping[str, Any]


End: TypeAlias = tuple[int, str | None]
"""The end, as the server reported it: the code, and the reason."""


def read(event: Event) -> bytes | str | End:
    """Return the message in an event that may come after accept, or the end."""
    kind = event.get("type")
    if kind == "websocket.disconnect":
        return disconnected(event)
    if kind == "websocket.receive":
        text, binary = event.get("text"), event.get("bytes")
        if binary is None and isinstance(text, str):
            return text
        if text is None and isinstance(binary, bytes):
            return binary
        raise WebSocketError(
            "receive: expected a 'websocket.receive' event with either a str as its text or bytes as its bytes,"
            f" got text of type {type(text).__name__} and bytes of type {type(binary).__name__}"
        )
    raise WebSocketError(f"receive: expected 'websocket.receive' or 'websocket.disconnect', got {kind!r}")


def disconnected(event: Event) -> End:
    """Read a websocket.disconnect event."""
    code: Any = event.get("code")
    if code.__class__ is not int:
        code = _code(code)
    return code, event.get("reason") or None


def _code(code: Any) -> int:
    if code is None:
        return 1005  # RFC 6455 section 7.1.5: no status was received
    if not isinstance(code, int):
        raise WebSocketError(f"expected the code of 'websocket.disconnect' as an int or None, got {code!r}")
    return int(code)


def connected(event: Event) -> End | None:
    """Read a connection's first event: None where it is websocket.connect, or the client has gone already."""
    kind = event.get("type")
    if kind == "websocket.connect":
        return None
    if kind == "websocket.disconnect":
        return disconnected(event)
    raise WebSocketError(f"accept: expected 'websocket.connect' as the first event, got {kind!r}")


def accept(subprotocol: str | None, headers: list[Header]) -> dict[str, Any]:
    """Write the event that completes the handshake."""
    return {"type": "websocket.accept", "subprotocol": subprotocol, "headers": headers}


def send(content: Any) -> dict[str, Any]:
    """Write the event that sends one message."""
    if isinstance(content, str):
        if not content.isascii():
            encoded(content, "send")
        return {"type": "websocket.send", "text": plain_str(content)}
    if isinstance(content, bytes):
        return {"type": "websocket.send", "bytes": plain_bytes(content)}
    raise TypeError(f"send: expected bytes or str, got {describe_value(content)}")


def close(code: int, reason: str = "") -> dict[str, Any]:
    """Write the event that closes the connection, or rejects the handshake."""
    return {"type": "websocket.close", "code": code, "reason": reason}


def denial(status: int, headers: list[Header], body: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the two events that answer the handshake by HTTP."""
    start = {"type": "websocket.http.response.start", "status": status, "headers": headers}
    # more_body is left out: False is what that means (ASGI websocket denial response).
    return start, {"type": "websocket.http.response.body", "body": body}
