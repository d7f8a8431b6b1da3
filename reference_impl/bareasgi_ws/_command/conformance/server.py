"""Running the checks of a server by HTTP requests to the kit's application, which the server serves."""

import json
import ssl
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

from ...conformance.check import Check
from ...conformance.report import Report, Result
from ...conformance.requirements import requirements
from ..errors import CannotRunError
from ..servers import SERVERS, started

APPLICATION = "bareasgi_ws.conformance.application:application"
CHECK_DEADLINES = 10
"""How many deadlines a check may take."""

STOP_TIMEOUT = 20.0
"""How long the end of a check may take beyond that, in seconds: its server's connections have their own deadlines."""

FIRST = "WS-HANDSHAKE-01"
LOG_LINES = 15
"""How much is printed of the log of a server that ended."""


class NoResponse(Exception):
    """The server did not respond with the result of a check."""


class ServerUnderTest(NamedTuple):
    """A server that serves the application.

    Attributes:
        name: What the report calls it.
        serve: Serves the application, and yields its URL; entered again where the server did not survive.
        versions: What is known of the server's packages.
        logger: The name of its logger for errors, where that is known.
        ca: The certificate that its own is trusted by, as PEM; None for those of the system.
    """

    name: str
    serve: Callable[[], AbstractContextManager[str]]
    versions: Mapping[str, str]
    logger: str | None
    ca: str | None = None


def known_server(name: str) -> ServerUnderTest:
    """Return a known server; it is started where it is served."""

    @contextmanager
    def serve() -> Generator[str]:
        failure, log = None, list[str]()
        try:
            with started(name, APPLICATION, Path.cwd()) as server:
                log = server.log
                try:
                    yield f"http://{server.address}"
                except NoResponse as error:
                    failure = error
        except subprocess.TimeoutExpired:
            print(f"bareasgi-ws: {name} did not stop, and was killed.", file=sys.stderr)
        except (RuntimeError, OSError) as error:
            raise CannotRunError(f"{name}: {error}") from error
        if failure is not None:
            last = "".join(log[-LOG_LINES:])
            print(f"bareasgi-ws: {name}: {failure}, and the end of its log:\n{last}", file=sys.stderr)
            raise failure

    return ServerUnderTest(name, serve, SERVERS[name].versions, SERVERS[name].logger)


def running_server(url: str, name: str | None, logger: str | None, ca_file: Path | None = None) -> ServerUnderTest:
    """Return a server that runs already; without a name it is called by its URL.

    Raises:
        CannotRunError: The URL is none of such a server, or the file has no certificate.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise CannotRunError(f"expected a URL such as http://127.0.0.1:8000, got {url!r}.")
    if ca_file is not None and parts.scheme != "https":
        raise CannotRunError(f"--ca-file is for a --url that begins with https://, got {url!r}.")

    @contextmanager
    def serve() -> Generator[str]:
        yield f"{parts.scheme}://{parts.netloc}"

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


def server_requirements() -> list[str]:
    """Return the ids of the requirements that bind servers."""
    return [number for number, requirement in requirements().items() if requirement.binds == "server"]


class ServerRun:
    """Collects the results of a server."""

    def __init__(
        self, server: ServerUnderTest, checks: Iterable[Check], deadline: float, on_progress: Callable[[int, str], None]
    ) -> None:
        """Begin; ``on_progress`` is called with how many checks are done, and which is done now."""
        self._server = server
        self._pending = list(checks)
        self._deadline = deadline
        self._on_progress = on_progress
        self._results: dict[str, Result] = {}
        self._report: Report | None = None

    def run(self) -> Report:
        """Request every result; a check that the server does not survive fails at the second try."""
        tried = set[str]()
        while self._pending:
            try:
                self._request_pending()
            except NoResponse as error:
                if self._pending[0].requirement in tried:
                    self._fail(str(error))
                else:
                    tried.add(self._pending[0].requirement)
        assert self._report is not None
        return self._report._replace(results=tuple(self._results.values()))

    def _request_pending(self) -> None:
        """Request the pending results, until there is no response."""
        with self._server.serve() as url:
            if self._report is None:
                self._report = self._request_report(url)
            while self._pending:
                check = self._pending[0]
                self._on_progress(len(self._results), check.requirement)
                try:
                    result = self._request_result(url, check)
                except (OSError, HTTPException, ValueError) as problem:
                    raise NoResponse(
                        f"no response to {check.requirement}: {problem or type(problem).__name__}"
                    ) from problem
                self._results[check.requirement] = result
                self._pending.pop(0)

    def _request_report(self, url: str) -> Report:
        try:
            report = self._request(url)
        except (OSError, HTTPException, ValueError) as problem:
            raise CannotRunError(
                f"expected {url} to be a server of {APPLICATION}, got {_describe_problem(url, problem)}"
            ) from problem
        versions = {**self._server.versions, **report.versions}
        return report._replace(backend=self._server.name, versions=versions, subject="server")

    def _request_result(self, url: str, check: Check) -> Result:
        outcomes = {
            number: self._results[number].outcome for number in (*check.needs, FIRST) if number in self._results
        }
        return self._request(url, check=check.requirement, outcomes=json.dumps(outcomes)).results[0]

    def _request(self, url: str, **query: str) -> Report:
        query |= {"url": url.replace("http", "ws", 1), "deadline": str(self._deadline)}
        if self._server.logger is not None:
            query["logger"] = self._server.logger
        if self._server.ca is not None:
            query["ca"] = self._server.ca
        trusting = ssl.create_default_context(cadata=self._server.ca)
        opener = build_opener(ProxyHandler({}), HTTPSHandler(context=trusting))
        with opener.open(
            f"{url}/?{urlencode(query)}", timeout=CHECK_DEADLINES * self._deadline + STOP_TIMEOUT
        ) as response:
            return Report.from_json(json.load(response))

    def _fail(self, actual: str) -> None:
        requirement = requirements()[self._pending.pop(0).requirement]
        step = "kit: asking the server for the result"
        self._results[requirement.id] = Result.of_failure(requirement, step, "a response", actual)


def _describe_problem(url: str, problem: Exception) -> str:
    """Say what came of the first request, and what may be done about it."""
    reason = problem.reason if isinstance(problem, URLError) else None
    if isinstance(reason, ssl.SSLCertVerificationError):
        trusted = "--ca-file FILE names the certificate that it is to be trusted by"
        return f"a certificate that is not trusted: {reason.verify_message} ({trusted})."
    told = f"{type(problem).__name__}: {problem}"
    if isinstance(reason, ssl.SSLError):
        return f"{told} (where it does not speak TLS, its URL begins with http://)."
    if url.startswith("http:") and isinstance(problem, (ConnectionError, HTTPException)):
        return f"{told} (where it speaks TLS, its URL begins with https://)."
    return told
