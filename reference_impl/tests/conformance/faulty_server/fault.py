"""What a fault is: a server broken on purpose in one place, and what it is then to fail."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, TypeVar

from uvicorn.protocols.websockets.wsproto_impl import WSProtocol

from bareasgi_ws.conformance import Outcome, URLBackend, requirements
from bareasgi_ws.conformance._server.server import Target

from .server import Between, raw_server, server

Broken = TypeVar("Broken", bound=type[WSProtocol] | type[Between])


class Fault(NamedTuple):
    """A fault.

    Attributes:
        requirement: The id of the requirement that it breaks.
        kind: The server's protocol, or what stands between it and its application.
        deadline: How long a step may take, in seconds: short where the fault has one wait for nothing.
    """

    requirement: str
    kind: Any
    deadline: float

    def backend(self) -> URLBackend:
        """Return the backend that serves the reference implementation on the server with the fault."""
        return server(between=self.kind) if issubclass(self.kind, Between) else server(self.kind)

    def raw(self) -> AbstractContextManager[Target]:
        """Have the server with the fault serve the kit's raw application."""
        return raw_server(between=self.kind) if issubclass(self.kind, Between) else raw_server(self.kind)


PATIENCE = 10.0
"""How long a step may take that waits for nothing, in seconds, so that a busy machine fails none."""

FAULTS: dict[str, Fault] = {}
"""The faults, each by its requirement's id and its own name."""


def fails(requirement: str, *, waits: bool = False) -> Callable[[Broken], Broken]:
    """Register a server's protocol, or what stands between it and its application, that fails the requirement.

    Args:
        requirement: The id of the requirement.
        waits: Whether a step of the requirement's check waits for what does not come.
    """

    def register(broken: Broken) -> Broken:
        name = f"{requirement}-{broken.__name__}"
        assert name not in FAULTS
        FAULTS[name] = Fault(requirement, broken, 1 if waits else PATIENCE)
        return broken

    return register


def failed(requirement: str) -> Outcome:
    """Return the outcome of a requirement that is broken."""
    return Outcome.FAIL if requirements()[requirement].level == "MUST" else Outcome.NON_STRICT
