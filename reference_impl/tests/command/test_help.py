"""The command's help, its version, and its other name."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bareasgi_ws
from bareasgi_ws import SPEC_VERSION
from bareasgi_ws._command import SUBCOMMANDS
from bareasgi_ws._command.servers import SERVERS

from .running import Command

ROOT = Path(__file__).parents[3]
VERSION = f"bareasgi-ws {bareasgi_ws.__version__} (specification {SPEC_VERSION})\n"
IN_80_COLUMNS = {"COLUMNS": "80"}

pytestmark = pytest.mark.slow


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert bareasgi_ws.__version__ == project["version"]


def test_the_version_is_printed(command: Command, tmp_path: Path) -> None:
    done = command("--version", cwd=tmp_path)
    assert (done.status, done.out, done.err) == (0, VERSION, "")


@pytest.mark.parametrize("arguments", [[], *([name] for name in SUBCOMMANDS)], ids=" ".join)
def test_help_fits_80_columns(command: Command, tmp_path: Path, arguments: list[str]) -> None:
    done = command(*arguments, "--help", cwd=tmp_path, environment=IN_80_COLUMNS)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert len(lines) > 5
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if line.endswith("-")] == []  # names are whole


def test_the_help_names_every_subcommand_and_server(command: Command, tmp_path: Path) -> None:
    commands = command("--help", cwd=tmp_path, environment=IN_80_COLUMNS).out
    for name, module in SUBCOMMANDS.items():
        assert any(line.split(maxsplit=1) == [name, module.SUMMARY] for line in commands.splitlines())
    servers = command("conformance", "--help", cwd=tmp_path, environment=IN_80_COLUMNS).out
    assert set(SERVERS) <= set(servers.replace(",", " ").split())


def test_the_command_is_the_package_too(command: Command, tmp_path: Path) -> None:
    as_package = [sys.executable, "-m", "bareasgi_ws", "requirements", "WS-CLOSE-03"]
    done = subprocess.run(as_package, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == command("requirements", "WS-CLOSE-03", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["chek"], "invalid choice: 'chek'"),
        (["check"], "the following arguments are required: PATH"),
        (["matrix"], "the following arguments are required: REPORT"),
        (["conformance"], "one of the arguments MODULE:NAME --server --command --url is required"),
        (["conformance", "mine:backend", "--deadline", "soon"], "expected seconds above 0, got soon"),
        (["conformance", "mine:backend", "--deadline", "nan"], "expected seconds above 0, got nan"),
        (["conformance", "mine:backend", "--deadline", "0"], "expected seconds above 0, got 0"),
        (["conformance", "mine:backend", "--library", "curio"], "invalid choice: 'curio'"),
        (["conformance", "mine:backend", "--level", "MAY"], "invalid choice: 'MAY'"),
        (["requirements", "--level", "MAY"], "invalid choice: 'MAY'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_arguments_are_said_in_a_sentence(
    command: Command, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    done = command(*arguments, cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err
