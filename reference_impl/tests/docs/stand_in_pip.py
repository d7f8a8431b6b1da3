"""What stands in for pip where there is no network: ``python -m pip install``, from what is installed already.

The package itself is installed from its wheel. Of the rest, what its metadata asks for is linked from the development
environment, and nothing else, in the versions that are asked for.
"""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution
from pathlib import Path

sys.path.append(sysconfig.get_path("purelib", vars={"base": os.environ["STAND_IN_SOURCE"]}))

from packaging.requirements import Requirement

TARGET = sysconfig.get_path("purelib")


def install(requirement: Requirement, done: set[str]) -> None:
    """Install what is required, and what that requires."""
    if str(requirement) in done:
        return
    done.add(str(requirement))
    distribution = install_wheel() if requirement.name == "bareasgi-ws" else link(requirement.name)
    if not requirement.specifier.contains(distribution.version):
        sys.exit(f"{requirement} is asked for, and {distribution.version} is there")
    for needed in map(Requirement, distribution.requires or ()):
        if not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in {"", *requirement.extras}):
            install(needed, done)


def install_wheel() -> Distribution:
    """Install the wheel of this tree, with the development environment's pip."""
    pip = [
        f"{os.environ['STAND_IN_SOURCE']}/bin/python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--python",
        sys.executable,
    ]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", os.environ["STAND_IN_WHEEL"]], check=True)
    return found("bareasgi-ws", TARGET)


def link(name: str) -> Distribution:
    """Link the packages and programs of a distribution."""
    distribution = found(name, sys.path[-1])
    files = [path for path in distribution.files or () if path.parts[0] != "__pycache__"]
    tops = {path.parts[0] for path in files if path.parts[0] != ".."}
    programs = {str(path) for path in files if path.parts[0] == ".." and path.parent.name == "bin"}
    for top in tops | programs:
        place = Path(os.path.normpath(f"{TARGET}/{top}"))
        if not place.exists():
            place.symlink_to(os.path.normpath(str(distribution.locate_file(top))))
    return distribution


def found(name: str, folder: str) -> Distribution:
    """Find an installed distribution."""
    return next(iter(Distribution.discover(name=name, path=[folder])))


def lines(arguments: Iterable[str]) -> Iterator[str]:
    """Yield each requirement of a command line, those in files named there too."""
    words = iter(arguments)
    for word in words:
        yield from Path(next(words)).read_text("utf-8").splitlines() if word == "-r" else [word]


if __name__ == "__main__":
    assert sys.argv[1] == "install"
    for line in lines(sys.argv[2:]):
        install(Requirement(line), set())
