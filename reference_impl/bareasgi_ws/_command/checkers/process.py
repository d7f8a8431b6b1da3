"""Starting a checker, with the Python that runs this command."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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
    """Run ``python ARGUMENTS`` in the current folder.

    With ``-P``: else the current folder is the first on ``sys.path``, and a user's own ``types.py`` or ``json.py``
    there ends every checker.
    """
    done = subprocess.run(
        [sys.executable, "-P", *arguments],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Process(done.returncode, done.stdout, done.stderr)
