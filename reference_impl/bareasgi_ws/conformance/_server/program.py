"""A program that shows one fault of a server alone: a raw ASGI application and a socket, without this package."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from ..report import Library
from ..requirements import Requirement
from .failure import NotMetError
from .remote import Application
from .server import Connection

LONGEST = 3000
"""A content that is longer, and does not repeat itself, is not for a program to be read."""

PAUSE = 0.3
"""How far apart what the client writes is, in seconds."""

WAIT = 3.0
"""How long is waited for what should come, in seconds."""

PORT = 8765


_READING = ("while client.recv(65536):", "    pass")
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
    lines = [
        f'"""{requirement.id} ({requirement.level}): {requirement.text}',
        f'Source: {requirement.source}. Seen on {server}."""',
        f"import contextlib, os, socket, subprocess, time, {library}",
        "async def app(scope, receive, send):",
        '    assert scope["type"] == "websocket"  # no lifespan',
        *(f"    {line}" for line in application.lines()),
        'if __name__ == "__main__":',
        f"    server = subprocess.Popen([{_command(arguments)}], "
        "start_new_session=True, stdout=subprocess.PIPE, text=True)",
        f'    while server.poll() is None and (client := socket.socket()).connect_ex(("127.0.0.1", {PORT})):',
        "        time.sleep(0.1)",
        *(["    wire, is_closed = b'', False"] if judged_by_client else []),
        "    with contextlib.suppress(OSError):  # it may have gone",
        *(f"        {line}" for line in _writes(connection)),
        f"        client.settimeout({WAIT:g})",
        *(f"        {line}" for line in (_KEEPING if judged_by_client else _READING)),
        *([f"    {verdict}"] if judged_by_client else [f"    client.close(), time.sleep({2 * WAIT:g})"]),
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


def _command(arguments: Sequence[str]) -> str:
    """Write what starts the server."""
    words = []
    for one in arguments:
        filled = one.replace("{port}", str(PORT))
        text = (
            repr(filled)
            if "{app}" not in filled
            else 'f"' + filled.replace("{app}", "{os.path.basename(__file__)[:-3]}:app") + '"'
        )
        words.append(text)
    return ", ".join(words)


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


class _Body:
    """Writes what the application does, as straight as the record has it."""

    def __init__(self, connection: Connection, library: Library, judged: int | None, verdict: str) -> None:
        """Begin; the verdict comes after the judged step."""
        self._application = connection.application
        self._writes = [moment for moment, _ in connection.client.sent]
        self._library, self._judged, self._verdict = library, judged, verdict
        self._catches = bool(re.search(r"\braised\b|\bcame is None\b", verdict.partition(" else ")[0]))

    def lines(self) -> Iterator[str]:
        """Write the lines, without their indentation."""
        if self._judged == 0:
            yield self._verdict
        done, phase, last, behind = "", 1, "", PAUSE / 3
        for number, (step, entry) in enumerate(
            zip(self._application.steps, self._application.record[1:], strict=False), 1
        ):
            if {"cancelled_after", "turns"} & {*step}:
                raise NoProgramError("what fails has to do with a cancellation, or with turns of the event loop")
            now = bisect(self._writes, entry.get("began", 0.0))
            if now > phase:
                yield f"await {self._library}.sleep({PAUSE * (now - phase) + behind:g})"
                behind = 0.0
            phase = max(phase, now, bisect(self._writes, entry.get("ended", 0.0)))
            if step["do"] in ("return", "raise"):
                done = "return" if step["do"] == "return" else 'raise Exception("deliberate")'
                break
            call = "receive()" if step["do"] == "receive" else f"send({step['event']!r})"
            if step.get("beside"):
                last = call
                if self._library == "trio":
                    raise NoProgramError("it needs a task beside, which this program has on asyncio only")
                yield f"waiting = asyncio.ensure_future({call})"
                continue
            if number == self._judged:
                yield from self._judge(call)
            else:
                yield f"for _ in range({step['times']}): await {call}" if "times" in step else f"await {call}"
        if last and self._judged and self._application.steps[self._judged - 1].get("beside"):
            yield from self._judge("waiting")
        yield done or f"await {self._library}.sleep({2 * WAIT:g})"

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
