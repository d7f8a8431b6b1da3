"""Holding a server to the requirements that bind servers: it serves the kit's raw application meanwhile."""

import shlex
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ... import __version__
from ..._version import SPEC_VERSION
from ...conformance._server.check import Found, ServerCheck, blocked, run_check
from ...conformance._server.checks import CHECKS
from ...conformance._server.failure import NoResponseError, NotMetError, SeveralProcessesError
from ...conformance._server.server import Server, Target
from ...conformance.report import Outcome, Report, Result
from ...conformance.requirements import Level, requirements, select_requirements
from ..errors import CannotRunError
from ..servers import SERVERS, started
from ..servers.process import serving_at
from ..servers.versions import versions_of

APPLICATION = "bareasgi_ws.conformance.application:application"
LOG_LINES = 15
"""How much is printed of the log of a server that ended."""

PROCESSES = 12
"""How often it is asked at the beginning which process responds."""

BLOCK = 0.05
"""How long each of these blocks the event loop, so that another process takes the next, in seconds."""

ASGI_2_0 = "2.0"
"""What a server announces that says nothing (ASGI websocket scope)."""


class Served(NamedTuple):
    """A server that serves the application.

    Attributes:
        url: Its URL.
        stop: Asks it to stop, and does not wait; None where it runs for others too.
    """

    url: str
    stop: Callable[[], object] | None = None


class ServerUnderTest(NamedTuple):
    """A server that is to serve the application.

    Attributes:
        name: What the report calls it.
        serve: Serves the application; entered again where the server did not survive.
        versions: What is known of the server's packages.
        logger: The name of its logger for errors, where that is known.
        ca: The certificate that its own is trusted by, as PEM; None for those of the system.
        arguments: What starts it, with {app} and {port}; empty where it runs already.
    """

    name: str
    serve: Callable[[], AbstractContextManager[Served]]
    versions: Mapping[str, str]
    logger: str | None
    ca: str | None = None
    arguments: tuple[str, ...] = ()


def known_server(name: str) -> ServerUnderTest:
    """Return a known server; it is started where it is served."""

    @contextmanager
    def serve() -> Generator[Served]:
        with _told(name), started(name, APPLICATION, Path.cwd()) as server, _with_log(name, server.log):
            yield Served(f"http://{server.address}", server.ask_to_stop)

    known = SERVERS[name]
    return ServerUnderTest(name, serve, known.versions, known.logger, arguments=known.with_port)


def server_of_command(command: str, name: str | None, logger: str | None) -> ServerUnderTest:
    """Return the server that a command starts.

    Raises:
        CannotRunError: The command has no {app} or no {port}.
    """
    for placeholder in ("{app}", "{port}"):
        if placeholder not in command:
            raise CannotRunError(f"--command: expected {placeholder} in it, got {command!r}.")
    arguments = tuple(shlex.split(command))
    own = name or arguments[0]

    @contextmanager
    def serve() -> Generator[Served]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        filled = [one.replace("{app}", APPLICATION).replace("{port}", str(port)) for one in arguments]
        with _told(own), serving_at(filled, Path.cwd(), port) as server, _with_log(own, server.log):
            yield Served(f"http://127.0.0.1:{port}", server.ask_to_stop)

    return ServerUnderTest(own, serve, versions_of(arguments), logger, arguments=arguments)


@contextmanager
def _told(name: str) -> Generator[None]:
    """Turn what goes wrong with a server's process into a sentence."""
    try:
        yield
    except subprocess.TimeoutExpired:
        print(f"bareasgi-ws: {name} did not stop, and was killed.", file=sys.stderr)
    except (RuntimeError, OSError) as error:
        raise CannotRunError(f"{name}: {error}") from error


@contextmanager
def _with_log(name: str, log: list[str]) -> Generator[None]:
    """Print the end of a server's log where it does not respond."""
    try:
        yield
    except NoResponseError as error:
        print(f"bareasgi-ws: {name}: {error}, and the end of its log:\n{''.join(log[-LOG_LINES:])}", file=sys.stderr)
        raise


def running_server(url: str, name: str | None, logger: str | None, ca_file: Path | None = None) -> ServerUnderTest:
    """Return a server that runs already; without a name it is called by its URL.

    Raises:
        CannotRunError: The URL is none of such a server, or the file has no certificate.
    """
    parts = urlsplit(url)
    is_unix = parts.scheme == "unix" and not parts.netloc and parts.path.startswith("/")
    is_tcp = parts.scheme in ("http", "https", "ws", "wss") and parts.hostname and not parts.path.strip("/")
    if not (is_unix or is_tcp) or parts.query:
        raise CannotRunError(f"expected a URL such as http://127.0.0.1:8000, or unix:/path/of/socket, got {url!r}.")
    if ca_file is not None and parts.scheme not in ("https", "wss"):
        raise CannotRunError(f"--ca-file is for a --url that begins with https://, got {url!r}.")

    @contextmanager
    def serve() -> Generator[Served]:
        yield Served(url)

    return ServerUnderTest(name or url, serve, {}, logger, None if ca_file is None else _certificate(ca_file))


def _certificate(file: Path) -> str:
    try:
        pem = file.read_text("ascii")
        ssl.create_default_context(cadata=pem)
    except (ssl.SSLError, ValueError) as error:
        raise CannotRunError(f"--ca-file: expected {file} to be a certificate as PEM.") from error
    except OSError as error:
        raise CannotRunError(f"--ca-file: cannot read {file}: {error.strerror}.") from error
    return pem


