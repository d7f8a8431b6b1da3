"""What a caller may give: close codes, reasons, headers, subprotocols, a status. All else is rejected here."""

from collections.abc import Collection, Iterable
from math import inf
from typing import Any, Final

from ..scope import Header

_TOKEN: Final = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"  # RFC 9110 section 5.6.2
_FORBIDDEN_IN_VALUE: Final = rb"[\x00-\x08\x0a-\x1f\x7f]|^[ \t]|[ \t]$"  # RFC 9110 section 5.5
_NEVER_SENT: Final = frozenset({1004, 1005, 1006, 1015})  # RFC 6455 section 7.4.1
_SHORT: Final = 60
_REASON_BYTES: Final = 123  # RFC 6455 section 5.5: a control frame has 125 bytes, two of them the code

HANDSHAKE_OWN: Final = frozenset({b"connection", b"upgrade", b"content-length", b"transfer-encoding"})
"""Headers that the handshake's response writes itself; so are all of sec-websocket-* (RFC 6455 section 4.2.2)."""

DENIAL_OWN: Final = frozenset({b"connection", b"upgrade", b"transfer-encoding"})
"""Headers of a denial's response that belong to the hop, not to the response (RFC 9110 section 7.6.1)."""


def describe_value(value: object) -> str:
    """Say what came, as an error message does: a short value as it is, and of others what they are."""
    if isinstance(value, type):
        return f"the class {value.__name__}"
    name = getattr(value, "__qualname__", None)
    if isinstance(name, str):  # a function, a coroutine
        return f"the {type(value).__name__} {name}"
    text = repr(value) if value is None or isinstance(value, str | bytes | int | float) else ""
    kind = type(value).__name__
    return text if 0 < len(text) <= _SHORT else f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"


def error_line(error: BaseException) -> str:
    """Write an exception as the last line of a traceback."""
    try:
        text = str(error)
    except Exception:
        text = "<exception str() failed>"  # the traceback module's words
    return f"{type(error).__name__}: {text}"


def is_a(value: object, kind: Any) -> bool:
    """Tell an instance without narrowing, which would leave pyright with items of an unknown type."""
    return isinstance(value, kind)


def is_several(value: object) -> bool:
    """Tell whether it can be gone through, and is not a text, which would be gone through letter by letter."""
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def check_type(call: str, expected: str, value: Any, *types: type) -> None:
    """Reject, with TypeError, a value that is of none of these types."""
    if not isinstance(value, types):
        raise TypeError(f"{call}: expected {expected}, got {describe_value(value)}")


def check_web_socket(call: str, value: Any, *methods: str) -> None:
    """See to it that an argument is a WebSocket, as far as its methods tell."""
    if isinstance(value, type) or not all(callable(getattr(value, method, None)) for method in methods):
        needed = " and ".join(f"{method}()" for method in methods)
        raise TypeError(f"{call}: expected a WebSocket, an object with {needed}, got {describe_value(value)}")


def check_scope(call: str, scope: Any) -> None:
    """Reject, with TypeError, what is not a scope of ASGI's."""
    if not callable(getattr(scope, "get", None)):
        raise TypeError(f"{call}: expected the scope as a mapping, got {describe_value(scope)}")


def check_events(call: str, receive: Any, send: Any) -> None:
    """Reject, with TypeError, what cannot be called for an event, or with one."""
    for name, function in (("receive", receive), ("send", send)):
        if not callable(function):
            raise TypeError(f"{call}: expected {name} as a function, got {describe_value(function)}")


def deadline(call: str, value: Any) -> float:
    """Return a time after which a step has failed; without an end, too."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{call}: expected deadline as a number of seconds, got {describe_value(value)}")
    if not value > 0:
        raise ValueError(f"{call}: expected deadline as more than 0 seconds, got {value!r}")
    return value


def seconds(call: str, name: str, value: Any) -> float:
    """Return a time that somebody waits."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{call}: expected {name} in seconds, got {describe_value(value)}")
    if not 0 < value < inf:
        raise ValueError(f"{call}: expected {name} above 0 and finite, got {value}")
    return value


def close_timeout(call: str, value: Any) -> float | None:
    """Return a close timeout: seconds, or None for no limit."""
    return None if value is None else seconds(call, "close_timeout", value)


