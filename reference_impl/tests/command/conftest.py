"""Running the command as a user does: the console script, in a process and a folder of its own."""

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from .running import IN_A_PIPE, Command, Done, write


@pytest.fixture(scope="session")
def command() -> Command:
    # The console script and not `python -m`, which would put the current folder on `sys.path`: it is what a user
    # types, and it proves the entry point.
    script = shutil.which("bareasgi-ws", path=sysconfig.get_path("scripts"))
    assert script is not None
    inherited = {name: value for name, value in os.environ.items() if name not in IN_A_PIPE}

    def run(*arguments: object, cwd: Path, environment: Mapping[str, str] = {}) -> Done:
        done = subprocess.run(
            [script, *map(str, arguments)],
            cwd=cwd,
            env={**inherited, "PYTHONUTF8": "1", **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def instead_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], dict[str, str]]:
    """Return an environment in which an installed package is another one, of this source."""

    def environment(package: str, source: str) -> dict[str, str]:
        folder = tmp_path_factory.mktemp("instead")
        write(folder, {f"{package}/__init__.py": source, f"{package}/__main__.py": ""})
        return {"PYTHONPATH": str(folder)}

    return environment
