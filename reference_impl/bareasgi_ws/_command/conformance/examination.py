"""Asking the application that a server serves to hold this server to the requirements, one after the other."""

import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

from ...conformance.check import Check
from ...conformance.report import Report, Result
from ...conformance.requirements import requirements
from ..errors import CannotRunError
from ..servers import SERVERS, started

APPLICATION = "bareasgi_ws.conformance.application:application"
WHOLE_CHECK = 10
"""How many deadlines a check may take."""

STOPPING = 20.0
"""How long the end of a check may take beyond that, in seconds: its server's connections have their own deadlines."""

FIRST = "WS-HANDSHAKE-01"
LAST_LINES = 15
"""How much is printed of the log of a server that ended."""


class NoAnswer(Exception):
    """The server did not give the result of a check."""


class Examined(NamedTuple):
    """A server that serves the application.

    Attributes:
        name: What the report calls it.
        serving: Serves the application, and gives its URL; entered again where the server did not survive.
        versions: What is known of the server's packages.
        logger: The name of its logger for errors, where that is known.
    """

    name: str
    serving: Callable[[], AbstractContextManager[str]]
    versions: Mapping[str, str]
    logger: str | None


def known(name: str) -> Examined:
    """Return a known server, which is started."""

    @contextmanager
    def serving() -> Generator[str]:
        unanswered, log = None, list[str]()
        try:
            with started(name, APPLICATION, Path.cwd()) as server:
                log = server.log
                try:
                    yield f"http://{server.address}"
                except NoAnswer as missing:
                    unanswered = missing
        except subprocess.TimeoutExpired:
            print(f"bareasgi-ws: {name} did not stop, and was killed.", file=sys.stderr)
        except (RuntimeError, OSError) as error:
            raise CannotRunError(f"{name}: {error}") from error
        if unanswered is not None:
            last = "".join(log[-LAST_LINES:])
            print(f"bareasgi-ws: {name}: {unanswered}, and the end of its log:\n{last}", file=sys.stderr)
            raise unanswered

    return Examined(name, serving, SERVERS[name].versions, SERVERS[name].logger)


def running(url: str, name: str | None, logger: str | None) -> Examined:
    """Return a server that runs already; without a name it is called by its URL.

    Raises:
        CannotRunError: The URL is none of such a server.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise CannotRunError(f"expected a URL such as http://127.0.0.1:8000, got {url!r}.")

    @contextmanager
    def serving() -> Generator[str]:
        yield f"http://{parts.netloc}"

    return Examined(name or url, serving, {}, logger)


def binding_servers() -> list[str]:
    """Return the ids of the requirements that bind servers."""
    return [number for number, requirement in requirements().items() if requirement.binds == "server"]


class Examination:
    """Collects the results of a server."""

    def __init__(
        self, examined: Examined, checks: Iterable[Check], deadline: float, begun: Callable[[int, str], None]
    ) -> None:
        """Begin; ``begun`` is told how many checks are done, and which is done now."""
        self._examined = examined
        self._pending = list(checks)
        self._deadline = deadline
        self._begun = begun
        self._results: dict[str, Result] = {}
        self._about: Report | None = None

    def run(self) -> Report:
        """Ask for every result; a check that the server does not survive fails at the second try."""
        tried = set[str]()
        while self._pending:
            try:
                self._ask_all()
            except NoAnswer as missing:
                if self._pending[0].requirement in tried:
                    self._fail(str(missing))
                else:
                    tried.add(self._pending[0].requirement)
        assert self._about is not None
        return self._about._replace(results=tuple(self._results.values()))

    def _ask_all(self) -> None:
        """Ask for what is pending, until there is no answer."""
        with self._examined.serving() as url:
            if self._about is None:
                self._about = self._describe(url)
            while self._pending:
                check = self._pending[0]
                self._begun(len(self._results), check.requirement)
                try:
                    result = self._result(url, check)
                except (OSError, HTTPException, ValueError) as problem:
                    raise NoAnswer(
                        f"no answer to {check.requirement}: {problem or type(problem).__name__}"
                    ) from problem
                self._results[check.requirement] = result
                self._pending.pop(0)

    def _describe(self, url: str) -> Report:
        try:
            report = self._ask(url)
        except (OSError, HTTPException, ValueError) as problem:
            raise CannotRunError(
                f"expected {url} to be a server of {APPLICATION}, got {type(problem).__name__}: {problem}"
            ) from problem
        versions = {**self._examined.versions, **report.versions}
        return report._replace(backend=self._examined.name, versions=versions, subject="server")

    def _result(self, url: str, check: Check) -> Result:
        needed = {number: self._results[number].outcome for number in (*check.needs, FIRST) if number in self._results}
        return self._ask(url, check=check.requirement, outcomes=json.dumps(needed)).results[0]

    def _ask(self, url: str, **asked: str) -> Report:
        asked |= {"url": url.replace("http", "ws", 1), "deadline": str(self._deadline)}
        if self._examined.logger is not None:
            asked["logger"] = self._examined.logger
        opener = build_opener(ProxyHandler({}))
        with opener.open(f"{url}/?{urlencode(asked)}", timeout=WHOLE_CHECK * self._deadline + STOPPING) as answer:
            return Report.from_json(json.load(answer))

    def _fail(self, actual: str) -> None:
        requirement = requirements()[self._pending.pop(0).requirement]
        step = "kit: asking the server for the result"
        self._results[requirement.id] = Result.of_failure(requirement, step, "an answer", actual)
