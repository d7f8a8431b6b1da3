"""What the page answers to a person who sees nothing."""

from pathlib import Path

import pytest

from tools.lsp.editor import editing
from tools.lsp.features import MISTAKE, TUTORIAL
from tools.lsp.project import Project, create
from tools.lsp.servers import ENVIRONMENT, SERVERS

from .conftest import require

pytestmark = pytest.mark.slow


def reported(name: str, project: Project) -> list[int]:
    """Return the lines of the errors that a server reports which no setting tells anything."""
    server = next(server for server in SERVERS if server.name == name)
    require(server)
    with editing(server, project, told=False) as editor:
        return [line for line, _ in editor.errors(TUTORIAL)]


@pytest.fixture
def project(packages: dict[str, Path], tmp_path: Path) -> Project:
    return create(tmp_path / "chat", packages["wheel"], ENVIRONMENT / "bin" / "python")


def test_pyrefly_reports_no_errors_in_a_project_that_does_not_configure_it(project: Project) -> None:
    assert reported("pyrefly", project) == []


@pytest.mark.parametrize(("file", "text"), [("pyrefly.toml", ""), ("pyproject.toml", "[tool.pyrefly]\n")])
def test_pyrefly_reports_errors_in_a_project_that_configures_it(project: Project, file: str, text: str) -> None:
    with (project.folder / file).open("a", encoding="utf-8") as configuration:
        configuration.write(text)
    assert reported("pyrefly", project) == [MISTAKE]


def test_a_server_that_does_not_know_the_environment_reports_the_import(project: Project) -> None:
    assert reported("pyright", project) == [1]
