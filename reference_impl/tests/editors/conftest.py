"""A user's project, and the servers that have it open."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from tools.lsp import table
from tools.lsp.editor import Editor, editing
from tools.lsp.project import BUILDS, Project, create
from tools.lsp.servers import ENVIRONMENT, SERVERS, Server, installed

from ..programs import missing


class Asked(NamedTuple):
    """A server that has the user's project open, and what is recorded of it."""

    server: Server
    editor: Editor
    recorded: table.Entry


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """This tree, built in each way in which it can be installed."""
    folder = tmp_path_factory.mktemp("packages")
    return {name: build(folder / name) for name, build in BUILDS.items()}


@pytest.fixture(scope="session")
def projects(packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    folder = tmp_path_factory.mktemp("projects")
    python = ENVIRONMENT / "bin" / "python"
    return {name: create(folder / name, package, python) for name, package in packages.items()}


@pytest.fixture(params=SERVERS, ids=lambda server: server.name)
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.param
    require(found)
    return found


@pytest.fixture(
    scope="module",
    params=product(SERVERS, BUILDS),
    ids=lambda pair: f"{pair[0].name}-{pair[1]}",
)
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    server, install = request.param
    require(server)
    projects: dict[str, Project] = request.getfixturevalue("projects")
    with editing(server, projects[install]) as editor:
        yield Asked(server, editor, table.read()[server.name])


def require(server: Server) -> None:
    if not installed(server):
        missing(f"{server.distribution}, for which make test makes .venv-editors,")


def compare(server: Server, feature: str, *, supported: bool) -> None:
    recorded = table.read()[server.name].features[feature]
    if supported and not recorded:
        pytest.fail(f"FIXED: {server.name} has come to support {feature}; record it with {table.COMMAND}")
    assert supported or not recorded, f"REGRESSION: {server.name} does not support {feature} any more"
