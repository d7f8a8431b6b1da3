"""What a check of a server is, and running it."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ..report import Outcome, Result
from ..requirements import Requirement, requirements
from .failure import NotMetError, NotOfferedError, NotSeenError
from .server import Connection, Server

CheckFunction: TypeAlias = Callable[[Server], None]

FIRST = "WS-SERVER-41"
"""Without a handshake nothing else shows."""


class ServerCheck(NamedTuple):
    """A check of a server.

    Attributes:
        requirement: The id of the requirement that it checks.
        needs: The requirements without which it shows nothing.
        function: Runs it, and raises where the requirement is not met.
    """

    requirement: str
    needs: tuple[str, ...]
    function: CheckFunction


def check(requirement: str, *, needs: tuple[str, ...] = (FIRST,)) -> Callable[[CheckFunction], ServerCheck]:
    """Make a check of a function; what it needs comes before it."""

    def checked(function: CheckFunction) -> ServerCheck:
        return ServerCheck(requirement, needs, function)

    return checked


def is_announced(requirement: Requirement, spec_version: str) -> bool:
    """Tell whether a requirement binds a server that announces this version of the ASGI specification."""
    return not requirement.asgi or _numbers(spec_version) >= _numbers(requirement.asgi)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def blocked(one: ServerCheck, outcomes: Mapping[str, Outcome], spec_version: str) -> Result | None:
    """Return the result of a check that is not to be run; None for one that is."""
    requirement = requirements()[one.requirement]
    unmet = [need for need in one.needs if need in outcomes and outcomes[need].blocks]
    if unmet:
        return Result(requirement, Outcome.BLOCKED, f"needs {', '.join(unmet)}")
    if not is_announced(requirement, spec_version):
        said = f"the server announces ASGI {spec_version}, and this came with {requirement.asgi}"
        return Result(requirement, Outcome.NOT_ANNOUNCED, said)
    return None


class Found(NamedTuple):
    """What a check found.

    Attributes:
        result: What became of its requirement.
        failure: How it failed, where it did.
        connections: Its connections.
    """

    result: Result
    failure: NotMetError | None = None
    connections: Sequence[Connection] = ()


def run_check(one: ServerCheck, server: Server) -> Found:
    """Run a check, and tell what became of its requirement.

    Raises:
        NoResponseError: The application did not respond.
        SeveralProcessesError: More than one process responded.
    """
    requirement = requirements()[one.requirement]
    began = time.perf_counter()
    failure = None
    try:
        one.function(server)
        result = Result(requirement, Outcome.PASS)
    except NotMetError as error:
        failure = error
        result = Result.of_failure(requirement, error.step, error.expected, error.actual, server.steps())
    except NotSeenError as error:
        result = Result(requirement, Outcome.NOT_SEEN, str(error), missing=str(error))
    except NotOfferedError as error:
        result = Result(requirement, Outcome.NOT_OFFERED, str(error), missing=str(error))
    return Found(result._replace(seconds=time.perf_counter() - began), failure, server.connections)
