"""The README's table of the extras, and that what it names works after its own install line, with the wheel alone."""

import re
import tomllib
from pathlib import Path

import pytest

from .pages import ROOT, save_files
from .sessions import Environment, shell

README = ROOT / "README.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BACKEND = "from bareasgi_ws.backends.asgi import backend\n"


def extras() -> dict[str, tuple[str, str]]:
    """Return what each extra is for, and what it installs, as the table has it."""
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", README.read_text("utf-8"), re.MULTILINE)
    return {name: (purpose, installs) for name, purpose, installs in rows}


COMMANDS = [
    pytest.param(extra, command, id=f"{extra}: {command}")
    for extra, (purpose, _) in extras().items()
    for command in re.findall(r"`(bareasgi-ws .+?)`", purpose)
]


def test_the_table_is_the_projects() -> None:
    """An extra that another one brings is named in place of what it brings."""
    declared = {
        extra: {name for need in needs for name in re.findall(r"^(?!bareasgi-ws)[\w-]+|(?<=[\[,])\w+(?=[\],])", need)}
        for extra, needs in PROJECT["optional-dependencies"].items()
    }
    declared["check"].remove("nodejs")  # pyright's own extra
    assert {extra: set(re.findall(r"[\w-]+", installs)) for extra, (_, installs) in extras().items()} == declared


@pytest.mark.slow
@pytest.mark.parametrize(("extra", "command"), COMMANDS)
def test_a_command_works_with_its_extra_alone(
    extra: str, command: str, environment: Environment, tmp_path: Path
) -> None:
    save_files(README, tmp_path)
    (tmp_path / "my_backend.py").write_text(BACKEND, "utf-8")
    install = shell(f"python -m pip install 'bareasgi-ws[{extra}]'", environment, tmp_path)
    assert install.returncode == 0, install.stdout
    done = shell(command, environment, tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", ["bareasgi-ws requirements WS-CLOSE-03", "bareasgi-ws --version", "bareasgi-ws matrix report.json"]
)
def test_some_commands_need_no_extra(command: str, environment: Environment, tmp_path: Path) -> None:
    shell("python -m pip install bareasgi-ws", environment, tmp_path)
    done = shell(command, environment, tmp_path)
    needs = [line for line in done.stdout.splitlines() if "pip install" in line]
    assert (needs, "Traceback" in done.stdout) == ([], False), done.stdout
