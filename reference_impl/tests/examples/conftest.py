"""Each test runs for the typed and for the untyped example."""

import runpy
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from .served import EXAMPLES, Served


@pytest.fixture(params=["web_socket.py", "web_socket_nt.py"])
def path(request: pytest.FixtureRequest) -> Path:
    name: str = request.param
    return EXAMPLES / name


@pytest.fixture
def example(path: Path) -> dict[str, Any]:
    """Everything that the example's module defines."""
    return runpy.run_path(str(path))


@pytest.fixture
def served(path: Path) -> Generator[Served]:
    command = [sys.executable, str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield Served(process, process.stderr)
        finally:
            process.kill()
