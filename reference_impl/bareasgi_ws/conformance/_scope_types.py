"""The types of what is in the connection scope (ASGI websocket scope)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

TEXT = ("http_version", "scheme", "path", "root_path")
MAY_BE_NONE = ("raw_path", "client", "server", "extensions")


def is_iterable(value: Any, of: type) -> bool:
    """Tell whether it can be read twice, and what is in it is of a type."""
    if isinstance(value, (str, bytes)) or not can_be_read(value):
        return False
    return iter(value) is not value and all(isinstance(one, of) for one in value)


def can_be_read(value: object) -> bool:
    """Tell whether it is an iterable, and leave its type to the caller."""
    return isinstance(value, Iterable)


def is_address(value: Any, *ports: type) -> bool:
    """Tell whether it is a host and a port."""
    if not is_iterable(value, object) or len(items := list(value)) != 2:
        return False
    host, port = items
    return isinstance(host, str) and bool(host) and type(port) in ports


def is_mapping(value: Any, of: type) -> bool:
    """Tell whether it is a mapping from str to a type."""
    return isinstance(value, Mapping) and is_iterable(value.keys(), str) and is_iterable(value.values(), of)


def is_header(value: Any) -> bool:
    """Tell whether it is two of bytes, the first in lower case."""
    return is_iterable(value, bytes) and len(list(value)) == 2 and next(iter(value)).islower()


RULES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    **{key: ("a str", lambda value: isinstance(value, str)) for key in TEXT},
    "asgi": ("a mapping of str to str", lambda value: is_mapping(value, str)),
    "raw_path": ("bytes", lambda value: isinstance(value, bytes)),
    "query_string": ("bytes", lambda value: isinstance(value, bytes)),
    "headers": (
        "pairs of bytes, the names in lower case",
        lambda value: is_iterable(value, object) and all(map(is_header, value)),
    ),
    "client": ("a host (str) and a port (int)", lambda value: is_address(value, int)),
    "server": ("a host (str) and a port (int), or a path and None", lambda value: is_address(value, int, type(None))),
    "subprotocols": ("an iterable of str", lambda value: is_iterable(value, str)),
    "state": ("a dict", lambda value: isinstance(value, dict)),
    "extensions": ("a mapping of str to mappings", lambda value: is_mapping(value, Mapping)),
}
"""What each item is expected to be, in words, and what tells whether a value is that."""


def wrong_items(scope: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return what is wrong in a scope: by the item's name what is expected, and what it is."""
    missing = {key: ("an item of the scope", "nothing") for key in ("asgi", "path", "headers") if key not in scope}
    there = {key: scope[key] for key in RULES if key in scope and not (scope[key] is None and key in MAY_BE_NONE)}
    return missing | {key: (RULES[key][0], repr(value)) for key, value in there.items() if not RULES[key][1](value)}
