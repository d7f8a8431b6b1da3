"""From MODULE:NAME to the backend."""

from functools import reduce
from importlib import import_module
from typing import Any

from ...conformance.backend import Backend
from ...conformance.memory import MemoryBackend
from ..errors import CannotRunError


def load(place: str, profile: str | None) -> Backend:
    """Import the backend.

    Raises:
        CannotRunError: There is none in this place, or it has no profiles.
    """
    found = _found(place)
    lacking = [name for name in ("socket_type", "connect") if not hasattr(found, name)]
    if lacking or isinstance(found, type):
        what = "a class, not an object" if isinstance(found, type) else f"without {' and '.join(lacking)}"
        raise CannotRunError(
            f"expected {place} to be a Backend, an object with socket_type and connect, got {found!r}, {what}."
        )
    backend: Backend = found
    return backend if profile is None else _with_profile(place, backend, profile)


def _found(place: str) -> Any:
    module_name, colon, name = place.partition(":")
    if not (module_name and colon and name):
        raise CannotRunError(f"expected a backend as MODULE:NAME, such as my_backend:backend, got {place!r}.")
    try:
        module = import_module(module_name)
    except Exception as error:
        raise CannotRunError(f"cannot import {module_name}: {type(error).__name__}: {error}") from error
    try:
        return reduce(getattr, name.split("."), module)
    except AttributeError:
        raise CannotRunError(f"the module {module_name} ({_place_of(module)}) has no {name}.") from None


def _place_of(module: Any) -> str:
    return getattr(module, "__file__", None) or "a package with no file"


def _with_profile(place: str, backend: Backend, profile: str) -> Backend:
    if not isinstance(backend, MemoryBackend):
        raise CannotRunError(f"--profile is for a MemoryBackend, and {place} is a {type(backend).__name__}.")
    try:
        return backend.with_profile(profile)
    except ValueError as error:
        raise CannotRunError(f"{error}.") from error
