"""The arguments of a WebSocket's methods, checked as the specification says."""

import re
from collections.abc import Sequence
from operator import index
from typing import Any

from bareasgi_ws import Header

TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
VALUE = re.compile(rb"(?![ \t])[\t -~\x80-\xff]*(?<![ \t])")
OWN = re.compile(rb"sec-websocket-.*|connection|upgrade|content-length|transfer-encoding")


def check_type(given: object, kind: Any) -> None:
    """Raise TypeError where the value is not of this type."""
    if not isinstance(given, kind) or isinstance(given, bool):  # a bool is an int, but no close code
        raise TypeError(f"expected {kind}, got {given!r}")


def check(met: object, what: str, given: object) -> None:
    """Raise ValueError where a condition is not met."""
    if not met:
        raise ValueError(f"expected {what}, got {given!r}")


def check_subprotocol(subprotocol: str | None, offered: Sequence[str]) -> None:
    """Check what accept is given (WS-HANDSHAKE-04, WS-HANDSHAKE-09)."""
    check_type(subprotocol, str | None)
    check(subprotocol in (None, *offered), "a subprotocol that the client offered", subprotocol)


def lowered(headers: list[Header] | None) -> list[Header]:
    """Return the headers with names in lower case, where all may be sent (WS-HANDSHAKE-05 to WS-HANDSHAKE-09)."""
    check_type(headers, list | None)
    return [_lowered(header) for header in headers or []]


def _lowered(header: object) -> Header:
    match header:
        case (bytes(name), bytes(value)) if isinstance(header, tuple):
            name = name.lower()
            allowed = TOKEN.fullmatch(name) and VALUE.fullmatch(value) and not OWN.fullmatch(name)
            check(allowed, "a header that this response may have", header)
            return name, value
        case _:
            raise TypeError(f"expected a pair of bytes, got {header!r}")


def check_content(content: object) -> None:
    """Check what send is given (WS-SEND-08, WS-SEND-09)."""
    check_type(content, bytes | str)
    if isinstance(content, str):
        content.encode()  # raises UnicodeEncodeError, a ValueError, where UTF-8 has no such character


def plain_code(code: int) -> int:
    """Return the close code as an int, where it may be sent (WS-CLOSE-07 to WS-CLOSE-09)."""
    check_type(code, int)
    registered = 1000 <= code <= 1014 and code not in (1004, 1005, 1006)
    check(registered or 3000 <= code <= 4999, "a close code that may be sent", code)
    return index(code)
