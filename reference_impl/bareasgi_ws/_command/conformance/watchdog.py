"""Running a backend in processes of their own, each ended where it blocks the event loop or does not answer."""

import multiprocessing
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from ...conformance.report import Outcome, Result, Step
from ...conformance.requirements import requirements
from ..errors import CannotRunError
from .job import About, Alive, Begun, Ended, Job, Stuck, Unusable
from .worker import work

IMPORT_LIMIT = 60.0
"""How long importing the backend may take, in seconds."""


class Worker(NamedTuple):
    """A process, and what it tells."""

    process: BaseProcess
    connection: "Connection[Any, Any]"


class Watchdog:
    """Collects the results of a backend."""

    def __init__(self, job: Job, begun: Callable[[int, str], None]) -> None:
        """Begin; ``begun`` is told how many checks are done, and what is done now."""
        self._results: dict[str, Result] = {}
        self._about: About | None = None
        self._job = job
        self._begun = begun
        self._numbers = [check.requirement for check in job.checks()]
        self._steps: list[Step] = []

    def run(self) -> tuple[About, list[Result]]:
        """Run every check; one that blocks its process fails, and the others go on in another process."""
        while self._is_unfinished():
            outcomes = {number: result.outcome for number, result in self._results.items()}
            with _started(self._job, outcomes) as worker:
                end = self._listen(worker)
            if end and self._is_unfinished():
                self._fail(end)
        assert self._about is not None
        return self._about, list(self._results.values())

    def _is_unfinished(self) -> bool:
        return len(self._results) < len(self._numbers)

    def _listen(self, worker: Worker) -> str | None:
        """Take what the process tells; give why it has to be ended, or None."""
        while True:
            patience = 3 * self._job.patience if self._about else IMPORT_LIMIT
            if not worker.connection.poll(patience):
                return f"a process that does not answer for {patience:g} s"
            try:
                message = worker.connection.recv()
            except EOFError:
                worker.process.join(patience)
                return f"a process that ended by itself, with exit status {worker.process.exitcode}"
            match message:
                case Ended():
                    return None
                case Stuck():
                    return f"an event loop that stood still for {self._job.patience:g} s in {message.where}"
                case _:
                    self._take(message)

    def _take(self, message: object) -> None:
        match message:
            case Unusable():
                raise CannotRunError(message.sentence)
            case About():
                self._about = message
            case Begun():
                self._begun(len(self._results), f"{message.requirement} {_name(message.step)}")
                self._steps.append(message.step)
            case Result():
                self._results[message.requirement.id] = message
                self._steps.clear()
            case _:
                assert isinstance(message, Alive)

    def _fail(self, actual: str) -> None:
        """Let the check fail whose result is missing."""
        if self._about is None:
            raise CannotRunError(f"cannot load {self._job.backend}: expected it to be imported, got {actual}.")
        requirement = requirements()[self._numbers[len(self._results)]]
        step = _name(self._steps[-1]) if self._steps else "client: connecting"
        steps = tuple(self._steps)
        self._results[requirement.id] = Result.of_failure(requirement, step, "an event loop that runs", actual, steps)
        self._steps.clear()


def _name(step: Step) -> str:
    return step.action if step.side == "kit" else f"{step.side}: {step.action}"


@contextmanager
def _started(job: Job, outcomes: Mapping[str, Outcome]) -> Generator[Worker]:
    context = multiprocessing.get_context("spawn")  # a fork would share this process's threads' locks
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(there, job, outcomes), daemon=True)
    process.start()
    there.close()  # so that the end of the process ends the pipe
    try:
        yield Worker(process, here)
    finally:
        process.kill()
        process.join()
        here.close()
