"""What the kit is given, checked before anything runs."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, get_origin

from .._reference.handlers import has_method
from .._rules.values import came
from .requirements import requirements

LIBRARIES = ("asyncio", "trio")


def is_several(value: object) -> bool:
    """Tell whether it can be gone through, and is not a text, which would be gone through letter by letter."""
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def check_backend(call: str, backend: Any) -> None:
    """Refuse, with TypeError, what is not a backend."""
    if not (hasattr(backend, "socket_type") and has_method(backend, "connect", "handler")):
        expected = "a Backend, an object with socket_type and connect(handler)"
        raise TypeError(f"{call}: expected {expected}, got {came(backend)}")


def check_socket_type(call: str, socket_type: Any) -> None:
    """Refuse, with TypeError, what is not a class."""
    if not isinstance(get_origin(socket_type) or socket_type, type):
        raise TypeError(f"{call}: expected socket_type as the class of a WebSocket, got {came(socket_type)}")


def check_deadline(call: str, deadline: Any) -> None:
    """Refuse what is no time to wait."""
    if not isinstance(deadline, int | float) or isinstance(deadline, bool):
        raise TypeError(f"{call}: expected the deadline as a number of seconds, got {came(deadline)}")
    if not deadline > 0:
        raise ValueError(f"{call}: expected the deadline as seconds above 0, got {deadline}")


def check_libraries(call: str, libraries: Any) -> None:
    """Refuse what names no libraries."""
    if not is_several(libraries):
        raise TypeError(f"{call}: expected libraries as several names, as in ['asyncio'], got {came(libraries)}")
    for library in libraries:
        if library not in LIBRARIES:
            raise ValueError(f"{call}: expected a library out of {', '.join(LIBRARIES)}, got {came(library)}")


def requirement_id(text: str) -> str:
    """Return the id of a requirement, or its beginning, as the specification writes it."""
    return text.strip().upper()


def near(text: str) -> str:
    """Say which ids, or beginnings of them, are like one that no requirement has."""
    ids = list(requirements())
    chapters = dict.fromkeys(number.rpartition("-")[0] for number in ids)
    close = get_close_matches(requirement_id(text), [*chapters, *ids], n=3, cutoff=0.7)
    return f" (near it: {', '.join(close)})" if close else " (bareasgi-ws requirements lists them)"
