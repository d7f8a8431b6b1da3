"""A program that shows one fault of a server alone: a raw ASGI application and a socket, without this package."""

import re
import sys
from bisect import bisect
from collections.abc import Iterator, Sequence

from ..report import Library
from ..requirements import Requirement
from .failure import NotMetError
from .remote import Application, Step
from .server import Connection

LONGEST = 3000
"""A content that is longer, and does not repeat itself, is not for a program to be read."""

PAUSE = 0.3
"""How far apart what the client writes is, in seconds."""

BEHIND = 0.1
"""How long after the client's bytes the application acts, in seconds."""

WAIT = 3.0
"""How long is waited for what should come, in seconds."""


_READING = ("while client.recv(65536): pass",)
_KEEPING = ("while data := client.recv(65536):", "    wire += data", "is_closed = True")


class NoProgramError(Exception):
    """No program is written for the fault; the text says why."""


def program(
    requirement: Requirement,
    failure: NotMetError,
    connection: Connection,
    server: str,
    arguments: Sequence[str],
    library: Library,
) -> str:
    """Write a program that shows how a check failed.

    Args:
        requirement: What is not met.
        failure: How.
        connection: The connection on which it was seen.
        server: The server, with its versions.
        arguments: What starts it, with {app} and {port}.
        library: The library of its event loop.

    Raises:
        NoProgramError: What failed cannot be written down as a sequence of events and bytes.
    """
    if not failure.shows:
        raise NoProgramError("what fails is not one event or a few bytes")
    number = _judged_step(failure.shows, connection.application)
    judged_by_client = bool(re.search(r"\b(wire|is_closed|close_code)\b", failure.shows))
    fault = repr(f"fault: {failure.step}: expected {failure.expected}, got {failure.actual}")
    verdict = f'print("no fault" if {_expression(failure.shows)} else {fault}, flush=True)'
    application = _Body(connection, library, None if judged_by_client else number, verdict)
    leaves = ("client.close(), " if connection.client.replies else "") + f"time.sleep({2 * WAIT:g})"
    lines = [
        f'"""{requirement.id} ({requirement.level}): {requirement.text}',
        f'Source: {requirement.source}. Seen on {server}."""',
        f"import contextlib, os, socket, subprocess, sys, time, {library}",
        "async def app(scope, receive, send):",
        '    assert scope["type"] == "websocket"  # no lifespan',
        *(f"    {line}" for line in application.lines()),
        'if __name__ == "__main__":',
        '    with socket.create_server(("127.0.0.1", 0)) as free: port = free.getsockname()[1]',
        f"    server = subprocess.Popen([{launched(arguments)}], "
        "start_new_session=True, stdout=subprocess.PIPE, text=True)",
        '    while (client := socket.socket()).connect_ex(("127.0.0.1", port)): '
        "assert server.poll() is None, 'it did not start'; time.sleep(0.1)",
        *(["    wire, is_closed = b'', False"] if judged_by_client else []),
        "    with contextlib.suppress(OSError):  # it may have gone",
        *(f"        {line}" for line in _writes(connection)),
        f"        client.settimeout({WAIT:g})",
        *(f"        {line}" for line in (_KEEPING if judged_by_client else _READING)),
        f"    {verdict if judged_by_client else leaves}",
        "    os.killpg(server.pid, 9)",
        *(
            []
            if judged_by_client
            else [f"    print(said if 'fault' in (said := server.communicate()[0]) else {fault})"]
        ),
    ]
    return "\n".join(lines) + "\n"


def _judged_step(shows: str, application: Application) -> int | None:
    """Return the number of the step that shows whether the requirement is met; 0 is the call."""
    found = re.search(r"\b(?:came|raised|ended)\((\d+)\)", shows)
    if found:
        return int(found[1])
    return 0 if re.search(r"\bscope\b", shows) else None


def _expression(shows: str) -> str:
    """Write the expression with the names of the program."""
    shows = re.sub(r"\b(came|raised)\(\d+\)", r"\1", shows)
    shows = re.sub(r"\bended\(\d+\)", "'TimeoutError' not in raised", shows)
    code = "(int.from_bytes(wire.rpartition(b'\\x88')[2][1:3], 'big') if b'\\x88' in wire else 'none')"
    return shows.replace("close_code(wire)", code)


