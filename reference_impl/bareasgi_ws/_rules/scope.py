"""The scope that a handler is given: each item is what its type says, whatever the server told."""

# What a server told is Any, and a look at its type makes it no better known.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from ..scope import Header

_UNKNOWN: Final = object()
"""What an item becomes that cannot be put right: it is left out, as the server should have."""

_MAPPING: Final = (dict, Mapping)
"""For isinstance, which looks at an abstract class slowly."""

_NO_STATE: Final[dict[str, Any]] = {}

_is_lower: Final = bytes.islower

_BYTES: Final = (bytes, bytearray, memoryview)

SUBPROTOCOLS: Final = b"sec-websocket-protocol"
"""The header of the client's request that offers them."""


def mended(scope: Mapping[str, Any]) -> dict[str, Any]:
    """Return the very scope where each item is right, else a copy in which the wrong ones are put right."""
    if type(scope) is dict and _is_usual(scope):
        return scope
    changed: dict[str, Any] = {} if "asgi" in scope else {"asgi": {}}
    for key, value in scope.items():
        put_right = _ITEMS.get(key)
        if put_right is not None and (right := put_right(value)) is not value:
            changed[key] = right
    server_headers, server_names = scope.get("headers"), scope.get("subprotocols", ())
    headers, lines = _headers(server_headers)
    if headers is not server_headers:
        changed["headers"] = headers
    if lines or server_names or server_names is None:
        subprotocols = offered(lines, server_names)
        if subprotocols != server_names:
            changed["subprotocols"] = subprotocols
    if not changed and type(scope) is dict:
        return scope
    return {key: value for key, value in {**scope, **changed}.items() if value is not _UNKNOWN}


def _is_usual(scope: dict[str, Any]) -> bool:
    """Tell, as fast as can be, whether each item is right at first sight, and no subprotocols are offered."""
    try:
        client, server = scope["client"], scope["server"]
        asgi, extensions, headers = scope["asgi"], scope["extensions"], scope["headers"]
        if (
            type(scope["path"]) is not str
            or type(scope["scheme"]) is not str
            or type(scope["http_version"]) is not str
            or type(scope["root_path"]) is not str
            or type(scope["query_string"]) is not bytes
            or type(scope["raw_path"]) is not bytes
            or type(scope.get("state", _NO_STATE)) is not dict
            or type(asgi) is not dict
            or len(asgi) != 2
            or type(asgi["version"]) is not str
            or type(asgi["spec_version"]) is not str
            or type(client) is not tuple
            or type(server) is not tuple
            or type(extensions) is not dict
            or scope["subprotocols"] != []
        ):
            return False
        client_host, client_port = client
        server_host, server_port = server
    except (KeyError, ValueError):
        return False
    if (
        type(client_host) is not str
        or type(client_port) is not int
        or type(server_host) is not str
        or type(server_port) is not int
    ):
        return False
    for extension in extensions.values():
        if type(extension) is not dict:
            return False
    return _are_usual(headers)


def _are_usual(headers: Any) -> bool:
    if type(headers) is not list:
        return False
    try:
        for header in headers:
            if type(header) is not tuple:
                return False
            name, value = header
            if type(value) is not bytes or not _is_lower(name) or name == SUBPROTOCOLS:
                return False
    except (ValueError, TypeError):
        return False  # other than two, or a name that is not bytes
    return True


def offered(lines: Iterable[bytes], server_names: Any) -> list[str]:
    """Return the subprotocols that the client offered, in its order and each once.

    The lines of a header are one list (RFC 9110 section 5.3, RFC 6455 section 11.3.4), and its empty elements are none
    (RFC 9110 section 5.6.1.2). What only the server named comes last: uvicorn 0.54 on wsproto has no such header.
    """
    names = [name for line in lines for name in line.decode("latin-1").split(",")]
    if isinstance(server_names, Iterable):
        names += server_names.split(",") if isinstance(server_names, str) else filter(_is_text, server_names)
    stripped = (name.strip(" \t") for name in names)
    return list(dict.fromkeys(name for name in stripped if name))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _headers(headers: Any) -> tuple[Any, list[bytes]]:
    """Return the headers, the very object where each is right, and the values of those that offer subprotocols."""
    lines = []
    if type(headers) is not list:
        # One that can be read only once would be empty for the handler.
        headers = list(headers) if isinstance(headers, Iterable) else []
    for header in headers:
        if type(header) is not tuple or len(header) != 2:
            return _right_headers(headers)
        name, value = header
        if type(name) is not bytes or type(value) is not bytes or not (name.islower() or name == name.lower()):
            return _right_headers(headers)
        if name == SUBPROTOCOLS:
            lines.append(value)
    return headers, lines


