"""Which path is routed: the scope's, without what the application is mounted at."""

from collections.abc import Iterator, Mapping
from typing import Any


def routed_path(scope: Mapping[str, Any]) -> str:
    """Return the path without the root path, where it begins with that; an empty one as "/" (RFC 9110, 4.2.3)."""
    path: str = scope["path"]
    root: str = scope.get("root_path") or ""
    if root:
        for prefix in _prefixes(root, scope.get("app_root_path") or ""):
            rest = path[len(prefix) :]
            if path.startswith(prefix) and rest[:1] in ("", "/"):
                return rest or "/"
    return path or "/"


def _prefixes(root: str, outer: str) -> Iterator[str]:
    """Yield the forms of the root path, the likeliest first; one without a segment takes nothing off."""
    # uvicorn 0.54 puts the root path before the path, letter by letter as it was told it ("/api/" and "/chat" are
    # "/api//chat"), as Starlette 1.10 does to the root path of what it mounts.
    yield root
    # gunicorn 27, daphne 4.2, granian 2.8 and hypercorn 0.18 leave the path as the client sent it, decoded, and hand on
    # the root path as it was written.
    yield _segments(root)
    if "%" in root:
        from urllib.parse import unquote

        yield _segments(unquote(root))
    # Starlette mounts below the server's root path, which is not in the path where a proxy has taken it off.
    if root.startswith(outer):
        yield _segments(root[len(outer) :])


def _segments(root: str) -> str:
    segments = root.strip("/")
    return f"/{segments}" if segments else ""
