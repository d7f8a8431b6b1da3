"""What the command and the process of the backend send each other."""

from dataclasses import dataclass

from ...conformance.report import Report, Step


@dataclass(frozen=True)
class Job:
    """What is to be run.

    Attributes:
        backend: The backend, as MODULE:NAME.
        requirements: The ids of the requirements, each with all that its check needs.
        deadline: How long a step of a handler's may take, in seconds.
        library: The event loop's library.
        profile: The name of the server's profile, for an ASGI application in memory.
        if_own_server: The ids of the requirements for a backend that is its own server, in the place of the others.
        max_time: How long the run may take, in seconds.
    """

    backend: str
    requirements: tuple[str, ...]
    deadline: float
    library: str
    profile: str | None
    if_own_server: tuple[str, ...]
    max_time: float

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
        own_server: Whether it is its own server.
        renamed: Which parameters of its web_socket have names of their own.
    """

    report: Report
    socket_type: tuple[str, str]
    own_server: bool
    renamed: tuple[str, ...]


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
class Raised:
    """The process ends by this exception.

    Attributes:
        error: Its type and message.
        explanation: What explains it, a line each.
    """

    error: str
    explanation: tuple[str, ...]


@dataclass(frozen=True)
class Finished:
    """All checks have a result."""
