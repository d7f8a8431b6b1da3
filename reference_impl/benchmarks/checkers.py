"""What importing a library costs a user's own type check: one file with one handler, no cache.

Run ``make costs``. It makes ``.venv-costs``, with the checkers and the other libraries, and runs this, which installs
the wheel of this tree there. Each checker in turn checks each library's handler, round after round, the handlers in a
new order each time, every one in a new folder. A figure is the median over the rounds of the time with the library
divided by the time of the handler without one in the same round. They are written to
``reference_impl/benchmarks/results/checkers.toml``, and never asserted.

The time is the processor's, which other work on the machine disturbs least. The first round is not counted: after it
the operating system has the files in memory. What is not installed is left out by name.
"""

import os
import random
import resource
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from checker_costs import BASE, COMMAND, RESULTS
from checker_handlers import HANDLERS
from lsp.project import ROOT, build_wheel

ENVIRONMENT = ROOT / ".venv-costs"
BIN = ENVIRONMENT / "bin"
VARIABLES = {"PATH": f"{BIN}{os.pathsep}{os.defpath}", "VIRTUAL_ENV": str(ENVIRONMENT)}

COMMANDS = {
    "mypy": ["mypy", "--strict"],
    "pyright": ["pyright"],
    "basedpyright": ["basedpyright", "--level=error"],
    "ty": ["ty", "check"],
    "pyrefly": ["pyrefly", "check"],
    "zuban": ["zuban", "check", "--strict"],
}
"""What a user types, before the name of the file."""

ROUNDS = {"mypy": 20, "pyright": 20, "basedpyright": 20, "ty": 60, "pyrefly": 60, "zuban": 60}
"""A check of a few hundredths of a second differs more from one time to the next."""

Times = dict[str, float]
"""Seconds, by library."""


def installed(names: Collection[str]) -> dict[str, str]:
    """Return the version of each distribution that is there, and name the others."""
    program = "import importlib.metadata as m; print(*(f'{one.name}=={one.version}' for one in m.distributions()))"
    done = subprocess.run([BIN / "python", "-c", program], capture_output=True, text=True, check=True)
    there = dict(one.split("==") for one in done.stdout.lower().split())
    for name in sorted(set(names) - set(there)):
        print(f"{name}: not installed, left out")
    return {name: there[name] for name in names if name in there}


def install_wheel() -> None:
    """Install the wheel of this tree beside the checkers."""
    with TemporaryDirectory() as folder:
        install = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--force-reinstall"]
        subprocess.run([BIN / "python", *install, build_wheel(Path(folder))], check=True)


def measure(checker: str, library: str) -> float:
    """Check the library's handler in a folder where nothing else is, and give the seconds of the processor."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (Path(folder) / "handler.py").write_text(HANDLERS[library], "utf-8")
        began = spent()
        done = subprocess.run(
            [*COMMANDS[checker], "handler.py"],
            cwd=folder,
            env=VARIABLES | {"HOME": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = spent() - began
    if done.returncode:
        raise RuntimeError(f"{checker} is to find no error with {library}:\n{done.stdout}{done.stderr}")
    return seconds


def spent() -> float:
    """Return the seconds of the processor that all processes started here took, and those that they started."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def one_round(checker: str, libraries: Iterable[str]) -> Times:
    """Let the checker check every handler once."""
    handlers = [BASE, *libraries]
    return {library: measure(checker, library) for library in random.sample(handlers, len(handlers))}


def measure_all(checkers: Iterable[str], libraries: Iterable[str]) -> dict[str, list[Times]]:
    """Return each checker's rounds, the first of which warms up."""
    rounds: dict[str, list[Times]] = {checker: [] for checker in checkers}
    for number in range(max(ROUNDS.values()) + 1):
        for checker, measured in rounds.items():
            if number <= ROUNDS[checker]:
                measured.append(one_round(checker, libraries))
    return {checker: measured[1:] for checker, measured in rounds.items()}


def ratio(rounds: Iterable[Times], library: str) -> float:
    """Return the median ratio to the handler without a library."""
    return median(times[library] / times[BASE] for times in rounds)


def main() -> None:
    """Write the figures, and print them."""
    install_wheel()
    checkers, libraries = installed(COMMANDS), installed([name for name in HANDLERS if name != BASE])
    rounds = measure_all(checkers, libraries)
    lines = [f"# Median ratios to {BASE}; `{COMMAND}` writes the file anew.", "", "[libraries]"]
    lines += [f'{name} = "{version}"' for name, version in libraries.items()]
    for checker, version in checkers.items():
        lines += ["", f"[checkers.{checker}]", f'version = "{version}"', f"[checkers.{checker}.ratios]"]
        lines += [f"{library} = {ratio(rounds[checker], library):.2f}" for library in libraries]
    RESULTS.write_text("\n".join([*lines, ""]), "utf-8")
    print(RESULTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
