"""The connection scope of a client in memory."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from .._spec.scope import Header
from .profile import Profile


def connection_scope(target: str, subprotocols: Sequence[str], headers: Iterable[Header]) -> dict[str, Any]:
    """Give the scope of a client that asks for a path, with a query string behind ``?`` where it has one."""
    if not target.startswith("/"):
        raise ValueError(f"connect: expected a path that begins with '/', got {target!r}")
    path, _, query = target.partition("?")
    sent = [(b"host", b"memory")]
    if subprotocols:
        sent.append((b"sec-websocket-protocol", ", ".join(subprotocols).encode()))
    return {
        "type": "websocket",
        "http_version": "1.1",
        "scheme": "ws",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": sent + [(name.lower(), value) for name, value in headers],
        "client": ("127.0.0.1", 50000),
        "server": ("memory", None),
        "subprotocols": list(subprotocols),
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }


def as_told(scope: dict[str, Any], profile: Profile) -> dict[str, Any]:
    """Give the scope as a server of this profile does."""
    asgi = {"version": "3.0"}
    if profile.spec_version is not None:
        asgi["spec_version"] = profile.spec_version
    return {key: value for key, value in (scope | {"asgi": asgi}).items() if key not in profile.scope_lacks}
