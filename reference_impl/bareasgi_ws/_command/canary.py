"""The canary: a file of known errors that is checked beside the user's files, in the same process.

A checker can be green because it read nothing, or because it did not resolve ``bareasgi_ws`` to its stubs and took
every name for Any. Then the canary is silent too.
"""

from collections.abc import Iterable
from pathlib import Path

from .findings import Finding

NAME = "bareasgi_ws_canary.py"

# Each comment says what a checker must find on its line; without the stubs it cannot.
SOURCE = """\
from bareasgi_ws import WebSocket


async def canary(web_socket: WebSocket) -> None:
    await web_socket.send(1)  # a wrong argument
    await web_socket.transmit("")  # an unknown method
"""

EXPECTED = {
    number: line.partition("  # ")[2] for number, line in enumerate(SOURCE.splitlines(), start=1) if "  # " in line
}


def write(folder: Path) -> Path:
    """Put the canary into a new folder of its own, below the given one."""
    own = folder / "canary"
    own.mkdir()
    file = own / NAME
    file.write_text(SOURCE, encoding="utf-8")
    return file


def failure(findings: Iterable[Finding]) -> str | None:
    """Return why the checker's silence about the user's files would mean nothing, or None."""
    findings = list(findings)
    if EXPECTED.keys() & {one.line for one in findings}:
        return None
    if findings:
        return (
            "did not see the stubs of bareasgi_ws: of the canary, a file of known errors, it only said "
            f"{findings[0].message!r}. Install bareasgi-ws into the environment of the command, and look for a "
            "bareasgi_ws of your own that hides it."
        )
    return (
        "read nothing: it did not report the known errors of the canary. If your configuration of it turns errors "
        "off for all files (ignore_errors, typeCheckingMode off), check from another folder."
    )


def unreported_errors(findings: Iterable[Finding]) -> str | None:
    """Return a sentence on the kinds of errors that the checker does not report though it reports others, or None.

    That is the user's own configuration (a rule or an error code turned off), so it is not a failure.
    """
    missing = [kind for line, kind in EXPECTED.items() if line not in {one.line for one in findings}]
    if not missing or len(missing) == len(EXPECTED):
        return None
    return f"does not report {' or '.join(missing)}: your configuration of it turns that off."
