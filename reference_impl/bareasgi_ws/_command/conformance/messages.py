"""What the command and the process of the backend send each other."""

from dataclasses import dataclass

from ...conformance.report import Report, Step
from ...conformance.requirements import Level, Requirement


@dataclass(frozen=True)
class Job:
    """What is to be run.

    Attributes:
        backend: The backend, as MODULE:NAME.
        select: Beginnings of requirement ids; what a selected check needs is run too.
        level: The lowest level that is selected.
        deadline: How long a step of a handler's may take, in seconds.
        library: The event loop's library.
        profile: The name of the server's profile, for an ASGI application in memory.
    """

    backend: str
    select: tuple[str, ...]
    level: Level
    deadline: float
    library: str
    profile: str | None

    @property
    def loop_timeout(self) -> float:
        """How long the event loop may stand still, in seconds: as long as the longest step."""
        return 2 * self.deadline


@dataclass(frozen=True)
class CannotLoad:
    """The backend cannot be loaded, for this reason."""

    reason: str


@dataclass(frozen=True)
class Loaded:
    """The backend was loaded.

    Attributes:
        report: The beginning of its report.
        socket_type: The module and the qualified name of its web_socket's type.
        requirements: What it is held to, in the order of the checks.
    """

    report: Report
    socket_type: tuple[str, str]
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class StepBegan:
    """A step of a check began."""

    requirement: str
    step: Step


@dataclass(frozen=True)
class Heartbeat:
    """The event loop runs."""


@dataclass(frozen=True)
class LoopBlocked:
    """The event loop stands still in this place."""

    place: str


@dataclass(frozen=True)
class Finished:
    """All checks have a result."""
