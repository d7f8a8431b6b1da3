"""A user's project: a folder with an environment of its own, in which the package is installed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]

CARET = "‸"
"""Where the cursor is, in the code of a question."""


class Project(NamedTuple):
    """A user's project.

    Attributes:
        folder: What the editor has open.
        python: The interpreter of its environment.
    """

    folder: Path
    python: Path


def create(folder: Path, package: Path, python: Path, environment: str = ".venv") -> Project:
    """Create a project with this wheel installed, which may be an editable one.

    The interpreter is 3.13 or newer, where the package needs no other.
    """
    project = Project(folder, folder / environment / "bin" / "python")
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").write_text('[project]\nname = "chat"\nversion = "1"\nrequires-python = ">=3.13"\n')
    subprocess.run([python, "-m", "venv", "--without-pip", folder / environment], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(project.python)]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(package)], check=True)
    return project


def build_wheel(folder: Path) -> Path:
    """Build this tree's wheel."""
    return _build("build_wheel", folder)


def build_editable(folder: Path) -> Path:
    """Build what ``pip install --editable`` installs of this tree."""
    return _build("build_editable", folder)


BUILDS: dict[str, Callable[[Path], Path]] = {"wheel": build_wheel, "editable": build_editable}
"""The ways to install the package: the name of each, and what builds it."""


def _build(hook: str, folder: Path) -> Path:
    """Call a hook of the build backend (PEP 517, PEP 660), as pip does."""
    folder.mkdir(exist_ok=True)
    program = f"import sys, hatchling.build; hatchling.build.{hook}(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, str(folder)], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built
