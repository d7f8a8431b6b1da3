"""The two generations of bareASGI, each in an environment of its own that ``make test`` makes."""

import json
import subprocess
from pathlib import Path
from typing import Any

from .required_programs import missing_program

ROOT = Path(__file__).parents[2]
GENERATIONS = (3, 5)


def program(generation: int, name: str) -> Path:
    """Find a program of the environment; the test is skipped, or fails, where that is not there."""
    found = ROOT / f".venv-bareasgi-{generation}" / "bin" / name
    if not found.exists():
        missing_program(f"bareASGI {generation}, for which make test makes .venv-bareasgi-{generation},")
    return found


def results(generation: int, backend: str, folder: Path, *options: str) -> dict[str, dict[str, Any]]:
    """Hold a backend to the requirements there, and give the results by requirement id."""
    command = [str(program(generation, "bareasgi-ws")), "conformance", backend, *options, "--json", "-"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return {result["requirement"]["id"]: result for result in json.loads(done.stdout)["results"]}
