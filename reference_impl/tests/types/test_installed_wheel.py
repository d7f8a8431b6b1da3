"""The cases once more, against the wheel as a user installs it: from an empty folder, the checkout out of reach.

A few, which import from every part: the wheel's files are the checkout's, as test_wheel.py shows, and what is left to
prove is that the checkers find them. All that is written by hand is for ``make nightly``.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from typecheck_tests import case_files
from typecheck_tests.runner import NAMES

pytestmark = pytest.mark.slow
CHECKOUT = case_files.HOME.parent
FEW = ["public_names", "adapter_*", "asgi_serve", "conformance_pytest", "testing_connect"]


@dataclass(frozen=True)
class Installed:
    """An environment in which the wheel is installed, and beside it a folder with the case files.

    Attributes:
        python: Its interpreter.
        packages: Where the wheel is unpacked.
        folder: The folder.
    """

    python: Path
    packages: Path
    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.python), *arguments]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Installed:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # The checkers and the peers come from where the tests run. A folder that a .pth file adds has its own .pth files
    # passed over, so the editable install does not come with it.
    (packages / "peers.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    folder = tmp_path / "empty"
    for part in (case_files.HOME, case_files.EXAMPLES):
        shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns("__pycache__", *case_files.GENERATED))
    return Installed(environment / "bin" / "python", packages, folder)


def keep(installed: Installed, *patterns: str) -> None:
    for case in (installed.folder / case_files.HOME.name).glob("*/*.py"):
        if not any(case.match(f"{pattern}.py") for pattern in (*patterns, "__init__")):
            case.unlink()


@pytest.mark.parametrize("patterns", [FEW, pytest.param(["*"], marks=pytest.mark.nightly)], ids=["few", "all"])
def test_the_cases_hold_for_the_wheel(patterns: list[str], installed: Installed) -> None:
    keep(installed, *patterns)
    done = installed.run("-m", "typecheck_tests.runner")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_checkout_is_out_of_reach(installed: Installed) -> None:
    done = installed.run("-c", "import bareasgi_ws, sys; print(bareasgi_ws.__file__, *sys.path, sep='\\n')")
    origin, *path = done.stdout.splitlines()
    assert Path(origin).is_relative_to(installed.packages)
    assert not {str(CHECKOUT), str(CHECKOUT / "reference_impl")} & set(path)


def test_a_name_that_the_wheel_lacks_is_missed(installed: Installed) -> None:
    stub = installed.packages / "bareasgi_ws-stubs" / "__init__.pyi"
    text = stub.read_text(encoding="utf-8")
    assert text.count("CloseCode") == 2
    keep(installed, "websocket_close")  # one file that needs the name is enough
    stub.write_text(text.replace("from .close_code import CloseCode\n", "").replace('    "CloseCode",\n', ""))
    done = installed.run("-m", "typecheck_tests.runner")
    assert done.returncode == 1, done.stdout + done.stderr
    for checker in NAMES:
        assert f"websocket_close.py:5: unexpected, {checker}: " in done.stdout