def _right_headers(headers: Iterable[Any]) -> tuple[list[Header], list[bytes]]:
    """Do the same where one is wrong; what is not two of bytes or str is left out."""
    right = []
    for header in headers:
        if isinstance(header, (tuple, list)) and len(header) == 2:
            name, value = map(_latin, header)
            if name is not None and value is not None:
                right.append((name.lower(), value))
    return right, [value for name, value in right if name == SUBPROTOCOLS]


def _latin(value: Any) -> bytes | None:
    if isinstance(value, str):
        return value.encode("latin-1", "replace")
    return bytes(value) if isinstance(value, _BYTES) else None


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return bytes(value).decode(errors="replace") if isinstance(value, _BYTES) else _UNKNOWN


def _bytes(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="replace")
    return bytes(value) if isinstance(value, _BYTES) else _UNKNOWN


def _raw_path(value: Any) -> Any:
    return value if value is None else _bytes(value)


def _is_address(value: Any) -> bool:
    if value is None:
        return True
    return type(value) is tuple and len(value) == 2 and type(value[1]) is int and type(value[0]) is str


def _client(value: Any) -> Any:
    if _is_address(value):
        return value
    host, port = _address(value)
    return (host, port) if host and isinstance(port, int) else None


def _server(value: Any) -> Any:
    if _is_address(value):
        return value
    host, port = _address(value)
    if port == 0:
        port = None  # nothing listens there: granian 2.8 on a Unix socket tells its path and '0'
    if host == "/" or (host.startswith("/") and port is not None):
        port = _UNKNOWN  # gunicorn 27 on a Unix socket: the first two letters of its path
    right = (host, port) if host and port is not _UNKNOWN else None
    return value if right == value else right


def _address(value: Any) -> tuple[str, Any]:
    """Return the host, empty where there is none, and the port, unknown where it is none that a socket can have."""
    if not isinstance(value, (tuple, list)) or len(value) < 2:
        return "", _UNKNOWN
    host, port = _text(value[0]), value[1]
    if isinstance(port, (str, bytes)):
        port = int(port) if port.isdigit() and port.isascii() else _UNKNOWN
    elif port is not None and type(port) is not int:
        port = _UNKNOWN
    return "" if host is _UNKNOWN else host, port


def _state(value: Any) -> Any:
    if isinstance(value, dict):
        return value
    return dict(value) if isinstance(value, _MAPPING) else _UNKNOWN


def _extensions(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, _MAPPING):
        return _UNKNOWN
    for extension in value.values():
        if not isinstance(extension, _MAPPING):
            return {name: known if isinstance(known, _MAPPING) else {} for name, known in value.items()}
    return value


def _versions(value: Any) -> Any:
    if not isinstance(value, _MAPPING):
        return {}
    for version in value.values():
        if not isinstance(version, str):
            return {name: known for name, known in value.items() if isinstance(known, str)}
    return value if isinstance(value, dict) else dict(value)


_ITEMS: Final[dict[str, Callable[[Any], Any]]] = {
    "asgi": _versions,
    "http_version": _text,
    "scheme": _text,
    "path": _text,
    "raw_path": _raw_path,
    "query_string": _bytes,
    "root_path": _text,
    "client": _client,
    "server": _server,
    "state": _state,
    "extensions": _extensions,
}
"""What puts each item right, and returns the very value where it is; the headers and subprotocols go together."""
