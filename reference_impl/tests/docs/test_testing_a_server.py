"""The page is a session in an empty folder with the wheel alone, and a server in another terminal."""

from pathlib import Path

import pytest

from bareasgi_ws._command.servers.process import serving
from tools.server_suite import ALL

from .pages import SESSIONS, all_blocks
from .sessions import Environment, Quoted, agrees, quotations, save, shell

[PAGE] = [page for page in SESSIONS if page.stem == "testing-a-server"]
SERVE = "uvicorn bareasgi_ws.conformance.application:application"
ADDRESS = "127.0.0.1:8000"

pytestmark = pytest.mark.slow


def session() -> list[Quoted]:
    return [quoted for block in all_blocks(PAGE) if block.language == "console" for quoted in quotations(block.code)]


def test_the_page_from_its_beginning_to_its_end(environment: Environment, tmp_path: Path) -> None:
    """Each command ends well, and prints what the page says; the server has a free port."""
    for block in all_blocks(PAGE):
        if block.title:
            save(tmp_path, block.title, block.code)
    commands = [quoted for quoted in session() if quoted.command != ALL]
    served = [quoted.command for quoted in commands].index(SERVE)
    for quoted in commands[:served]:
        follow(quoted, environment, tmp_path)
    command = [str(Path(environment["PATH"].partition(":")[0], "python")), "-m", *SERVE.split(), "--port", "0"]
    with serving(command, tmp_path) as server:
        for quoted in commands[served + 1 :]:
            follow(quoted, environment, tmp_path, server.address)
    assert "mine.html" in {path.name for path in tmp_path.iterdir()}


def test_all_servers_are_asked_by_the_pages_command() -> None:
    """What it prints and writes is compared in the tests of the suite."""
    assert ALL in [quoted.command for quoted in session()]


def follow(quoted: Quoted, environment: Environment, folder: Path, address: str = ADDRESS) -> None:
    done = shell(quoted.command.replace(ADDRESS, address), environment, folder)
    printed = done.stdout.replace(address, ADDRESS).splitlines()
    assert done.returncode == 0, done.stdout
    assert agrees(quoted.output, printed), f"{quoted.command}: expected {quoted.output}, got:\n{done.stdout}"
