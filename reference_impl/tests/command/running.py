"""What the tests of the command share: the handlers they check, and how a run of it is read."""

import json
import os
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

DEADLINE = 20.0
CHECKERS = ("mypy", "pyright", "basedpyright", "ty", "pyrefly", "zuban")

# The tutorial's handler: `receive` gives `bytes | str | None`, so its last line is a mistake.
TUTORIAL = """\
from bareasgi_ws import Info, RouteMatches, Scope, WebSocket


async def handler(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    text = await web_socket.receive()
    if text is not None:
        await web_socket.send('You said: ' + text)
"""

TEXT_ONLY = TUTORIAL.replace("web_socket: WebSocket)", "web_socket: WebSocket[str])")

UNANNOTATED = """\
async def handler(scope, info, matches, web_socket):
    await web_socket.accept()
    text = await web_socket.receive()
    await web_socket.send('You said: ' + text)
"""

# What would have rich take a pipe for a terminal; a build server may set any of them.
IN_A_PIPE = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS")

MISTAKE = 'number: int = ""\n'


@dataclass(frozen=True)
class Done:
    """A run of the command that has ended."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report, where it is all of standard output."""
        report: dict[str, Any] = json.loads(self.out)
        return report

    def found(self) -> set[tuple[str, int, str]]:
        """Return the places of the findings in the JSON report, each with the checker's name."""
        return {(one["file"], one["line"], one["checker"]) for one in self.report["findings"]}


class Command(Protocol):
    """Runs the command."""

    def __call__(self, *arguments: object, cwd: Path, environment: Mapping[str, str] = {}) -> Done: ...


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files below the folder, which is made, and give the folder."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def everywhere(file: str, line: int, *, but: Collection[str] = ()) -> set[tuple[str, int, str]]:
    """Return what `found` gives where every checker reports a place, but for those that are named."""
    return {(file, line, checker) for checker in CHECKERS if checker not in but}


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < end, "not in time"
        os.sched_yield()
