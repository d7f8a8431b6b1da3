"""Every command that a page names exists, and the first steps of each page work."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from .pages import MODULES, PAGES, ROOT, SESSIONS, code_spans, commands, save_files
from .sessions import Environment, shell

DEADLINE = 30.0


def names(page: Path) -> str:
    return page.stem


def mentioned(page: Path, program: str) -> set[str]:
    """Return what follows the program's name, in the page's commands and in its text."""
    matches = [re.match(rf"{program} ([\w-]+)", text) for text in [*commands(page), *code_spans(page)]]
    return {match[1] for match in matches if match}


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_commands_are_of_a_kind_that_is_tested_here(page: Path) -> None:
    install = r"python -m pip install ('.+'( \w+)*|[\w-]+( \w+)*|-r [\w-]+\.txt)"
    known = rf"make \w+|bareasgi-ws \w+ .+|{install}|uvicorn \w+:\w+|python -m websockets ws://.+|python -m pytest .+"
    # A session has a test that runs all of it.
    if page in SESSIONS:
        known += r"|sh [\w.]+|echo \$\?|python \w+\.py|myserver [\w.]+:\w+ --port \d+"
    assert [command for command in commands(page) if not re.fullmatch(known, command)] == []


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_make_targets_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert mentioned(page, "make") <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_subcommands_exist(page: Path) -> None:
    for name in mentioned(page, "bareasgi-ws"):
        command = [str(Path(sys.executable).with_name("bareasgi-ws")), name, "--help"]
        assert subprocess.run(command, capture_output=True, timeout=DEADLINE).returncode == 0, command


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_extras_exist(page: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = re.findall(r"bareasgi-ws\[([\w,]+)\]", page.read_text("utf-8"))
    assert {extra for extras in named for extra in extras.split(",")} <= set(project["optional-dependencies"])


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in MODULES if mentioned(page, "uvicorn")], ids=names)
def test_first_steps(page: Path, environment: Environment, tmp_path: Path) -> None:
    """Install what the page says, save its file, serve it, and talk to it with its client."""
    save_files(page, tmp_path)
    [install] = [command for command in commands(page) if command.startswith("python -m pip install ")]
    installed = shell(install, environment, tmp_path)
    assert installed.returncode == 0, installed.stdout
    [application] = re.findall(r"^uvicorn (.+)$", "\n".join(commands(page)), re.MULTILINE)
    [path] = re.findall(r"^python -m websockets ws://127\.0\.0\.1:8000(/.+)$", "\n".join(commands(page)), re.MULTILINE)
    how: Any = {"folder": tmp_path, "environment": environment}
    with running("uvicorn", application, "--port", "0", **how) as server:
        address = await_line(server, r"running on http://(\S+)")
        with running("websockets", f"ws://{address}{path}", **how) as client:
            assert client.stdin is not None
            print("Hello", file=client.stdin, flush=True)
            assert await_line(client, "< (.+)").endswith(": Hello")


@contextmanager
def running(module: str, *arguments: str, folder: Path, environment: Environment) -> Generator["subprocess.Popen[str]"]:
    """Run a module of the environment's, for as long as the deadline at most."""
    python = str(Path(environment["PATH"].partition(os.pathsep)[0], "python"))
    pipe = subprocess.PIPE
    how: Any = {"cwd": folder, "env": environment, "stderr": subprocess.STDOUT, "text": True}
    command = [python, "-u", "-m", module, *arguments]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, **how) as process:
        watchdog = Timer(DEADLINE, process.kill)
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            process.kill()


def await_line(process: "subprocess.Popen[str]", pattern: str) -> str:
    assert process.stdout is not None
    output: list[str] = []
    for line in process.stdout:
        output.append(line)
        if match := re.search(pattern, line):
            return match[1].strip()
    pytest.fail(f"expected {pattern!r}, but the output was:\n{''.join(output)}")
