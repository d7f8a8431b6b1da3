"""The process in which the backend runs: it sends each step and each result as they come."""

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from functools import reduce
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

import anyio

from ..._rules.arguments import error_line
from ...conformance._explanation import explanation, place, syntax_error_line
from ...conformance._serving import unwrap_group
from ...conformance.backend import Backend
from ...conformance.memory import MemoryBackend
from ...conformance.report import Outcome
from ...conformance.runner import is_own_server, iter_checks, new_report, run_checks
from ..errors import CannotRunError
from ..leash import end_with
from .messages import CannotLoad, Finished, Heartbeat, Job, Loaded, LoopBlocked, Raised, StepBegan
from .parameters import renamed_parameters


def work(connection: "Connection[Any, Any]", job: Job, outcomes: Mapping[str, Outcome]) -> None:
    """Run the checks that have no outcome yet."""
    command = multiprocessing.parent_process()
    assert command is not None
    end_with(command.sentinel)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command ends this process
    os.dup2(2, 1)  # what a backend prints must not get into a report on standard output
    lock = threading.Lock()

    def send(message: object) -> None:
        with lock:
            connection.send(message)

    try:
        backend = load_backend(job.backend, job.profile)
        anyio.run(_run, backend, job, outcomes, send, backend=job.library)
    except CannotRunError as error:
        send(CannotLoad(str(error)))
    except BaseException as error:
        own = unwrap_group(error)
        send(Raised(error_line(own), explanation(own)))


def load_backend(path: str, profile: str | None) -> Backend:
    """Import the backend.

    Raises:
        CannotRunError: There is none at MODULE:NAME, or it has no profiles.
    """
    loaded = _import(path)
    lacking = [name for name in ("socket_type", "connect") if not hasattr(loaded, name)]
    if lacking or isinstance(loaded, type):
        what = "a class, not an object" if isinstance(loaded, type) else f"without {' and '.join(lacking)}"
        raise CannotRunError(
            f"expected {path} to be a Backend, an object with socket_type and connect, got {loaded!r}, {what}."
        )
    backend: Backend = loaded
    if profile is None:
        return backend
    if not isinstance(backend, MemoryBackend):
        raise CannotRunError(f"--profile is for a MemoryBackend, and {path} is a {type(backend).__name__}.")
    try:
        return backend.with_profile(profile)
    except ValueError as error:
        raise CannotRunError(f"{error}.") from error


def _import(path: str) -> Any:
    module_name, colon, name = path.partition(":")
    if not (module_name and colon and name):
        raise CannotRunError(f"expected a backend as MODULE:NAME, such as my_backend:backend, got {path!r}.")
    try:
        module = import_module(module_name)
    except SyntaxError as error:
        raise CannotRunError(f"cannot import {module_name}: {syntax_error_line(error)}") from error
    except (Exception, SystemExit) as error:
        where = place(traceback.extract_tb(error.__traceback__))
        said = f"{error_line(error)}{f' ({where})' if where else ''}"
        raise CannotRunError(f"cannot import {module_name}: {said}") from error
    try:
        return reduce(getattr, name.split("."), module)
    except AttributeError:
        file = getattr(module, "__file__", None) or "a package with no file"
        raise CannotRunError(f"the module {module_name} ({file}) has no {name}.") from None


async def _run(backend: Backend, job: Job, outcomes: Mapping[str, Outcome], send: Callable[[object], None]) -> None:
    socket_type = backend.socket_type
    is_own = is_own_server(backend)
    name = (socket_type.__module__, socket_type.__qualname__)
    send(Loaded(new_report(backend, job.backend), name, is_own, renamed_parameters(socket_type)))
    requirements = job.if_own_server if is_own else job.requirements
    checks = [check for check in iter_checks(requirements) if check.requirement not in outcomes]
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(LoopMonitor(job.loop_timeout, send).run)
        results = run_checks(
            checks,
            backend,
            deadline=job.deadline,
            outcomes=outcomes,
            on_step=lambda requirement, step: send(StepBegan(requirement, step)),
        )
        async for result in results:
            send(result)
        send(Finished())
        tasks.cancel_scope.cancel()


class LoopMonitor:
    """Tells whether the event loop runs."""

    def __init__(self, timeout: float, send: Callable[[object], None]) -> None:
        """Begin; the loop may stand still for as long as the timeout, in seconds."""
        self._timeout = timeout
        self._send = send
        self._last = time.monotonic()
        self._thread = threading.get_ident()

    async def run(self) -> None:
        """Note that the event loop runs, again and again; a thread of its own watches that."""
        threading.Thread(target=self._watch, daemon=True).start()
        while True:
            self._last = time.monotonic()
            await anyio.sleep(self._timeout / 4)

    def _watch(self) -> None:
        while time.monotonic() - self._last < self._timeout:
            self._send(Heartbeat())
            time.sleep(self._timeout / 4)
        self._send(LoopBlocked(self._place()))

    def _place(self) -> str:
        """Return the place where the loop's thread is, the standard library's own frames left out."""
        frame = sys._current_frames()[self._thread]  # pyright: ignore[reportPrivateUsage]  # documented for this use
        frames = traceback.extract_stack(frame)
        return place(frames) or "{0.filename}, line {0.lineno}, in {0.name}".format(frames[-1])
