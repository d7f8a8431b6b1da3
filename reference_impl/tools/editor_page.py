"""The page about editors: its prose, with what the servers answered. It asks none; it reads the committed table."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tools.tables import filled, table

PROSE = Path(__file__).with_suffix(".md")
TABLE = Path(__file__).with_suffix(".json")
COMMAND = "RECORD=1 python -m pytest reference_impl/tests/editors"
PYTHON = "PYTHON"
"""Stands in settings for the interpreter of the user's environment."""


class Server(NamedTuple):
    """A language server.

    Attributes:
        name: What people call it.
        package: What it is installed as.
        command: What starts it.
        settings: What the user's settings say, where it has to be told something.
        options: What the editor tells it as it begins, likewise.
    """

    name: str
    package: str
    command: str
    settings: Mapping[str, Any] = {}
    options: Mapping[str, Any] = {}


SERVERS = [
    Server("pyright", "pyright", "pyright-langserver --stdio", settings={"python": {"pythonPath": PYTHON}}),
    Server("basedpyright", "basedpyright", "basedpyright-langserver --stdio"),
    Server("ty", "ty", "ty server"),
    # The project configures nothing, and then it reports no errors.
    Server("pyrefly", "pyrefly", "pyrefly lsp", settings={"python": {"pyrefly": {"displayTypeErrors": "force-on"}}}),
    Server("zuban", "zuban", "zuban server"),
    Server("jedi", "jedi-language-server", "jedi-language-server", options={"workspace": {"environmentPath": PYTHON}}),
]


def read() -> dict[str, dict[str, str]]:
    """Read the versions, the names of the servers that support each feature, and what a person sees."""
    table: dict[str, dict[str, str]] = json.loads(TABLE.read_text("utf-8"))
    return table


def configuration(server: Server, *, told: bool = True) -> str:
    """Write what the user's init.lua says for a server; the settings are left out where it is told nothing."""
    settings = {"settings": server.settings, "init_options": server.options} if told else {}
    lines = [
        f'vim.lsp.config("{server.name}", {{',
        f"  cmd = {{ {', '.join(map(json.dumps, server.command.split()))} }},",
        '  filetypes = { "python" },',
        '  root_markers = { "pyproject.toml", ".git" },',
        *(f"  {name} = {_lua(value)}," for name, value in settings.items() if value),
        "})",
        f'vim.lsp.enable("{server.name}")',
    ]
    return "\n".join(lines) + "\n"


def page() -> str:
    """Write the page."""
    kept = read()
    versions = kept["versions"]
    names = [server.name for server in SERVERS]
    support = (
        [title, *("yes" if one in by.split() else "no" for one in names)] for title, by in kept["support"].items()
    )
    parts = {
        "COMMAND": f"`{COMMAND}`",
        "SUPPORT": table(["", *(f"{name} {versions[name]}" for name in names)], support),
        "SERVERS": table(["", "package", "command", "settings", "initialization options"], map(_row, SERVERS)),
        **{f"NEOVIM_{server.name.upper()}": configuration(server) for server in SERVERS},
        "NEOVIM": versions["neovim"],
        "ERRORS": _quoted(kept["errors"]),
        "SIGNATURES": _quoted(kept["signatures"]),
    }
    return filled(PROSE, parts)


def _row(server: Server) -> list[str]:
    told = (f"`{json.dumps(one)}`" if one else "" for one in (server.settings, server.options))
    return [server.name, f"`{server.package}`", f"`{server.command}`", *told]


def _quoted(texts: Mapping[str, str]) -> str:
    return "\n".join(f"- {name}: `` {text} ``" for name, text in texts.items() if text)


def _lua(value: Mapping[str, Any] | str) -> str:
    if value == PYTHON:
        return 'vim.fn.getcwd() .. "/.venv/bin/python"'
    if isinstance(value, str):
        return json.dumps(value)
    return f"{{ {', '.join(f'{name} = {_lua(one)}' for name, one in value.items())} }}"
