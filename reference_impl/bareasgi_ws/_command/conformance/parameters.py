"""The names of a web_socket's parameters, compared with those of WebSocket: they are part of its type."""

import inspect

from ...websocket import WebSocket


def renamed_parameters(socket_type: type) -> tuple[str, ...]:
    """Say which parameters of a web_socket have other names than those of WebSocket, a sentence each."""
    found: list[str] = []
    for method in ("accept", "send", "close"):
        expected, actual = _names(WebSocket, method), _names(socket_type, method)
        pairs = list(zip(expected, actual, strict=False))
        found += [
            f"{method}() calls {one} {other}: names of parameters count, for a handler may write {one}=..."
            for one, other in pairs
            if one != other and one not in actual
        ]
    return tuple(found)


def _names(owner: type, method: str) -> list[str]:
    """Return the names of the parameters that can be given by position and by name, without self."""
    try:
        parameters = list(inspect.signature(getattr(owner, method)).parameters.values())[1:]
    except (AttributeError, TypeError, ValueError):
        return []
    return [one.name for one in parameters if one.kind in (one.POSITIONAL_OR_KEYWORD, one.POSITIONAL_ONLY)]
