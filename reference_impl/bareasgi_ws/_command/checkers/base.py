"""What all checkers have in common: the job, the batch of findings, and the judgement of a run."""

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from .. import canary
from ..files import display_path
from ..findings import Finding, merged


@dataclass(frozen=True)
class Job:
    """What an adapter is to check.

    Attributes:
        files: The user's files, absolute.
        canary: A file that every process of the checker is given too.
        strict: Whether to be as strict as the checker can.
        roots: The folders that imports start from, beside what the checker's configuration says.
        scratch: A temporary folder for caches, configurations and lists of files, its real path.
        cwd: The user's current folder, where the checker finds the user's configuration.
    """

    files: tuple[Path, ...]
    canary: Path
    strict: bool
    roots: tuple[Path, ...]
    scratch: Path
    cwd: Path

    @property
    def roots_elsewhere(self) -> list[Path]:
        """The outermost roots that are not below the current folder: a root inside another would name modules twice."""
        outermost = [root for root in self.roots if not set(root.parents) & set(self.roots)]
        return [root for root in outermost if not root.is_relative_to(self.cwd)]


@dataclass(frozen=True)
class Batch:
    """What one process of a checker gave.

    Attributes:
        findings: Everything it reported, the canary's findings and those of other files included.
        crash: What went wrong, as the end of a sentence that begins with the checker's name.
        silenced: Files whose errors the checker's configuration keeps back.
    """

    findings: Sequence[Finding] = ()
    crash: str | None = None
    silenced: tuple[Path, ...] = ()


@dataclass(frozen=True)
class CheckerRun:
    """A checker's verdict on the user's files.

    Attributes:
        findings: What it found in the files that it was given, the canary left out.
        crash: Why its silence means nothing, as a sentence; None where it did its work.
        notes: What it did not look at though it did its work, as sentences.
    """

    name: str
    version: str
    seconds: float
    findings: tuple[Finding, ...]
    crash: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checker:
    """A type checker: its name, what pip is to install, and its adapter."""

    name: str
    requirement: str
    check: Callable[[Job], Iterable[Batch]]

    @property
    def version(self) -> str | None:
        """The installed version; None where the checker is not installed."""
        try:
            return metadata.version(self.requirement.partition("[")[0])
        except metadata.PackageNotFoundError:
            return None

    def run(self, files: Sequence[Path], *, strict: bool = False, roots: Sequence[Path] = ()) -> CheckerRun:
        """Check the files with the Python environment and from the folder that this process has."""
        started = time.perf_counter()
        cwd = Path.cwd()
        with tempfile.TemporaryDirectory(prefix="bareasgi-ws-", ignore_cleanup_errors=True) as folder:
            scratch = Path(folder).resolve()
            absolute = tuple(Path(os.path.abspath(file)) for file in files)
            job = Job(absolute, canary.write(scratch), strict, tuple(roots), scratch, cwd)
            batches = list(self.check(job))
        seconds = time.perf_counter() - started
        return judge(self.name, self.version or "?", seconds, job, batches)


def judge(name: str, version: str, seconds: float, job: Job, batches: Sequence[Batch]) -> CheckerRun:
    """Separate the user's findings from the canary's, and find out whether the checker did its work."""
    crashes: list[str] = []
    notes: list[str] = []
    for batch in batches:
        canary_findings = _in_files(batch.findings, [job.canary])
        reason = batch.crash or canary.failure(canary_findings)
        crashes += [f"{name} {reason}"] if reason else []
        unreported = canary.unreported_errors(canary_findings)
        notes += [f"{name} {unreported}"] if unreported else []
    silenced = sorted({file for batch in batches for file in batch.silenced} & set(job.files))
    if silenced:
        sentence = f"{name} reports no errors of {_listed(silenced, job.cwd)}: your configuration of it silences them."
        (crashes if len(silenced) == len(job.files) else notes).append(sentence)
    return CheckerRun(
        name=name,
        version=version,
        seconds=seconds,
        findings=tuple(merged(one for batch in batches for one in _in_files(batch.findings, job.files))),
        crash=" ".join(dict.fromkeys(crashes)) or None,
        notes=tuple(dict.fromkeys(notes)),
    )


def _in_files(findings: Iterable[Finding], files: Iterable[Path]) -> list[Finding]:
    """Keep the findings in these files, under the names that the files have here.

    mypy reports errors in the modules that a file imports too; the others do not.
    """
    names = {os.path.realpath(file): file for file in files}
    real = ((one, names.get(os.path.realpath(one.file))) for one in findings)
    return [replace(one, file=name) for one, name in real if name is not None]


def _listed(files: Sequence[Path], cwd: Path) -> str:
    names = ", ".join(display_path(file, cwd) for file in files[:5])
    return names if len(files) <= 5 else f"{names} and {len(files) - 5} more files"