def server_checks(select: Iterable[str], level: Level) -> list[ServerCheck]:
    """Return the checks that are selected, and those that they need.

    Raises:
        CannotRunError: Nothing is selected.
    """
    try:
        wanted = {one.id for one in select_requirements(select, level) if one.id in CHECKS}
    except ValueError as error:
        raise CannotRunError(f"{error}.") from error
    if not wanted:
        raise CannotRunError(f"no requirement that begins with {' or '.join(select)} binds a server.")
    for number in reversed(CHECKS):
        if number in wanted:
            wanted.update(CHECKS[number].needs)
    return [one for number, one in CHECKS.items() if number in wanted]


class ServerRun:
    """Collects the results of a server."""

    def __init__(
        self,
        server: ServerUnderTest,
        checks: Iterable[ServerCheck],
        deadline: float,
        max_time: float,
        on_progress: Callable[[int, str], None],
    ) -> None:
        """Begin; ``on_progress`` is called with how many checks are done, and which is done now."""
        self._server = server
        self._pending = list(checks)
        self._deadline = deadline
        self._end = time.monotonic() + max_time
        self._max_time = max_time
        self._on_progress = on_progress
        self._report: Report | None = None
        self._spec_version = ASGI_2_0
        self._process: str | None = None
        self.found: dict[str, Found] = {}

    def run(self) -> Report:
        """Run every check; one that the server does not survive fails at the second try."""
        tried = set[str]()
        while self._pending:
            try:
                self._run_pending()
            except NoResponseError as error:
                number = self._pending[0].requirement
                if number in tried:
                    self._keep(Result.of_failure(requirements()[number], "server: going on", "a response", str(error)))
                tried.add(number)
            except SeveralProcessesError as error:
                raise CannotRunError(f"{self._server.name}: {error}: run it with one worker.") from error
        assert self._report is not None
        order = [*requirements()]
        results = sorted((one.result for one in self.found.values()), key=lambda one: order.index(one.requirement.id))
        return self._report._replace(results=tuple(results))

    def _run_pending(self) -> None:
        """Run the pending checks, until there is no response."""
        with self._server.serve() as served:
            target = self._target(served)
            self._process = None
            self._meet(target, served.url)
            while self._pending:
                check = self._pending[0]
                self._on_progress(len(self.found), check.requirement)
                outcomes = {number: one.result.outcome for number, one in self.found.items()}
                result = self._over() or blocked(check, outcomes, self._spec_version)
                if result is None:
                    server = Server(target, self._deadline, self._process)
                    found = run_check(check, server)
                    self.found[check.requirement] = found
                    self._pending.pop(0)
                else:
                    self._keep(result)

    def _over(self) -> Result | None:
        """Return the result of the next check where the time of the run is over."""
        if time.monotonic() < self._end:
            return None
        requirement = requirements()[self._pending[0].requirement]
        return Result(requirement, Outcome.BLOCKED, f"the run has taken its {self._max_time:g} s (--max-time)")

    def _keep(self, result: Result) -> None:
        self.found[self._pending.pop(0).requirement] = Found(result)

    def _meet(self, target: Target, url: str) -> None:
        """Find out which process serves the application, and what it tells of itself."""
        server = Server(target, self._deadline)
        try:
            with ThreadPoolExecutor(PROCESSES) as pool:
                asked = [Server(target, self._deadline) for _ in range(PROCESSES)]
                responses: list[Mapping[str, Any]] = [*pool.map(partial(Server.ask, block=BLOCK), asked)]
            if len({one["process"] for one in responses}) > 1:
                raise SeveralProcessesError("several processes serve the application")
            server.ask()
        except NoResponseError as error:
            if self._report is not None:
                raise
            raise CannotRunError(
                f"expected {url} to be a server of {APPLICATION}, got {_described(url, error.__cause__)}"
            ) from error
        told = server.told
        self._process = told["process"]
        if self._report is not None:
            return
        scope: Mapping[str, Mapping[str, str]] = {}
        try:
            with server.connect() as (_, application):
                scope = application.scope()
        except (NotMetError, NoResponseError):
            pass  # that is for the check of it to say
        asgi = scope.get("asgi", {})
        self._spec_version = asgi.get("spec_version", ASGI_2_0)
        versions = {
            **self._server.versions,
            "ASGI": f"{asgi.get('version', '?')} (spec_version {self._spec_version})",
            "Python": told["python"],
            "loop": told["loop"],
            "bareasgi-ws": __version__,
        }
        date = datetime.now(UTC).isoformat(timespec="seconds")
        self._report = Report(self._server.name, SPEC_VERSION, told["library"], versions, date, (), subject="server")

    def _target(self, served: Served) -> Target:
        parts = urlsplit(served.url)
        if parts.scheme == "unix":
            return Target(parts.path, 0, None, self._server.logger)
        is_secure = parts.scheme in ("https", "wss")
        tls = ssl.create_default_context(cadata=self._server.ca) if is_secure else None
        assert parts.hostname is not None
        port = parts.port or (443 if is_secure else 80)
        return Target(parts.hostname, port, tls, self._server.logger, served.stop)


def _described(url: str, problem: BaseException | None) -> str:
    """Say what came of the first request, and what may be done about it."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        trusted = "--ca-file FILE names the certificate that it is to be trusted by"
        return f"a certificate that is not trusted: {problem.verify_message} ({trusted})."
    told = f"{type(problem).__name__}: {problem}"
    if isinstance(problem, ssl.SSLError):
        return f"{told} (where it does not speak TLS, its URL begins with http://)."
    if url.startswith("http:") and isinstance(problem, OSError):
        return f"{told} (where it speaks TLS, its URL begins with https://)."
    return told