def limit(call: str, value: Any) -> int:
    """Return how many messages may wait."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{call}: expected the limit as an int, got {describe_value(value)}")
    if value < 1:
        raise ValueError(f"{call}: expected a limit of 1 or more, got {value}")
    return value


def close_code(code: Any, call: str = "close") -> int:
    """Return a close code as a plain int."""
    if code.__class__ is int and (3000 <= code <= 4999 or 1000 <= code <= 1003):
        return code  # the usual ones need no second look
    if not isinstance(code, int) or isinstance(code, bool):
        raise TypeError(f"{call}: expected the code as an int, got {describe_value(code)}")
    if code in _NEVER_SENT:
        raise ValueError(f"{call}: {int(code)} is a code that is never sent (RFC 6455 section 7.4.1)")
    if not (1000 <= code <= 1014 or 3000 <= code <= 4999):
        raise ValueError(f"{call}: expected a code in 1000-1014 or 3000-4999, got {int(code)} (RFC 6455 section 7.4.2)")
    return int(code)


def close_reason(reason: Any, call: str = "close_with_reason") -> str:
    """Return a close reason that fits a close frame."""
    if not isinstance(reason, str):
        raise TypeError(f"{call}: expected the reason as a str, got {describe_value(reason)}")
    size = len(encoded(reason, call))
    if size > _REASON_BYTES:
        raise ValueError(f"{call}: expected a reason of at most {_REASON_BYTES} bytes, got {size}")
    return reason


def encoded(text: str, call: str) -> bytes:
    """Return the text in UTF-8."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        position = f"U+{ord(text[error.start]):04X} at index {error.start}"
        raise ValueError(f"{call}: expected text that UTF-8 can encode, got {position}") from error


def plain_str(text: str) -> str:
    """Return a text as a plain str, for a server that writes it as ``str()`` or an f-string shows it."""
    return str.__str__(text)  # a subclass, such as an enumeration, may have another


def plain_bytes(binary: bytes) -> bytes:
    """Return plain bytes."""
    return bytes.__bytes__(binary)


def subprotocol(value: Any, offered: Collection[str]) -> str | None:
    """Return a subprotocol that the client offered, or None."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"accept: expected the subprotocol as a str or None, got {describe_value(value)}")
    if value not in offered:
        offer = ", ".join(map(repr, offered)) or "it offered none"
        raise ValueError(f"accept: expected a subprotocol that the client offered ({offer}), got {value!r}")
    return plain_str(value)


def accept_headers(headers: Any) -> list[Header]:
    """Return the headers for the handshake's response, names in lower case."""
    checked = _headers("accept", headers)
    for name, _ in checked:
        if name in HANDSHAKE_OWN or name.startswith(b"sec-websocket-"):
            raise ValueError(f"accept: expected no header of the protocol's own, got {name.decode()!r}")
    return checked


def denial_headers(headers: Any, body: bytes) -> list[Header]:
    """Return the headers for a denial's response, names in lower case, a content-length among them."""
    checked = _headers("deny", headers)
    length = str(len(body)).encode()
    for name, value in checked:
        if name in DENIAL_OWN:
            raise ValueError(f"deny: expected no header of the connection's own, got {name.decode()!r}")
        if name == b"content-length" and value != length:
            raise ValueError(f"deny: expected the content-length {len(body)} of the body, got {value!r}")
    lengths = [name for name, _ in checked if name == b"content-length"]
    if len(lengths) > 1:
        raise ValueError(f"deny: expected at most one content-length, got {len(lengths)}")
    if not lengths:
        checked.append((b"content-length", length))
    return checked


def denial_status(status: Any) -> int:
    """Return an HTTP status that rejects a handshake."""
    if not isinstance(status, int) or isinstance(status, bool):
        raise TypeError(f"deny: expected the status as an int, got {describe_value(status)}")
    if not 300 <= status <= 599:
        raise ValueError(f"deny: expected a status in 300-599, got {int(status)} (RFC 8441 section 5)")
    return int(status)


def denial_body(body: Any) -> bytes:
    """Return a denial's body."""
    if not isinstance(body, bytes):
        raise TypeError(f"deny: expected the body as bytes, got {describe_value(body)}")
    return body


def _headers(call: str, headers: Any) -> list[Header]:
    if headers is None:
        return []
    if not issubclass(type(headers), list):
        raise TypeError(f"{call}: expected the headers as a list of pairs of bytes, got {describe_value(headers)}")
    return [_header(call, header) for header in headers]


def _header(call: str, header: Any) -> Header:
    match header:
        case tuple((bytes() as name, bytes() as value)):
            pass
        case _:
            raise TypeError(f"{call}: expected a header as a tuple (name, value), both of them bytes, got {header!r}")
    if not _is_token(name):
        raise ValueError(f"{call}: expected a header's name to be a token (RFC 9110 section 5.1), got {name!r}")
    if _search(_FORBIDDEN_IN_VALUE, value):
        expected = f"no control character in the value of {name.decode()!r}, nor space around it"
        raise ValueError(f"{call}: expected {expected}, got {value!r}")
    return plain_bytes(name).lower(), plain_bytes(value)


def _is_token(name: bytes) -> bool:
    return _search(rb"\A" + _TOKEN + rb"\Z", name)


def _search(pattern: bytes, value: bytes) -> bool:
    import re  # which takes as long to import as a fifth of the package

    return re.search(pattern, value) is not None


def request_header(call: str, header: Any) -> Header:
    """Return a header for a handshake request, its name in lower case."""
    return _header(call, header)


def is_token(text: str) -> bool:
    """Tell whether a text is a token, as a subprotocol is (RFC 6455 section 4.1)."""
    return text.isascii() and _is_token(text.encode())
