"""Running the checks of a backend in processes of their own, each ended where it blocks the event loop or is silent."""

import multiprocessing
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from ...conformance.report import Outcome, Result, Step
from ...conformance.requirements import requirements, requirements_of_own_servers
from ..errors import CannotRunError
from .messages import CannotLoad, Finished, Heartbeat, Job, Loaded, LoopBlocked, StepBegan
from .worker import work

IMPORT_TIMEOUT = 60.0
"""How long importing the backend may take, in seconds."""


class BackendRun:
    """Collects the results of a backend."""

    def __init__(self, job: Job, on_progress: Callable[[int, str], None]) -> None:
        """Begin; ``on_progress`` is called with how many checks are done, and what is done now."""
        self._job = job
        self._on_progress = on_progress
        self._loaded: Loaded | None = None
        self._results: dict[str, Result] = {}
        self._steps: list[Step] = []

    def run(self) -> tuple[Loaded, list[Result]]:
        """Run every check; one that blocks its process fails, and the others go on in another process."""
        while self._is_unfinished():
            outcomes = {number: result.outcome for number, result in self._results.items()}
            with _worker(self._job, outcomes) as (process, connection):
                error = self._listen(process, connection)
            if error and self._is_unfinished():
                self._fail(error)
        assert self._loaded is not None
        return self._loaded, list(self._results.values())

    def _is_unfinished(self) -> bool:
        return len(self._results) < len(self._job.requirements)

    def _listen(self, process: BaseProcess, connection: "Connection[Any, Any]") -> str | None:
        """Receive the process's messages; return why it has to be ended, or None."""
        while True:
            timeout = 3 * self._job.loop_timeout if self._loaded else IMPORT_TIMEOUT
            if not connection.poll(timeout):
                return f"a process that does not answer for {timeout:g} s"
            try:
                message = connection.recv()
            except EOFError:
                process.join(timeout)
                return f"a process that ended by itself, with exit status {process.exitcode}"
            match message:
                case Finished():
                    return None
                case LoopBlocked():
                    return f"an event loop that stood still for {self._job.loop_timeout:g} s in {message.place}"
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
                self._on_progress(len(self._results), f"{message.requirement} {_name(message.step)}")
                self._steps.append(message.step)
            case Result():
                self._results[message.requirement.id] = message
                self._steps.clear()
            case _:
                assert isinstance(message, Heartbeat)

    def _fail(self, actual: str) -> None:
        """Let the check fail whose result is missing."""
        if self._loaded is None:
            raise CannotRunError(f"cannot load {self._job.backend}: expected it to be imported, got {actual}.")
        held_to = requirements_of_own_servers() if self._loaded.own_server else requirements()
        requirement = held_to[self._job.requirements[len(self._results)]]
        step = _name(self._steps[-1]) if self._steps else "client: connecting"
        steps = tuple(self._steps)
        self._results[requirement.id] = Result.of_failure(requirement, step, "an event loop that runs", actual, steps)
        self._steps.clear()


def _name(step: Step) -> str:
    return step.action if step.side == "kit" else f"{step.side}: {step.action}"


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
        process.kill()
        process.join()
        receiver.close()
