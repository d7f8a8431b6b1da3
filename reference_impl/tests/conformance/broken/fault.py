"""What a fault is: a backend broken on purpose in one place, and the requirements that it is to fail."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from bareasgi_ws._reference.close_timeout import IN_MEMORY
from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.conformance import Backend, MemoryBackend

from ...sample_reports import reference_with

Socket = TypeVar("Socket", bound=type[ReferenceWebSocket[Any]])
MakeApplication = TypeVar("MakeApplication", bound=Callable[..., Any])


class Fault(NamedTuple):
    """A fault.

    Attributes:
        requirement: The requirement that it fails; several faults may fail one.
        blocked: The requirements whose checks show nothing then; every other one is met.
        backend: The backend with the fault.
    """

    requirement: str
    blocked: frozenset[str]
    backend: Backend


FAULTS: dict[str, Fault] = {}
"""The faults, by their names."""


def _register(name: str, fault: Fault) -> None:
    assert name not in FAULTS, f"two faults have the name {name}"
    FAULTS[name] = fault


def web_socket_fails(requirement: str, *, blocks: tuple[str, ...] = ()) -> Callable[[Socket], Socket]:
    """Register a web_socket, a subclass of the reference's, that fails the requirement."""

    def register(broken: Socket) -> Socket:
        _register(broken.__name__, Fault(requirement, frozenset(blocks), reference_with(broken)))
        return broken

    return register


def application_fails(
    requirement: str, *, blocks: tuple[str, ...] = ()
) -> Callable[[MakeApplication], MakeApplication]:
    """Register a function from handler, route, content and info to an ASGI application that fails the requirement."""

    def register(broken: MakeApplication) -> MakeApplication:
        backend = MemoryBackend(broken, ReferenceWebSocket, close_timeout=IN_MEMORY)
        _register(broken.__name__, Fault(requirement, frozenset(blocks), backend))
        return broken

    return register
