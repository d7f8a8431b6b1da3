"""What the tests of pages that are sessions share."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copyfile

import pytest

from .sessions import Environment


@pytest.fixture
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment of Python with nothing in it but the stand-in for pip."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "pip").mkdir()
    copyfile(Path(__file__).with_name("stand_in_pip.py"), site / "pip" / "__main__.py")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    path = os.pathsep.join([str(folder / "bin"), os.defpath])
    return {**inherited, "PATH": path, "STAND_IN_SOURCE": sys.prefix, "STAND_IN_WHEEL": str(wheel), "COLUMNS": "80"}
