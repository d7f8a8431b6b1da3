"""The server, as a check sees it: what opens connections to it, and keeps what happened on each."""

import select
import socket
import ssl
import time
from ast import literal_eval
from bisect import bisect
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from itertools import count, groupby
from secrets import token_hex
from typing import Any, NamedTuple

from ..._rules.arguments import is_a
from ...scope import Header
from .._wire import handshake, message
from ..report import Step
from .client import Client
from .failure import NoResponseError, NotMetError, SeveralProcessesError, shortened
from .remote import CONNECT, Application, accept, sending

HANDSHAKE = 300
"""So much is shown of what the client sends, which is most of a handshake."""

CONTROL_TIMEOUT = 10.0
"""How long the application may take to respond to the kit, beyond what it is asked to wait, in seconds."""

_numbers = count(1)
_RUN = token_hex(4)
"""Tells the connections of this run from those of others with the same server."""


class Target(NamedTuple):
    """Where the server is.

    Attributes:
        host: Its host.
        port: Its port.
        tls: What its certificate is trusted by; None where it does not speak TLS.
        logger: The name of the logger that gets its errors; None where that is not known.
        stop: Asks it to stop, and does not wait; None where it runs for others too.
    """

    host: str
    port: int
    tls: ssl.SSLContext | None = None
    logger: str | None = None
    stop: Callable[[], object] | None = None

    @property
    def is_unix(self) -> bool:
        """Whether the host is the path of a Unix socket."""
        return self.host.startswith("/")

    @property
    def authority(self) -> str:
        """The host and the port, as a header has them."""
        if self.is_unix:
            return "localhost"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Connection(NamedTuple):
    """Both ends of a connection."""

    client: Client
    application: Application