def launched(arguments: Sequence[str]) -> str:
    """Write what starts the server."""
    application = "{os.path.basename(__file__)[:-3]}:app"
    filled = (one.replace("{app}", application) for one in arguments)
    return ", ".join(
        "sys.executable" if one == sys.executable else f"f{one!r}" if "{" in one else repr(one) for one in filled
    )


def _literal(data: bytes) -> str:
    """Write bytes, in short where they repeat themselves."""
    if len(data) <= LONGEST:
        return repr(data)
    for start in range(20):
        unit = data[start : start + 4]
        count = (len(data) - start) // 4
        if unit * count == data[start : start + 4 * count]:
            return f"{data[:start]!r} + {unit!r} * {count} + {data[start + 4 * count :]!r}"
    raise NoProgramError(f"the client writes {len(data)} bytes")


def _writes(connection: Connection) -> Iterator[str]:
    """Write what the client does."""
    for index, (_, data) in enumerate(connection.client.sent):
        if index:
            yield f"time.sleep({PAUSE})"
        yield f"client.sendall({_literal(data)})" if data else "client.close()"


def _call(step: Step) -> str:
    return "receive()" if step["do"] == "receive" else f"send({step['event']!r})"


class _Body:
    """Writes what the application does, as straight as the record has it."""

    def __init__(self, connection: Connection, library: Library, judged: int | None, verdict: str) -> None:
        """Begin; the verdict comes after the judged step."""
        self._application = connection.application
        self._writes = [moment for moment, _ in connection.client.sent]
        self._library, self._judged, self._verdict = library, judged, verdict
        self._catches = bool(re.search(r"\braised\b|\bcame is None\b", verdict.partition(" else ")[0]))

    @property
    def _is_beside(self) -> bool:
        return bool(self._judged and self._application.steps[self._judged - 1].get("beside"))

    def lines(self) -> Iterator[str]:
        """Write the lines, without their indentation."""
        if self._judged == 0:
            yield self._verdict
            return
        last = None if self._judged is None or self._is_beside else self._judged  # what follows it shows nothing
        steps = [*zip(self._application.steps, self._application.record[1:], strict=False)][:last]
        phases = [bisect(self._writes, entry.get("began", 0.0)) for _, entry in steps]
        if max(phases, default=0) > 1:
            yield "began = time.time()"
        phase = 1
        for number, ((step, _), now) in enumerate(zip(steps, phases, strict=True), 1):
            if now > phase:
                phase = now
                yield f"await {self._library}.sleep(max(0, began + {PAUSE * (now - 1) + BEHIND:.1f} - time.time()))"
            if number == last:
                yield from self._judge(_call(step))
                return
            yield self._line(step)
            if step["do"] in ("return", "raise"):
                return
        if self._judged:
            yield from self._judge("waiting")
        else:
            yield f"await {self._library}.sleep({2 * WAIT:g})"

    def _line(self, step: Step) -> str:
        """Write a step that is not judged."""
        if {"cancelled_after", "turns"} & {*step}:
            raise NoProgramError("what fails has to do with a cancellation, or with turns of the event loop")
        if step["do"] in ("return", "raise"):
            return "return" if step["do"] == "return" else 'raise Exception("deliberate")'
        if step.get("beside"):
            if self._library == "trio":
                raise NoProgramError("it needs a task beside, which this program has on asyncio only")
            return f"waiting = asyncio.ensure_future({_call(step)})"
        repeated = f"for _ in range({step['times']}): " if "times" in step else ""
        return f"{repeated}await {_call(step)}"

    def _judge(self, call: str) -> Iterator[str]:
        """Write the step that is judged, and the verdict; where nothing is caught, an exception counts as the fault."""
        if self._library == "asyncio":
            timed = f"came = await asyncio.wait_for({call}, {WAIT:g})"
        else:
            timed = f"with trio.fail_after({WAIT:g}): came = await {call}"
        if self._catches:
            yield "came, raised = None, []"
            yield "try:"
            yield f"    {timed}"
            yield "except Exception as error:"
            yield "    raised = [kind.__name__.replace('TooSlow', 'Timeout') for kind in type(error).__mro__]"
        else:
            yield timed
        yield self._verdict
