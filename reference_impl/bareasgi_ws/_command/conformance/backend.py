"""Running the checks of a backend in processes of their own, each ended where it blocks the event loop or is silent."""

import multiprocessing
import signal
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from ...conformance.report import Outcome, Result, Step
from ...conformance.requirements import Requirement, requirements
from ..errors import CannotRunError
from ..leash import end_group
from .messages import CannotLoad, Finished, Heartbeat, Job, Loaded, LoopBlocked, Raised, StepBegan
from .worker import work

IMPORT_TIMEOUT = 60.0
"""How long importing the backend may take, in seconds."""


RUNS = "an event loop that runs"
LIVES = "a process that goes on"


class Ended(NamedTuple):
    """Why a process has to be ended, or was.

    Attributes:
        expected: What it should have been.
        actual: What it was.
        explanation: What explains that, a line each.
    """

    expected: str
    actual: str
    explanation: tuple[str, ...] = ()


class BackendRun:
    """Collects the results of a backend."""

    def __init__(self, job: Job, on_progress: Callable[[int, str], None]) -> None:
        """Begin; ``on_progress`` is called with how many checks are done, and what is done now."""
        self._job = job
        self._on_progress = on_progress
        self._end = time.monotonic() + job.max_time
        self._loaded: Loaded | None = None
        self._results: dict[str, Result] = {}
        self._steps: list[Step] = []

    def run(self) -> tuple[Loaded, list[Result]]:
        """Run every check; one that blocks its process fails, and the others go on in another process."""
        while self._is_unfinished():
            outcomes = {number: result.outcome for number, result in self._results.items()}
            with _worker(self._job, outcomes) as (process, connection):
                ended = self._listen(process, connection)
            if ended and self._is_unfinished():
                self._fail(ended)
            if self._time_left() <= 0:
                self._leave_out_pending()
        assert self._loaded is not None
        return self._loaded, list(self._results.values())

    def _is_unfinished(self) -> bool:
        return len(self._results) < len(self._job.requirements)

    def _time_left(self) -> float:
        return self._end - time.monotonic()

    def _listen(self, process: BaseProcess, connection: "Connection[Any, Any]") -> Ended | None:
        """Receive the process's messages; return why it has to be ended, or None."""
        while True:
            timeout = 3 * self._job.loop_timeout if self._loaded else IMPORT_TIMEOUT
            if not connection.poll(max(0, min(timeout, self._time_left()))):
                if self._time_left() <= 0:
                    limit = f"{self._job.max_time:g} s"
                    return Ended(f"an end of the run within {limit} (--max-time)", f"still waiting after {limit}")
                return Ended(RUNS, f"a process that does not answer for {timeout:g} s")
            try:
                message = connection.recv()
            except EOFError:
                process.join(timeout)
                return Ended(LIVES, f"a process that ended by itself, {_exit(process.exitcode)}")
            match message:
                case Finished():
                    return None
                case Raised():
                    return Ended(LIVES, f"a process that ended by {message.error}", message.explanation)
                case LoopBlocked():
                    stood = f"an event loop that stood still for {self._job.loop_timeout:g} s in {message.place}"
                    return Ended(RUNS, stood)
                case _:
                    self._receive(message)

    def _receive(self, message: object) -> None:
        match message:
            case CannotLoad():
                raise CannotRunError(message.reason)
            case Loaded():
                self._loaded = message
                if message.own_server:
                    self._job = replace(self._job, requirements=self._job.if_own_server)
            case StepBegan():
                self._steps.append(message.step)
                self._tell_progress()
            case Result():
                self._results[message.requirement.id] = message
                self._steps.clear()
            case _:
                assert isinstance(message, Heartbeat)
                self._tell_progress()

    def _tell_progress(self) -> None:
        step = _name(self._steps[-1]) if self._steps else ""
        if self._is_unfinished():
            self._on_progress(len(self._results), f"{self._job.requirements[len(self._results)]} {step}")

    def _fail(self, ended: Ended) -> None:
        """Let the check fail whose result is missing."""
        if self._loaded is None:
            raise CannotRunError(f"cannot load {self._job.backend}: expected it to be imported, got {ended.actual}.")
        requirement = self._held_to()[self._job.requirements[len(self._results)]]
        step = _name(self._steps[-1]) if self._steps else "client: connecting"
        steps, (expected, actual, why) = tuple(self._steps), ended
        result = Result.of_failure(requirement, step, expected, actual, steps, explanation=why)
        self._results[requirement.id] = result
        self._steps.clear()

    def _held_to(self) -> Mapping[str, Requirement]:
        return requirements(own_server=self._loaded is not None and self._loaded.own_server)

    def _leave_out_pending(self) -> None:
        for number in self._job.requirements[len(self._results) :]:
            over = f"the run had {self._job.max_time:g} s (--max-time), which were over"
            self._results[number] = Result(self._held_to()[number], Outcome.BLOCKED, over)


def _name(step: Step) -> str:
    return step.action if step.side == "kit" else f"{step.side}: {step.action}"


def _exit(status: int | None) -> str:
    """Name an exit status: that of a process which a signal ended is the signal's number, negated."""
    if status is not None and status < 0:
        return f"by {signal.Signals(-status).name}"
    return f"with exit status {status}"


@contextmanager
def _worker(job: Job, outcomes: Mapping[str, Outcome]) -> Generator[tuple[BaseProcess, "Connection[Any, Any]"]]:
    """Start a process that runs the checks which have no outcome yet, and end it."""
    context = multiprocessing.get_context("spawn")  # a fork would share this process's threads' locks
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(sender, job, outcomes), daemon=True)
    process.start()
    sender.close()  # so that the end of the process ends the pipe
    try:
        yield process, receiver
    finally:
        end_group(process.pid or 0)
        process.kill()
        process.join()
        receiver.close()
