"""Starting a checker, from the environment of the Python that runs this command."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata

# Windows takes 32 767 characters in all, and Linux, as it is usually set up, 2 MiB, the environment included.
LONGEST_COMMAND = 30_000 if os.name == "nt" else 1_000_000


@dataclass(frozen=True)
class Process:
    """A process that has ended."""

    returncode: int
    stdout: str
    stderr: str

    def crash(self) -> str:
        """Say that the process failed, with the last line that it wrote."""
        lines = (self.stderr.strip() or self.stdout.strip() or "(it wrote nothing)").splitlines()
        return f"failed with exit status {self.returncode}: {lines[-1].strip()}"


def run_python(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Process:
    """Run ``python ARGUMENTS`` in the current folder."""
    return _run([sys.executable, *arguments], environment)


def run_program(name: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Process:
    """Run the program that the distribution of the same name has installed, in the current folder."""
    return _run([_program(name), *arguments], environment)


def in_commands(files: Sequence[str]) -> Iterator[list[str]]:
    """Divide files so that each part has room on a command line, for a checker that reads no list of files."""
    part: list[str] = []
    length = 0
    for file in files:
        if part and length + len(file) > LONGEST_COMMAND:
            yield part
            part, length = [], 0
        part.append(file)
        length += len(file) + 1
    yield part


def _program(name: str) -> str:
    # As the installer recorded it: it may lie beside another Python's scripts, and nowhere on PATH.
    recorded = metadata.files(name) or []
    found = [str(file.locate()) for file in recorded if file.stem == name and file.parent.name in ("bin", "Scripts")]
    return found[0] if found else name


def _run(command: Sequence[str], environment: Mapping[str, str] | None) -> Process:
    done = subprocess.run(
        command,
        # Without PYTHONSAFEPATH the current folder is the first on `sys.path`, and a user's own `types.py` or `json.py`
        # there ends every checker: those that are a program start Python too, to ask it for its folders.
        env={**os.environ, "PYTHONSAFEPATH": "1", **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Process(done.returncode, done.stdout, done.stderr)
