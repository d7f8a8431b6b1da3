"""The ways in which a server learns where the user's packages are."""

from pathlib import Path
from typing import NamedTuple

from .editor import editing
from .features import FEATURES
from .project import create
from .servers import ENVIRONMENT, Server


class Way(NamedTuple):
    """A way to learn of the environment.

    Attributes:
        title: What it is, to a person.
        environment: Where the environment is, from the project's folder.
        activated: Whether the editor was started from a shell in which it is activated.
    """

    title: str
    environment: str
    activated: bool


WAYS = {
    "environment_found": Way("finds the environment in `.venv` untold", ".venv", activated=False),
    "environment_activated": Way(
        "takes the environment that is active where the editor starts", "../elsewhere", activated=True
    ),
}
"""What is compared with the committed table beside the features."""


def finds(server: Server, way: Way, folder: Path, package: Path) -> bool:
    """Tell whether a server that no setting tells about the environment knows the package."""
    project = create(folder / "project", package, ENVIRONMENT / "bin" / "python", way.environment)
    with editing(server, project, told=False, activated=way.activated) as editor:
        return FEATURES["completion_members"].supported(editor)
