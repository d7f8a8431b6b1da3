"""Neovim, with the configuration that the page gives: what comes up on its screen."""

import re

import pytest

from tools.lsp import neovim, table
from tools.lsp.docstrings import docstring, shows
from tools.lsp.features import MEMBERS, MISTAKE
from tools.lsp.project import Project
from tools.lsp.servers import Server

from ..programs import missing

pytestmark = pytest.mark.slow


@pytest.fixture
def screens(server: Server, projects: dict[str, Project]) -> dict[str, str]:
    if not neovim.PROGRAM.exists():
        missing("Neovim, which make test installs in .venv-editors,")
    with neovim.editing(server, projects["wheel"]) as editor:
        return editor.screens(errors=table.read()[server.name].features["diagnostics_mistake"])


def test_a_person_sees_what_the_server_says(server: Server, screens: dict[str, str]) -> None:
    recorded = table.read()[server.name].features
    assert shows(screens["hover"], docstring("receive"))
    assert re.search(r"^[ -]*WebSocketError\b", screens["hover"], re.MULTILINE), "what is raised has lines of its own"
    assert {line.split()[0] for line in screens["completion"].splitlines()} >= set(MEMBERS)
    assert shows(screens["signature"], docstring("close")) == recorded["signature_close"]
    if recorded["diagnostics_mistake"]:
        assert screens["errors"] == str(MISTAKE)
        assert screens["mistake"].startswith("Diagnostics:")
    if server.name == neovim.CAPTURED:
        assert screens == neovim.read()["screens"]


def test_the_version_is_the_one_recorded() -> None:
    if not neovim.PROGRAM.exists():
        missing("Neovim, which make test installs in .venv-editors,")
    assert neovim.version() == neovim.read()["version"]
