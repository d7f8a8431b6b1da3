"""A program that shows how one server does not meet one requirement."""

from ...conformance._server.checks import CHECKS
from ...conformance._server.program import NoProgramError, program
from ...conformance.requirements import requirements
from ..errors import CannotRunError
from .server import ServerRun, ServerUnderTest


def reproduction(server: ServerUnderTest, number: str, deadline: float) -> str:
    """Return the program.

    Raises:
        CannotRunError: There is no such requirement, the server meets it, or no program shows the fault.
    """
    if number not in CHECKS:
        raise CannotRunError(f"--reproduce: no requirement that binds servers is {number}.")
    if not server.arguments:
        raise CannotRunError("--reproduce is for a server that the program can start: --server or --command.")
    run = ServerRun(server, [CHECKS[number]], deadline, deadline * 100, lambda done, now: None)
    report = run.run()
    found = run.found[number]
    if found.failure is None:
        raise CannotRunError(f"{server.name}: {number}, {found.result.outcome}: there is no fault to be shown.")
    versions = {name: version for name, version in report.versions.items() if name != "bareasgi-ws"}
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    try:
        return program(
            requirements()[number], found.failure, found.connections[-1], told, server.arguments, report.library
        )
    except NoProgramError as error:
        raise CannotRunError(f"{server.name}: {number} fails, and no program shows it alone: {error}.") from error
