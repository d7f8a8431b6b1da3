"""The one wheel: what is in it, and that its tests pass on every supported interpreter."""

import os
import subprocess
import sys
from email.parser import Parser
from pathlib import Path

import pytest

from ..required_programs import missing_program

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.slow


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_it_holds_both_packages_and_nothing_else(unpacked: Path) -> None:
    packed = {name: content for name, content in files(unpacked).items() if ".dist-info/" not in name}
    packages = {"bareasgi_ws": ROOT / "reference_impl" / "bareasgi_ws", "bareasgi_ws-stubs": ROOT / "bareasgi_ws-stubs"}
    expected = {f"{package}/{name}": one for package, home in packages.items() for name, one in files(home).items()}
    assert packed.keys() == expected.keys()
    assert [name for name in packed if packed[name] != expected[name]] == []


def test_it_needs_typing_extensions_below_python_3_13_and_nothing_else(unpacked: Path) -> None:
    (metadata,) = unpacked.glob("*.dist-info/METADATA")
    needs = Parser().parsestr(metadata.read_text()).get_all("Requires-Dist", [])
    assert [need for need in needs if "extra ==" not in need] == ["typing-extensions>=4.13; python_version < '3.13'"]
    assert Parser().parsestr(metadata.read_text())["Requires-Python"] == ">=3.11"


# The oldest and the newest daily; what is between them nightly.
@pytest.mark.parametrize("version", ["3.11", pytest.param("3.12", marks=pytest.mark.nightly), "3.13", "3.14"])
def test_the_unit_tests_pass_on_the_interpreter(version: str, unpacked: Path) -> None:
    if version == "{}.{}".format(*sys.version_info):
        pytest.skip(f"all tests run on Python {version} here")
    python = ROOT / f".venv-{version}" / "bin" / "python"
    if not python.exists():
        if version == "3.14":
            pytest.skip("Python 3.14 is not there; test_python_3_14.py tries it in WebAssembly")
        missing_program(f"Python {version}, for which make test makes .venv-{version},")
    kit = [f"conformance/test_{name}.py" for name in ("kit", "profiles", "reference", "requirements", "run")]
    tests = [f"reference_impl/tests/{name}" for name in ("unit", "backends", *kit)]
    fast = ["-m", "not slow"]
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *fast, *tests]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(unpacked)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
