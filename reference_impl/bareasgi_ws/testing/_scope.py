"""The connection scope of a client in memory: what uvicorn 0.54 gives for the same handshake request."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

from ..scope import Header
from ._arguments import (
    check_client,
    check_root_path,
    check_scheme,
    check_server,
    offered,
    request_headers,
    split_target,
)
from .profiles import Profile

_KEY: Final = b"dGhlIHNhbXBsZSBub25jZQ=="
"""The example of RFC 6455 section 1.3."""


def connection_scope(
    target: str,
    subprotocols: Sequence[str],
    headers: Iterable[Header],
    client: tuple[str, int] | None,
    server: tuple[str, int | None] | None,
    scheme: str,
    root_path: str,
    query_string: bytes | str | None,
) -> dict[str, Any]:
    """Return the scope of a client that asks for a path, with a query string behind ``?`` where it has one."""
    path, query = split_target(target, query_string)
    check_root_path(root_path)
    check_scheme(scheme)
    check_client(client)
    check_server(server)
    sent = _headers(server, offered(subprotocols), request_headers(headers))
    return {
        "type": "websocket",
        "http_version": "1.1",
        "scheme": scheme,
        "path": root_path + unquote(path),
        "raw_path": (root_path + path).encode(),
        "query_string": query.encode(),
        "root_path": root_path,
        "headers": sent,
        "client": client,
        "server": server,
        "subprotocols": _subprotocols(sent),
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }


def _headers(server: tuple[str, int | None] | None, subprotocols: list[str], others: list[Header]) -> list[Header]:
    own = [
        (b"host", _host(server)),
        (b"upgrade", b"websocket"),
        (b"connection", b"Upgrade"),
        (b"sec-websocket-key", _KEY),
        (b"sec-websocket-version", b"13"),
    ]
    if any(name == b"host" for name, _ in others):
        del own[0]
    if subprotocols:
        own.append((b"sec-websocket-protocol", ", ".join(subprotocols).encode()))
    return own + others


def _host(server: tuple[str, int | None] | None) -> bytes:
    if server is None or server[1] is None:
        return b"localhost"
    host, port = server
    return f"[{host}]:{port}".encode() if ":" in host else f"{host}:{port}".encode()


def _subprotocols(headers: list[Header]) -> list[str]:
    """Return what is offered on all lines of the header (RFC 9110 section 5.3)."""
    lines = [value.decode("latin-1") for name, value in headers if name == b"sec-websocket-protocol"]
    return [token.strip() for line in lines for token in line.split(",")]


def as_told(scope: Mapping[str, Any], profile: Profile) -> dict[str, Any]:
    """Return the scope as a server of this profile does."""
    asgi = {"version": "3.0"}
    if profile.spec_version is not None:
        asgi["spec_version"] = profile.spec_version
    return {key: value for key, value in {**scope, "asgi": asgi}.items() if key not in profile.scope_lacks}
