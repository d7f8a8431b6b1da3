"""What the type checkers say of a backend's annotations."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ...conformance.report import StaticResult
from ..checkers import CheckerRun, select
from ..errors import CannotRunError
from ..findings import Finding
from .messages import Loaded

NAME = "bareasgi_ws_static_half.py"

# A comment says what is wrong where a checker finds an error on its line; after a question mark, where it finds none:
# an object that may be anything is an int too.
SOURCE = """\
from bareasgi_ws import Info, RouteMatches, Scope, WebSocket
from bareasgi_ws.conformance import Backend, Peer

from {module} import {found} as found  # its module cannot be read
{socket_import}

async def handler(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()


def assignable(web_socket: {socket}) -> WebSocket:
    return web_socket  # its web_socket is not a WebSocket


backend: Backend = {backend}  # it is not a Backend
socket_type: type[WebSocket] = {backend}.socket_type  # its socket_type is not a type of WebSocket


async def connect() -> None:
    async with {backend}.connect(handler) as its_peer:  # its connect does not serve a handler
        peer: Peer = its_peer  # {no_peer}
        await peer.handshake()
        anything: int = its_peer  # ? its connect has no annotation, so that nothing could be compared with Peer
"""

NO_PEER = "what its connect gives is not a Peer"
PEER_NAMES = "of a Peer the names of parameters count too: send(content), close(code, reason)"


def run_type_checkers(loaded: Loaded, on_progress: Callable[[str], None]) -> tuple[StaticResult, ...]:
    """Have every installed type checker read a module that uses the backend as what it is to be."""
    try:
        checkers = select(())
    except CannotRunError:
        return ()
    source = source_of(loaded)
    with tempfile.TemporaryDirectory(prefix="bareasgi-ws-") as folder:
        file = Path(folder).resolve() / NAME
        file.write_text(source, encoding="utf-8")
        runs: list[CheckerRun] = []
        for checker in checkers:
            on_progress(f"what {checker.name} says")
            runs.append(checker.run([file], roots=[file.parent, Path.cwd()]))
    return tuple(_result(run, source.splitlines(), loaded.renamed) for run in runs)


def source_of(loaded: Loaded) -> str:
    """Return the module; the web_socket's own type is named where it is public, in the backend's own package."""
    module, _, name = loaded.report.backend.partition(":")
    socket_module, socket_name = loaded.socket_type
    own = socket_module.partition(".")[0] == module.partition(".")[0] and "<locals>" not in socket_name
    public = own and not any(part.startswith("_") for part in f"{socket_module}.{socket_name}".split("."))
    first, dot, rest = name.partition(".")
    socket_first, socket_dot, socket_rest = socket_name.partition(".")
    return SOURCE.format(
        module=module,
        found=first,
        backend=f"found{dot}{rest}",
        no_peer=NO_PEER,
        socket_import=f"from {socket_module} import {socket_first} as Socket\n" if public else "",
        socket=f"Socket{socket_dot}{socket_rest}" if public else "WebSocket",
    )


def _result(run: CheckerRun, lines: Sequence[str], renamed: tuple[str, ...]) -> StaticResult:
    if run.crash:
        return StaticResult(run.name, run.version, "could not run", (run.crash,))
    errors = [one for one in run.findings if one.severity == "error"]
    wrong = tuple(_wrong(errors, lines))
    if any(one.startswith(NO_PEER) for one in wrong):
        renamed += (PEER_NAMES,)
    wrong = (*renamed, *wrong) if wrong else ()
    return StaticResult(run.name, run.version, "fail" if wrong else "pass", wrong or tuple(_unannotated(errors, lines)))


def _wrong(errors: Sequence[Finding], lines: Sequence[str]) -> Iterator[str]:
    for one in errors:
        code, _, wrong = lines[one.line - 1].strip().partition("  # ")
        if not wrong.startswith("?"):
            yield f"{wrong or code}: {one.message}"


def _unannotated(errors: Sequence[Finding], lines: Sequence[str]) -> Iterator[str]:
    reported = {one.line for one in errors}
    for number, line in enumerate(lines, 1):
        if "  # ? " in line and number not in reported:
            yield line.partition("  # ? ")[2]
