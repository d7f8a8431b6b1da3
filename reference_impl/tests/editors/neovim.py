"""Neovim, without a terminal, in a user's project: keys and questions go in, the screen and the answers come out."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from .features import MISTAKE, TUTORIAL, Question
from .public_names import CARET, ROOT

ENVIRONMENT = ROOT / ".venv-editors"
"""Where Neovim and the servers are installed; ``make test`` makes it."""
PROGRAM = str(ENVIRONMENT / "bin" / "nvim")
SCRIPT = str(Path(__file__).with_suffix(".lua"))
GRACE = 10.0
AWAY = ":silent! fclose<CR>"
"""Closes the window that floats."""


class Project(NamedTuple):
    """A user's project.

    Attributes:
        folder: What the editor has open.
        environment: Where the package is installed.
    """

    folder: Path
    environment: Path


def create(folder: Path, package: Path, environment: str = ".venv") -> Project:
    """Create a project of Python 3.13, where the package needs no other, with this wheel installed."""
    folder.mkdir(parents=True)
    project = Project(folder, folder / environment)
    (folder / "pyproject.toml").write_text('[project]\nname = "chat"\nversion = "1"\nrequires-python = ">=3.13"\n')
    (folder / "chat.py").write_text(TUTORIAL, "utf-8")
    subprocess.run([ENVIRONMENT / "bin" / "python", "-m", "venv", "--without-pip", project.environment], check=True)
    into = ["--python", str(project.environment / "bin" / "python"), "install", "--no-index", "--no-deps"]
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *into, str(package)], check=True)
    return project


def build(hook: str, folder: Path) -> Path:
    """Call a hook of the build backend (PEP 517, PEP 660), as pip does, and return the wheel that it builds."""
    program = f"import sys, hatchling.build; hatchling.build.{hook}(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, folder], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def version() -> str:
    """Return Neovim's version."""
    done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[1].removeprefix("v")


class Neovim:
    """A Neovim that runs, with the tutorial's handlers open."""

    def __init__(self, home: Path, project: Project) -> None:
        """Talk to the Neovim that listens in this folder."""
        self._home = home
        self._project = project

    def ask(self, questions: Iterable[Question]) -> dict[Question, Any]:
        """Return the language server's response to each question, None where it has none."""
        asked = list(questions)
        messages = []
        for question in asked:
            before, _, after = question.code.partition(CARET)
            params = {
                "textDocument": {"uri": (self._project.folder / f"chat_{hash(question.code)}.py").as_uri()},
                "position": {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])},
            }
            messages.append({"method": f"textDocument/{question.method}", "text": before + after, "params": params})
        (self._home / "questions.json").write_text(json.dumps(messages), "utf-8")
        self.answer(f"Ask('{self._home}')")
        return dict(zip(asked, json.loads((self._home / "answers.json").read_text("utf-8")), strict=True))

    def screens(self, *, errors: bool) -> dict[str, str]:
        """Point at things and type in the tutorial's handlers, and return what comes up."""
        seen = {"hover": self._see("/receive<CR>K")}
        if errors:
            self.answer("ErrorsCome()")
            seen["mistake"] = self._see(f"{AWAY}{MISTAKE}G<C-w>d")
        seen["completion"] = self._see(f"{AWAY}Goawait web_socket.<C-x><C-o>")
        seen["signature"] = self._see("<C-e>close(<C-s>")
        return seen

    def answer(self, call: str) -> str:
        """Return what a function of the script returns."""
        return self._remote("--remote-expr", f"v:lua.{call}")

    def _see(self, keys: str) -> str:
        """Type keys, by their names in Neovim, and return what comes up."""
        self._remote("--remote-send", keys)
        self.answer("Comes()")
        return self.answer("Seen()")

    def _remote(self, how: str, what: str) -> str:
        command = [PROGRAM, "--server", f"{self._home}/socket", how, what]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout.strip("\n")


@contextmanager
def editing(configuration: str, project: Project, *, activated: bool = False) -> Generator[Neovim]:
    """Start Neovim in the project's folder, with this configuration and nothing else.

    Args:
        configuration: What init.lua says.
        project: The user's project.
        activated: Whether the project's environment is activated in the shell.
    """
    path = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.defpath}"
    variables = {"PATH": path}
    if activated:
        variables = {
            "PATH": f"{project.environment / 'bin'}{os.pathsep}{path}",
            "VIRTUAL_ENV": str(project.environment),
        }
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        home = Path(name)
        (home / "init.lua").write_text(configuration, "utf-8")
        options = [
            "--headless",
            "--listen",
            f"{home}/socket",
            "-u",
            f"{home}/init.lua",
            "-i",
            "NONE",
            "-n",
            "-S",
            SCRIPT,
        ]
        with subprocess.Popen(
            [PROGRAM, *options, "chat.py"],
            cwd=project.folder,
            env=variables | {"HOME": name},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                assert process.stdout is not None
                process.stdout.readline()
                neovim = Neovim(home, project)
                neovim.answer("Ready()")
                yield neovim
                with suppress(subprocess.CalledProcessError):  # it may be gone before it has answered
                    neovim.answer("Leave()")
                process.wait(GRACE)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
