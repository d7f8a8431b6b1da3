# pyright: strict
"""What a caller may give, and the errors for all else: subclasses, for the specification asks for no more."""

import re
from typing import Any

from bareasgi_ws import Header, WebSocketClosedError, WebSocketStateError


class WrongKind(TypeError):
    """A value of the wrong type."""


class WrongValue(ValueError):
    """A value that must not go out."""


class TooSoon(WebSocketStateError):
    """A call that comes before accept."""


class TooLate(WebSocketStateError):
    """A call that comes after accept, or after the end."""


class TwoAtOnce(WebSocketStateError):
    """A second receive while one waits."""


class Gone(WebSocketClosedError):
    """A send that comes after the end."""


SENDABLE = {*range(1000, 1015), *range(3000, 5000)} - {1004, 1005, 1006}
TOKEN = re.compile(rb"[\w!#$%&'*+.^`|~-]+")  # bytes, so that \w is ASCII alone (RFC 9110 section 5.6.2)
VALUE = re.compile(rb"([!-~\x80-\xff]([\t -~\x80-\xff]*[!-~\x80-\xff])?)?")  # RFC 9110 section 5.5
HANDSHAKE_OWN = re.compile(rb"sec-websocket-.*|connection|upgrade|content-length|transfer-encoding", re.IGNORECASE)
DENIAL_OWN = re.compile(rb"connection|upgrade|transfer-encoding", re.IGNORECASE)


def integer(value: Any) -> int:
    """Return a plain int for an int of any kind but bool (WS-CODE-08)."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongKind(f"no int: {value!r}")
    return int(value)


def close_code(value: Any) -> int:
    code = integer(value)
    if code not in SENDABLE:
        raise WrongValue(f"no close code to send: {code}")
    return code


def close_reason(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongKind(f"no str: {value!r}")
    if len(value.encode()) > 123:
        raise WrongValue("a reason of over 123 bytes (RFC 6455 section 5.5)")
    return value


def content(value: Any) -> bytes | str:
    if not isinstance(value, bytes | str):
        raise WrongKind(f"neither bytes nor str: {value!r}")
    return value


def subprotocol(value: Any, offered: tuple[str, ...]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise WrongKind(f"no str: {value!r}")
    if value not in offered:
        raise WrongValue(f"not offered: {value!r}")
    return value


def status(value: Any) -> int:
    number = integer(value)
    if not 300 <= number <= 599:
        raise WrongValue(f"no status that rejects: {number}")
    return number


def body(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise WrongKind(f"no bytes: {value!r}")
    return value


def headers(value: Any, own: re.Pattern[bytes]) -> list[Header]:
    """Return the headers of a response, whose own ones none may be."""
    if value is None:
        return []
    if not issubclass(type(value), list):
        raise WrongKind(f"no list: {value!r}")
    return [_header(pair, own) for pair in value]


def denial_headers(value: Any, size: int) -> list[Header]:
    """Return the headers of a denial, the content-length added where there is none."""
    given = headers(value, DENIAL_OWN)
    length = (b"content-length", b"%d" % size)
    lengths = [header for header in given if header[0] == length[0]]
    if lengths not in ([], [length]):
        raise WrongValue(f"not the length of the body: {lengths}")
    return given if lengths else [*given, length]


def _header(pair: Any, own: re.Pattern[bytes]) -> Header:
    match pair:
        case [bytes() as name, bytes() as value]:  # a tuple, or a list
            pass
        case _:
            raise WrongKind(f"no pair of bytes: {pair!r}")
    if not TOKEN.fullmatch(name) or not VALUE.fullmatch(value):
        raise WrongValue(f"nothing that HTTP allows: {pair!r}")
    if own.fullmatch(name):
        raise WrongValue(f"the protocol's own: {name!r}")
    return name.lower(), value
