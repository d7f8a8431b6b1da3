"""What a fault is: a server broken on purpose in one place, and what it is then to fail."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from uvicorn.protocols.websockets.wsproto_impl import WSProtocol

from bareasgi_ws.conformance import Backend, Outcome, requirements

from .server import Between, server

Broken = TypeVar("Broken", bound=type[WSProtocol] | type[Between])


class Fault(NamedTuple):
    """A fault.

    Attributes:
        requirement: The id of the requirement that it breaks.
        backend: The reference implementation on the server with the fault.
        unmet: The outcome of that requirement, and of each other one that is no pass then.
        deadline: How long a step may take, in seconds: short where the fault has one wait for nothing.
    """

    requirement: str
    backend: Backend
    unmet: dict[str, Outcome]
    deadline: float


PATIENCE = 10.0
"""How long a step may take that waits for nothing, in seconds, so that a busy machine fails none."""

FAULTS: dict[str, Fault] = {}
"""The faults, each by its requirement's id and its own name."""


def fails(
    requirement: str,
    *,
    also: Iterable[str] = (),
    blocks: Iterable[str] = (),
    hides: Iterable[str] = (),
    waits: bool = False,
) -> Callable[[Broken], Broken]:
    """Register a server's protocol, or what stands between it and its application, that fails the requirement.

    Args:
        requirement: The id of the requirement.
        also: The requirements that cannot but fail with it.
        blocks: The requirements whose checks show nothing then.
        hides: The requirements of what is then not offered.
        waits: Whether a step of the requirement's check waits for what does not come.
    """
    unmet = {number: failed(number) for number in (requirement, *also)}
    unmet |= dict.fromkeys(blocks, Outcome.BLOCKED) | dict.fromkeys(hides, Outcome.NOT_OFFERED)

    def register(broken: Broken) -> Broken:
        name = f"{requirement}-{broken.__name__}"
        assert name not in FAULTS
        kind: Any = broken
        backend = server(between=kind) if issubclass(kind, Between) else server(kind)
        FAULTS[name] = Fault(requirement, backend, unmet, 1 if waits else PATIENCE)
        return broken

    return register


def failed(requirement: str) -> Outcome:
    """Return the outcome of a requirement that is broken."""
    return Outcome.FAIL if requirements()[requirement].level == "MUST" else Outcome.NON_STRICT
