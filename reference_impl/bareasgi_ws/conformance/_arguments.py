"""What the kit is given, checked before anything runs."""

from typing import Any, get_args, get_origin

from .._rules.arguments import describe_value, is_several
from .._rules.handlers import has_method
from .report import Library

MIDDLEWARE_ITEM = ("bareasgi_ws.conformance", ("an item", "of a middleware's"))
"""What is put into each scope, as a middleware puts its own."""


def check_backend(call: str, backend: Any) -> None:
    """Reject, with TypeError, what is not a backend."""
    if not (hasattr(backend, "socket_type") and has_method(backend, "connect", "handler")):
        expected = "a Backend, an object with socket_type and connect(handler)"
        raise TypeError(f"{call}: expected {expected}, got {describe_value(backend)}")


def check_socket_type(call: str, socket_type: Any) -> None:
    """Reject, with TypeError, what is not a class."""
    if not isinstance(get_origin(socket_type) or socket_type, type):
        raise TypeError(f"{call}: expected socket_type as the class of a WebSocket, got {describe_value(socket_type)}")


def check_libraries(call: str, libraries: Any) -> None:
    """Reject what names no libraries."""
    if not is_several(libraries):
        expected = "libraries as several names, as in ['asyncio']"
        raise TypeError(f"{call}: expected {expected}, got {describe_value(libraries)}")
    for library in libraries:
        if library not in get_args(Library):
            known = ", ".join(get_args(Library))
            raise ValueError(f"{call}: expected a library out of {known}, got {describe_value(library)}")