class Server:
    """The server, for one check.

    Attributes:
        deadline: How long a step may take, in seconds.
        connections: The connections of the check.
        errors: What the server has logged as an error since the check began.
        told: What the application told of itself.
    """

    def __init__(self, target: Target, deadline: float, process: str | None = None) -> None:
        """Begin with no connection; the process is the one that is to respond, where it is known."""
        self.target = target
        self.deadline = deadline
        self.connections: list[Connection] = []
        self.told: dict[str, Any] = {}
        self._process = process
        self._logged: int | None = None
        self._offset = 0.0
        self._began = time.time()

    @contextmanager
    def connect(
        self, path: str = "/", headers: Sequence[Header] = (), *, raw: bytes | None = None, **own: bytes | None
    ) -> Generator[Connection]:
        """Ask for a handshake; at the end the connection is lost, and the application returns.

        Args:
            path: The path, below one of the connection's own.
            headers: Headers beside those of the protocol.
            raw: The whole request, with %s for the beginning of the path; None for one that is written of the rest.
            own: Headers of the protocol that are not the usual ones; None leaves one out.
        """
        number = f"{_RUN}-{next(_numbers)}"
        client = Client(self._open(), self.deadline, self._pump)
        application = Application(partial(self._ask_about, number), self.deadline)
        self.connections.append(Connection(client, application))
        request = handshake(f"/{number}{path}", self.target.authority, headers, **own)
        try:
            client.write(request if raw is None else raw % f"/{number}".encode())
            yield self.connections[-1]
        finally:
            client.lose()
            with suppress(NoResponseError):
                application.stop()

    @contextmanager
    def accepted(self, path: str = "/", headers: Sequence[Header] = (), **own: Any) -> Generator[Connection]:
        """Open a connection: the application has accepted."""
        with self.connect(path, headers, **own) as connection:
            connection.application.take(CONNECT, sending(accept()))
            connection.client.expect_status(101)
            yield connection

    def ask(self, **command: Any) -> dict[str, Any]:
        """Ask the application; meanwhile what arrives at the clients is read."""
        if self.target.logger is not None:
            command["logger"] = self.target.logger
        try:
            answer: Any = literal_eval(self._exchange(ascii(command), command.get("wait", 0)))
            if not is_a(answer, dict):
                raise ValueError(f"something else than its record: {shortened(answer)}")
            self._process = self._process or answer["process"]
        except (OSError, HTTPException, ValueError, SyntaxError, KeyError) as error:
            raise NoResponseError(f"no response: {error or type(error).__name__}") from error
        if answer["process"] != self._process:
            raise SeveralProcessesError("several processes serve the application")
        if self._logged is None:
            self._logged = len(answer["errors"])
        self.told = answer
        offset = time.time() - answer["now"]
        self._offset = 0.0 if abs(offset) < 1 else offset  # the same clock
        return self.told

    @property
    def errors(self) -> list[str]:
        """What the server has logged as an error since the check first asked, as of the last time."""
        texts: list[str] = self.told["errors"][self._logged :]
        return texts

    def expect(self, step: str, expected: Any, actual: Any, shows: str = "") -> None:
        """Expect a value."""
        if actual != expected:
            raise NotMetError(step, shortened(expected), shortened(actual), shows)

    def expect_works(self, connection: Connection) -> None:
        """Expect a message on a connection in each direction."""
        connection.client.write(message("still there?"))
        connection.application.receive_message("still there?")
        connection.application.send({"type": "websocket.send", "text": "yes"})
        connection.client.expect_message("yes")

    def _ask_about(self, number: str, **command: Any) -> list[dict[str, Any]]:
        record: list[dict[str, Any]] = self.ask(connection=number, **command)["record"]
        return record

    def _open(self) -> socket.socket:
        try:
            return self._connected(self.deadline)
        except OSError as error:
            raise NoResponseError(f"no connection: {error}") from error

    def _connected(self, timeout: float) -> socket.socket:
        target = self.target
        if target.is_unix:
            opened = socket.socket(socket.AF_UNIX)
            opened.settimeout(timeout)
            opened.connect(target.host)
            return opened
        opened = socket.create_connection((target.host, target.port), timeout)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened if target.tls is None else target.tls.wrap_socket(opened, server_hostname=target.host)

    def _exchange(self, command: str, wait: float) -> str:
        timeout = wait + CONTROL_TIMEOUT
        control = HTTPConnection(self.target.authority)
        control.sock = self._connected(timeout)
        try:
            control.request("POST", "/", command.encode(), {"content-type": "text/plain", "connection": "close"})
            end = time.monotonic() + timeout
            while not self._read_until_readable(control.sock, end - time.monotonic()):
                if time.monotonic() > end:
                    raise TimeoutError(f"within {timeout:g} s")
            response = control.getresponse()
            return response.read().decode()
        finally:
            control.close()

    def _pump(self, seconds: float) -> None:
        self._read_until_readable(None, seconds)

    def _read_until_readable(self, awaited: socket.socket | None, seconds: float) -> bool:
        """Wait for anything that can be read, read what is for the clients, and tell whether the awaited is it."""
        reading = {one.client.socket: one.client for one in self.connections}
        sockets = [one for one, client in reading.items() if client.reads and not client.ended]
        all_sockets = sockets if awaited is None else [*sockets, awaited]
        ready, _, _ = select.select(all_sockets, [], [], max(seconds, 0))
        for one in ready:
            if one is not awaited:
                reading[one].read()
        return awaited in ready

    def steps(self) -> tuple[Step, ...]:
        """Return what happened, by both records, in the order in which it began."""
        found: list[Step] = []
        for number, (client, application) in enumerate(self.connections, 1):
            steps = [*self._application_steps(number, application)]
            for moment, data in client.sent:
                action = "send" if data else "drop"
                steps.append(self._step(moment, moment, number, "client", action, shortened(data, HANDSHAKE)))
            found += [*steps, *self._reads(number, client, steps)]
        return tuple(sorted(found, key=lambda step: step.began))

    def _reads(self, number: int, client: Client, others: Sequence[Step]) -> Iterator[Step]:
        """Yield what was read as one step wherever nothing else happened between."""
        turns = sorted(moment for step in others for moment in (step.began, step.ended))
        for _, group in groupby(client.received, lambda one: bisect(turns, one[0] - self._began)):
            read = [*group]
            text = shortened(b"".join(data for _, data in read))
            yield self._step(read[0][0], read[-1][0], number, "client", "read", text)

    def _application_steps(self, number: int, application: Application) -> Iterator[Step]:
        for index, entry in enumerate(application.record):
            if "began" in entry:
                step = application.steps[index - 1] if index else {"do": "call"}
                ended = entry.get("ended", entry["began"]) if index else entry["began"]
                action = f"{step['do']}({shortened(step['event']) if 'event' in step else ''})"
                begins, ends = entry["began"] + self._offset, ended + self._offset
                yield self._step(begins, ends, number, "application", action, _result(entry))

    def _step(self, began: float, ended: float, number: int, side: str, action: str, result: str) -> Step:
        return Step(round(began - self._began, 6), round(ended - self._began, 6), number, side, action, result, False)


def _result(entry: dict[str, Any]) -> str:
    if "ended" not in entry and entry["do"] != "call":
        return "it waits"
    if "raised" in entry and entry["do"] != "call":
        return f"{entry['raised'][0]}: {entry['said']}"
    if entry.get("cancelled"):
        return "cancelled"
    returned = entry.get("returned")
    if entry["do"] == "call":
        return "" if returned is None else f"{returned.get('type')} {returned.get('path')}"
    return "" if returned is None else shortened(returned)
