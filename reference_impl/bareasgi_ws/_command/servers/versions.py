"""The version of the server that a command starts."""

import os
import shutil
import sysconfig
from collections.abc import Sequence
from importlib.metadata import entry_points, packages_distributions, version
from pathlib import Path


def versions_of(arguments: Sequence[str]) -> dict[str, str]:
    """Return the version of the package whose program, or module, a command runs.

    It is known of a command of the environment in which this runs; of another it is left out.
    """
    program = shutil.which(arguments[0])
    if program is None or not os.path.samefile(Path(program).parent, sysconfig.get_path("scripts")):
        return {}
    if "-m" in arguments[:-1]:
        module = arguments[arguments.index("-m") + 1].partition(".")[0]
        return {name: version(name) for name in packages_distributions().get(module, ())}
    scripts = entry_points(group="console_scripts", name=Path(program).stem)
    return {script.dist.name: script.dist.version for script in scripts if script.dist}
