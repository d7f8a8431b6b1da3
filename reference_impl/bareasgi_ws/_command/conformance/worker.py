"""The process in which the backend runs: it tells of each step and each result as they come."""

import os
import signal
import sys
import sysconfig
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

import anyio

from ...conformance.backend import Backend
from ...conformance.report import Outcome
from ...conformance.runner import new_report, run_checks
from ..errors import CannotRunError
from .job import About, Alive, Begun, Ended, Job, Stuck, Unusable
from .loading import load

STDLIB = sysconfig.get_path("stdlib") + os.sep


def work(connection: "Connection[Any, Any]", job: Job, outcomes: Mapping[str, Outcome]) -> None:
    """Run the checks that have no outcome yet."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command ends this process
    os.dup2(2, 1)  # what a backend prints must not get into a report on standard output
    tell = _telling(connection)
    try:
        backend = load(job.backend, job.profile)
        anyio.run(_run, backend, job, dict(outcomes), tell, backend=job.library)
    except CannotRunError as error:
        tell(Unusable(str(error)))


def _telling(connection: "Connection[Any, Any]") -> Callable[[object], None]:
    lock = threading.Lock()

    def tell(message: object) -> None:
        with lock:
            connection.send(message)

    return tell


async def _run(backend: Backend, job: Job, outcomes: dict[str, Outcome], tell: Callable[[object], None]) -> None:
    socket_type = backend.socket_type
    tell(About(new_report(backend, job.backend), (socket_type.__module__, socket_type.__qualname__)))
    checks = [check for check in job.checks() if check.requirement not in outcomes]
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(Pulse(job.patience, tell).beat)
        results = run_checks(
            checks,
            backend,
            deadline=job.deadline,
            outcomes=outcomes,
            on_step=lambda number, step: tell(Begun(number, step)),
        )
        async for result in results:
            tell(result)
        tell(Ended())
        tasks.cancel_scope.cancel()


class Pulse:
    """Tells whether the event loop runs."""

    def __init__(self, patience: float, tell: Callable[[object], None]) -> None:
        """Begin; the loop may stand still for as long as the patience, in seconds."""
        self._patience = patience
        self._tell = tell
        self._last = time.monotonic()
        self._thread = threading.get_ident()

    async def beat(self) -> None:
        """Beat on the event loop, watched from a thread of its own."""
        threading.Thread(target=self._watch, daemon=True).start()
        while True:
            self._last = time.monotonic()
            await anyio.sleep(self._patience / 4)

    def _watch(self) -> None:
        while time.monotonic() - self._last < self._patience:
            self._tell(Alive())
            time.sleep(self._patience / 4)
        self._tell(Stuck(self._where()))

    def _where(self) -> str:
        """Name the place where the loop's thread is, the standard library's own frames left out."""
        frame = sys._current_frames()[self._thread]  # pyright: ignore[reportPrivateUsage]  # documented for this use
        frames = traceback.extract_stack(frame)
        own = [frame for frame in frames if not frame.filename.startswith((STDLIB, "<"))]
        return "{0.filename}, line {0.lineno}, in {0.name}".format((own or frames)[-1])
