"""Running a backend in processes of their own, each ended where it blocks the event loop or does not answer."""

import multiprocessing
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from ...conformance._failures import parted
from ...conformance._playing import failed_outcome
from ...conformance.report import Moment, Outcome, Result
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
        self._record: list[Moment] = []

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
                self._begun(len(self._results), f"{message.requirement} {message.step}")
                self._record.append(_moment(message.step))
            case Result():
                self._results[message.requirement.id] = message
                self._record.clear()
            case _:
                assert isinstance(message, Alive)

    def _fail(self, came: str) -> None:
        """Let the check fail whose result is missing."""
        if self._about is None:
            raise CannotRunError(f"cannot load {self._job.backend}: expected it to be imported, got {came}.")
        requirement = requirements()[self._numbers[len(self._results)]]
        epoch = self._record[0].began if self._record else 0.0
        record = tuple(one._replace(began=one.began - epoch, ended=one.ended - epoch) for one in self._record)
        step = f"{record[-1].who}: {record[-1].step}" if record else "client: connecting"
        outcome = failed_outcome(requirement)
        self._results[requirement.id] = Result(requirement, outcome, step, "an event loop that runs", came, record)
        self._record.clear()


def _moment(step: str) -> Moment:
    now = time.perf_counter()
    return Moment(now, now, 1, *parted(step), "began", False)


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
