"""Neovim, without a terminal, in a user's project: keys and questions go in, what comes up and the answers come out."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgpack  # type: ignore[import-untyped]

from .features import TUTORIAL, Question
from .public_names import CARET, ROOT

ENVIRONMENT = ROOT / ".venv-editors"
"""Where Neovim and the servers are installed; ``make test`` makes it."""
PROGRAM = str(ENVIRONMENT / "bin" / "nvim")
SCRIPT = str(Path(__file__).with_suffix(".lua"))


def create(folder: Path, package: Path, environment: str = ".venv") -> Path:
    """Create a project of Python 3.13, where the package needs no other, with this wheel installed."""
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nname = "chat"\nversion = "1"\nrequires-python = ">=3.13"\n')
    (folder / "chat.py").write_text(TUTORIAL, "utf-8")
    subprocess.run([ENVIRONMENT / "bin" / "python", "-m", "venv", "--without-pip", folder / environment], check=True)
    into = ["--python", str(folder / environment / "bin" / "python"), "install", "--no-index", "--no-deps"]
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *into, str(package)], check=True)
    return folder


def build_editable(folder: Path) -> Path:
    """Call the hook of the build backend (PEP 660), as pip does, and return the wheel that it builds."""
    program = "import sys, hatchling.build; hatchling.build.build_editable(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, folder], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


class Neovim:
    """A Neovim that runs, with the tutorial's handlers open."""

    def __init__(self, connection: socket.socket) -> None:
        """Talk to the Neovim at the other end, once it talks to the language server."""
        self._connection = connection
        self._received = msgpack.Unpacker(connection.makefile("rb", buffering=0))
        self.call("Ready")

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a function of the script."""
        return self._request("nvim_exec_lua", f"return {function}(...)", arguments)

    def ask(self, questions: list[Question]) -> dict[Question, Any]:
        """Return the language server's response to each question, None where it has none."""
        messages = []
        for method, code in questions:
            before, _, after = code.partition(CARET)
            position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
            messages.append({"method": f"textDocument/{method}", "text": before + after, "position": position})
        return dict(zip(questions, self.call("Ask", messages), strict=True))

    def see(self, keys: str) -> str:
        """Type keys, by their names in Neovim, where nothing floats any more, and return what comes up."""
        self._request("nvim_input", keys)
        seen: str = self.call("Seen")
        return seen

    def _request(self, method: str, *parameters: Any) -> Any:
        """Send a request of MessagePack-RPC, and return its result: Neovim sends nothing else."""
        self._connection.sendall(msgpack.Packer().pack([0, 0, method, parameters]))
        _, _, error, result = next(self._received)
        assert error is None, error
        return result


@contextmanager
def editing(configuration: str, folder: Path, activated: Path | None = None) -> Generator[Neovim]:
    """Start Neovim in a project's folder.

    Args:
        configuration: What init.lua says, and all that it says.
        folder: The project's.
        activated: The environment that is activated in the shell.
    """
    variables = {"PATH": f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.defpath}"}
    if activated:
        variables = {"PATH": f"{activated / 'bin'}{os.pathsep}{variables['PATH']}", "VIRTUAL_ENV": str(activated)}
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        Path(home, "init.lua").write_text(configuration, "utf-8")
        options = ["--headless", "--listen", f"{home}/socket", "-u", f"{home}/init.lua", "-i", "NONE", "-n"]
        with subprocess.Popen(
            [PROGRAM, *options, "-S", SCRIPT, "chat.py"],
            cwd=folder,
            env=variables | {"HOME": home},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                assert process.stdout is not None
                process.stdout.readline()
                with socket.socket(socket.AF_UNIX) as connection:
                    connection.connect(f"{home}/socket")
                    yield Neovim(connection)
            finally:
                os.killpg(process.pid, signal.SIGKILL)  # jedi-language-server 0.47.0 may take minutes to end by itself
