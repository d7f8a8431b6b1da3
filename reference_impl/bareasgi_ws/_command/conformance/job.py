"""What the command and the process of the backend tell each other."""

from dataclasses import dataclass

from ...conformance.check import Check
from ...conformance.report import Report, Step
from ...conformance.requirements import Level
from ...conformance.runner import iter_checks


@dataclass(frozen=True)
class Job:
    """What is to be run.

    Attributes:
        backend: The backend, as MODULE:NAME.
        select: Beginnings of requirement ids; empty selects all.
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
    def patience(self) -> float:
        """How long the event loop may stand still, in seconds: as long as the longest step."""
        return 2 * self.deadline

    def checks(self) -> list[Check]:
        """Return the checks that are selected."""
        return list(iter_checks(self.select, self.level))


@dataclass(frozen=True)
class Unusable:
    """The backend cannot be run; a sentence says why."""

    sentence: str


@dataclass(frozen=True)
class About:
    """The backend was loaded.

    Attributes:
        report: The beginning of its report.
        socket_type: The module and the qualified name of its web_socket's type.
    """

    report: Report
    socket_type: tuple[str, str]


@dataclass(frozen=True)
class Begun:
    """A step of a check began."""

    requirement: str
    step: Step


@dataclass(frozen=True)
class Alive:
    """The event loop runs."""


@dataclass(frozen=True)
class Stuck:
    """The event loop stands still in this place."""

    where: str


@dataclass(frozen=True)
class Ended:
    """All checks have a result."""
