"""Neovim itself, without a terminal: keys go in, and what is on its screen comes out."""

import json
import os
import signal
import subprocess
import tempfile
import tomllib
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .features import MISTAKE, TUTORIAL
from .project import Project
from .servers import ENVIRONMENT, PYTHON, Server, Settings
from .table import COMMAND, FOLDER

PROGRAM = ENVIRONMENT / "bin" / "nvim"
SCRIPT = Path(__file__).with_suffix(".lua")
CAPTURES = FOLDER / "neovim.toml"
CAPTURED = "pyright"
"""The server whose screens are kept."""

GRACE = 10.0

AWAY = ":silent! fclose<CR>"
"""Closes the window that floats."""


def version() -> str:
    """Return Neovim's version."""
    done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[1].removeprefix("v")


def read() -> dict[str, Any]:
    """Read the version that was run, and what was on its screen."""
    return tomllib.loads(CAPTURES.read_text("utf-8"))


def write(screens: Mapping[str, str]) -> None:
    """Write them."""
    lines = [
        f"# What comes up in Neovim with {CAPTURED}; `{COMMAND}` writes the file anew.",
        f'version = "{version()}"',
        "[screens]",
        *(f"{name} = '''\n{screen}'''" for name, screen in screens.items()),
    ]
    CAPTURES.write_text("\n".join([*lines, ""]), "utf-8")


def configuration(server: Server) -> str:
    """Write what the user's init.lua says for a server."""
    told = {"settings": server.settings, "init_options": server.options}
    lines = [
        f'vim.lsp.config("{server.name}", {{',
        f"  cmd = {_list(server.command)},",
        '  filetypes = { "python" },',
        '  root_markers = { "pyproject.toml", ".git" },',
        *(f"  {name} = {_table(settings)}," for name, settings in told.items() if settings),
        "})",
        f'vim.lsp.enable("{server.name}")',
    ]
    return "\n".join(lines) + "\n"


class Neovim:
    """A Neovim that runs, with one file open."""

    def __init__(self, address: str) -> None:
        """Talk to the Neovim that listens there."""
        self._address = address

    def screens(self, *, errors: bool) -> dict[str, str]:
        """Point at things and type in the tutorial's handlers, and give what comes up, with the lines of the errors."""
        self._answer("Ready")
        seen = {"hover": self._see("/receive<CR>K", "Float")}
        if errors:
            seen["errors"] = self._answer("Errors")
            seen["mistake"] = self._see(f"{AWAY}{MISTAKE}G<C-w>d", "Float")
        seen["completion"] = self._see(f"{AWAY}Goawait web_socket.<C-x><C-o>", "Menu")
        seen["signature"] = self._see("<C-e>close(<C-s>", "Float")
        return seen

    def leave(self) -> None:
        """Leave, as a person does."""
        self._ask("--remote-send", "<Esc>:qa!<CR>")

    def _see(self, keys: str, what: str) -> str:
        """Type keys, by their names in Neovim, and give what comes up."""
        self._ask("--remote-send", keys)
        self._answer(f"{what}Comes")
        return self._answer(what)

    def _answer(self, function: str) -> str:
        """Return what a function of the script gives."""
        return self._ask("--remote-expr", f"v:lua.{function}()")

    def _ask(self, how: str, what: str) -> str:
        asked = [str(PROGRAM), "--server", self._address, how, what]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip("\n")


@contextmanager
def editing(server: Server, project: Project) -> Generator[Neovim]:
    """Start Neovim as a person does, in the project's folder, with the server's configuration and nothing else."""
    (project.folder / "chat.py").write_text(TUTORIAL, "utf-8")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        (Path(home) / "init.lua").write_text(configuration(server), "utf-8")
        address = f"{home}/socket"
        options = ["--headless", "--listen", address, "-u", f"{home}/init.lua", "-i", "NONE", "-n", "-S", str(SCRIPT)]
        process = subprocess.Popen(
            [str(PROGRAM), *options, "chat.py"],
            cwd=project.folder,
            env={"PATH": f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.defpath}", "HOME": home},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            assert process.stdout is not None
            process.stdout.readline()
            neovim = Neovim(address)
            yield neovim
            neovim.leave()
            process.wait(GRACE)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _list(items: Iterable[str]) -> str:
    return f"{{ {', '.join(map(json.dumps, items))} }}"


def _table(settings: Settings) -> str:
    return f"{{ {', '.join(f'{name} = {_value(value)}' for name, value in settings.items())} }}"


def _value(value: Settings | str) -> str:
    if value == PYTHON:
        return 'vim.fn.getcwd() .. "/.venv/bin/python"'
    return json.dumps(value) if isinstance(value, str) else _table(value)
