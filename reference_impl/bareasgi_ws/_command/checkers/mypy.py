"""The adapter for mypy.

mypy's configuration is the user's: it finds the file itself, from the current folder. To it are added
``--check-untyped-defs`` or ``--strict``, which lift what the configuration leaves lower, except in its per-module
sections. Its ``exclude`` does not count for files given by name; its ``ignore_errors`` does, and is reported.

What mypy 2.4.1 cannot tell: that a file says ``# mypy: ignore-errors`` or begins with ``# type: ignore``. That is the
author's own word, in the file itself.
"""

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..findings import Finding
from .base import Batch, Job
from .mypy_output import Output, Source, namespace_package, parse_output, parse_sources, without_duplicates
from .process import Process, run_python


class _StoppedError(Exception):
    """mypy did not come as far as to check; the text says why."""


def check(job: Job) -> Iterator[Batch]:
    """Check the files: in one process, unless two of them would be the same module."""
    try:
        for group in without_duplicates(_sources(job, job.files)):
            yield from _check_group(job, group)
    except _StoppedError as problem:
        yield Batch(crash=str(problem))


def _sources(job: Job, files: Sequence[Path], package: Path | None = None) -> list[Source]:
    """Ask mypy which module it takes each file for."""
    script = Path(__file__).with_name("mypy_sources.py")
    process = run_python([str(script), *_arguments(job, files, package)], _environment(job))
    if process.returncode != 0:
        raise _StoppedError(_crash(process, parse_output(process.stdout, process.stderr)))
    return parse_sources(process.stdout)


def _check_group(job: Job, sources: Sequence[Source], package: Path | None = None) -> Iterator[Batch]:
    """Run mypy until nothing stops it.

    A syntax error anywhere stops mypy 2.4.1 before it checks the other files. So what stopped it is reported, and the
    next run has something that may be anything in that file's place.
    """
    files = [source.file for source in sources]
    silenced = tuple(source.file for source in sources if source.silenced)
    broken: dict[Path, list[Finding]] = {}
    while True:
        process = _run(job, files, broken, package)
        output = parse_output(process.stdout, process.stderr)
        findings = [one for kept in broken.values() for one in kept] + _of(output.findings, [*files, job.canary])
        if process.returncode == 0 or (process.returncode == 1 and output.findings):
            yield Batch(findings, silenced=silenced)
            return
        untold = namespace_package(output.findings, [job.cwd, *job.roots])
        if untold and not package and any(path.is_relative_to(untold) for path in (*files, *job.roots)):
            yield from _check_apart(job, sources, untold)
            return
        stopped_by = output.blockers(broken) - {job.canary}
        if process.returncode != 2 or not stopped_by:
            yield Batch(findings, _crash(process, output))
            return
        broken |= {file: _of(output.findings, [file]) for file in sorted(stopped_by)}


def _check_apart(job: Job, sources: Sequence[Source], package: Path) -> Iterator[Batch]:
    """Check the files of a package that has no ``__init__.py`` as such, and the others as they were."""
    inside = [source.file for source in sources if source.file.is_relative_to(package)]
    outside = [source for source in sources if source.file not in inside]
    # A module's name begins below the first root upwards: a root inside the package would cut it short. And the
    # package's `types.py` would still be taken for the standard library's.
    job = replace(job, roots=tuple(root for root in job.roots if not root.is_relative_to(package)))
    if inside:
        yield from _check_group(job, _sources(job, inside, package), package)
    if outside:
        yield from _check_group(job, outside)


def _run(job: Job, files: Sequence[Path], broken: Collection[Path], package: Path | None) -> Process:
    stand_in = job.scratch / "anything.pyi"
    stand_in.write_text("from typing import Any\ndef __getattr__(name: str) -> Any: ...\n", encoding="utf-8")
    shadows = [word for file in broken for word in ("--shadow-file", str(file), str(stand_in))]
    whole = [file for file in files if file not in broken]
    arguments = _arguments(job, [*whole, job.canary], package, shadows)
    return run_python(["-m", "mypy", *arguments], _environment(job))


def _arguments(job: Job, files: Sequence[Path], package: Path | None, shadows: Sequence[str] = ()) -> list[str]:
    """Write the arguments into a file: a command line has no room for very many files."""
    arguments = [
        "--output=json",
        "--show-absolute-path",
        # Nothing is left in the user's folder, which may be read-only.
        f"--cache-dir={job.scratch / 'mypy_cache'}",
        f"--python-executable={sys.executable}",
        "--strict" if job.strict else "--check-untyped-defs",
        *(["--explicit-package-bases"] if package else []),
        *shadows,
        *map(str, files),
    ]
    listing = job.scratch / "mypy_arguments.txt"
    listing.write_bytes(os.fsencode("\n".join(arguments)))
    return [f"@{listing}"]


def _environment(job: Job) -> dict[str, str]:
    # mypy 2.4.1 ends with "is in the MYPYPATH" where a folder of installed packages is on it.
    roots = [str(root) for root in job.roots if "site-packages" not in root.parts]
    return {"MYPYPATH": os.pathsep.join([*roots, *filter(None, [os.environ.get("MYPYPATH")])])}


def _crash(process: Process, output: Output) -> str:
    if output.crashed_at:
        return f"crashed at {output.crashed_at}. Leave that file out, and report the crash to the authors of mypy."
    if process.returncode != 2 or not output.findings:
        return process.crash()
    last = output.findings[-1]
    return f"was stopped by {last.file}, line {last.line}, before it checked anything: {last.message.splitlines()[0]}"


def _of(findings: Sequence[Finding], files: Collection[Path]) -> list[Finding]:
    wanted = set(files)
    return [one for one in findings if one.file in wanted]
