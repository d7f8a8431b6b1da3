"""What a test may ask of ``connect``, ``lifespan`` and the client: all else is rejected before anything starts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from .._rules.arguments import check_type, close_code, close_reason, describe_value, is_a, is_token, request_header
from ..scope import Header
from .profiles import Profile

_VISIBLE: Final = re.compile(r"[!-~]*")  # no space, control character, or other than ASCII: RFC 9112 section 3.2
_OWN_HEADERS: Final = frozenset({b"connection", b"upgrade", b"sec-websocket-key", b"sec-websocket-version"})


def check_matches(matches: Any) -> None:
    """Reject what is not a mapping of strings."""
    if matches is not None:
        _check_mapping("matches", matches)


def split_target(path: Any, query_string: Any) -> tuple[str, str]:
    """Return the path and the query string, which is given apart or behind the path's ``?``."""
    _check_visible("path", path)
    if not path.startswith("/"):
        raise ValueError(f"connect: expected a path that begins with '/', got {path!r}")
    before, mark, query = path.partition("?")
    if query_string is None:
        return before, query
    if mark:
        raise ValueError(
            f"connect: expected one query string, in the path or as query_string, got {path!r} and {query_string!r}"
        )
    if not isinstance(query_string, str | bytes):
        raise TypeError(f"connect: expected query_string as bytes or a str, got {describe_value(query_string)}")
    text = query_string if isinstance(query_string, str) else query_string.decode("latin-1")
    _check_visible("query_string", text)
    if text.startswith("?"):
        raise ValueError(f"connect: expected query_string without its '?', got {query_string!r}")
    return before, text


def check_root_path(root_path: Any) -> None:
    """Reject what no server can be given as its root path."""
    _check_visible("root_path", root_path)
    if "?" in root_path:
        raise ValueError(f"connect: expected root_path without a query string, got {root_path!r}")


def offered(subprotocols: Any) -> list[str]:
    """Return the subprotocols that the client offers."""
    if is_a(subprotocols, str | bytes | bytearray | memoryview) or not is_a(subprotocols, Sequence):
        raise TypeError(f"connect: expected subprotocols as a list or tuple of str, got {describe_value(subprotocols)}")
    names: list[Any] = list(subprotocols)
    for subprotocol in names:
        if not isinstance(subprotocol, str):
            raise TypeError(f"connect: expected each subprotocol as a str, got {describe_value(subprotocol)}")
        if not is_token(subprotocol):
            raise ValueError(
                f"connect: expected each subprotocol as a token (RFC 6455 section 4.1), got {subprotocol!r}"
            )
    if len(set(names)) < len(names):
        raise ValueError(
            f"connect: expected each subprotocol once (RFC 6455 section 4.1), got {', '.join(map(repr, names))}"
        )
    return names


def request_headers(headers: Any) -> list[Header]:
    """Return the headers that the handshake request has beside those of the handshake."""
    if is_a(headers, str | bytes | bytearray | memoryview | Mapping) or not is_a(headers, Iterable):
        raise TypeError(f"connect: expected headers as a list of pairs of bytes, got {describe_value(headers)}")
    checked = [request_header("connect", header) for header in headers]
    for name, _ in checked:
        if name in _OWN_HEADERS:
            raise ValueError(f"connect: expected no header {name.decode()!r}, which the client writes itself")
    return checked


def check_scheme(scheme: Any) -> None:
    """Reject what is not a WebSocket's scheme."""
    if not isinstance(scheme, str):
        raise TypeError(f"connect: expected scheme as 'ws' or 'wss', got {describe_value(scheme)}")
    if scheme not in ("ws", "wss"):
        raise ValueError(f"connect: expected scheme as 'ws' or 'wss', got {scheme!r}")


def check_client(client: Any) -> None:
    """Reject what is neither a client's address nor None."""
    if client is not None:
        _check_address("client", client, "(host, port) or None")


def check_server(server: Any) -> None:
    """Reject what is not a server's address, a socket's path and None, or None."""
    if not (server is None or (is_a(server, tuple) and len(server) == 2 and server[1] is None)):
        _check_address("server", server, "(host, port), (path, None) or None")
    elif server is not None and not isinstance(server[0], str):
        raise TypeError(f"connect: expected server's path as a str, got {describe_value(server[0])}")


def state_copied(state: Any, lifespan: Any) -> dict[str, Any]:
    """Return a connection's own copy of the state; the values are shared."""
    if not isinstance(lifespan, bool):
        raise TypeError(f"connect: expected lifespan as a bool, got {describe_value(lifespan)}")
    if state is None:
        return {}
    if lifespan:
        raise ValueError(f"connect: expected either a state or lifespan=True, which makes one, got both: {state!r}")
    _check_mapping("state", state)
    return dict(state)


def check_profile(profile: Any) -> None:
    """Reject what is neither a server's profile nor None."""
    check_type("connect", "the profile as a Profile, such as PROFILES['strict'], or None", profile, Profile, type(None))


def check_close(code: Any, reason: Any) -> None:
    """Reject what a client's close frame cannot hold."""
    if code is not None:
        close_code(code)
    close_reason(reason, "close")
    if code is None and reason:
        raise ValueError(f"close: expected no reason in a close frame without a code, got {reason!r}")


def check_code(code: Any) -> None:
    """Reject what is not an int."""
    if not isinstance(code, int) or isinstance(code, bool):
        raise TypeError(f"rejects: expected the code as an int, got {describe_value(code)}")


def check_event(event: Any) -> None:
    """Reject what is not a mapping of strings; what else is wrong is the caller's wish."""
    if not is_a(event, Mapping) or not all(isinstance(key, str) for key in event):
        raise TypeError(f"inject: expected the event as a mapping with keys that are str, got {describe_value(event)}")


def _check_visible(name: str, value: Any) -> None:
    if not isinstance(value, str):
        raise TypeError(f"connect: expected {name} as a str, got {describe_value(value)}")
    if not _VISIBLE.fullmatch(value):
        raise ValueError(f"connect: expected {name} in visible ASCII, all else percent-encoded, got {value!r}")
    if "#" in value:
        raise ValueError(f"connect: expected {name} without a fragment, which no client sends, got {value!r}")


def _check_mapping(name: str, value: Any) -> None:
    if not is_a(value, Mapping):
        raise TypeError(f"connect: expected {name} as a mapping, got {describe_value(value)}")
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"connect: expected each key of {name} as a str, got {describe_value(key)}")


def _check_address(name: str, address: Any, expected: str) -> None:
    match address:
        case tuple((str() as host, int() as port)) if not isinstance(port, bool):
            if not _VISIBLE.fullmatch(host):
                raise ValueError(f"connect: expected {name}'s host in visible ASCII, got {host!r}")
            if not 0 <= port <= 65535:
                raise ValueError(f"connect: expected {name}'s port in 0-65535, got {port}")
        case _:
            raise TypeError(f"connect: expected {name} as {expected}, got {address!r}")
