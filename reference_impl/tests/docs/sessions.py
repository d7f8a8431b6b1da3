"""What a page says of a session in a terminal: commands, and what they print."""

import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from .pages import all_blocks

Environment: TypeAlias = dict[str, str]
STATUS = "echo $?"
FAILED = "does not conform"
PROGRESS = re.compile(r"bareasgi-ws: \d+ of \d+ done, now ")
"""What the command says on the way, where that takes long."""


class Quoted(NamedTuple):
    """A command, and what the page says that it prints."""

    command: str
    output: list[str]


def quotations(code: str) -> list[Quoted]:
    """Split a console block into its commands, each with the lines after it."""
    found: list[Quoted] = []
    for line in code.splitlines():
        if line.startswith("$ "):
            found.append(Quoted(line.removeprefix("$ "), []))
        else:
            found[-1].output.append(line)
    return found


def agrees(quoted: list[str], printed: list[str]) -> bool:
    """Compare: three dots stand for words left out, and as a line of their own for any number of lines.

    How wide a column is does not matter: with its figures it grows.
    """
    quoted, printed = ([re.sub(" +", " ", line) for line in lines] for lines in (quoted, printed))
    lines = [r"(.*\n)*?" if line == "..." else ".*".join(map(re.escape, line.split("..."))) + "\n" for line in quoted]
    timeless = [line for line in printed if not PROGRESS.match(line)]
    return re.fullmatch("".join(lines), "".join(f"{line.rstrip()}\n" for line in timeless)) is not None


def shell(command: str, environment: Environment, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run commands in a shell, and give what they print, errors too."""
    pipe, told = subprocess.PIPE, subprocess.STDOUT
    line = ["bash", "-c", command]
    return subprocess.run(line, cwd=folder, env=environment, stdout=pipe, stderr=told, text=True, check=False)


def save(folder: Path, title: str, text: str) -> None:
    (folder / title).parent.mkdir(parents=True, exist_ok=True)
    (folder / title).write_text(text, "utf-8")


def follow(page: Path, environment: Environment, folder: Path) -> list[str]:
    """Save the page's files and run its commands, and give all lines that are printed, which must be what it says.

    A command that fails says so, or is followed by its exit status.
    """
    status, printed, last = 0, list[str](), list[str]()
    for block in all_blocks(page):
        if block.title:
            save(folder, block.title, block.code)
        for command, output in quotations(block.code) if block.language == "console" else ():
            assert status == 0 or command == STATUS or FAILED in "".join(last), f"before {command!r} something failed"
            done = shell(f"(exit {status}); {command}", environment, folder)
            last = done.stdout.splitlines()
            printed += last
            assert agrees(output, last), f"{command}: expected {output}, got:\n{done.stdout}"
            status = done.returncode
    return printed


def run_job(job: Mapping[str, Any], environment: Environment, folder: Path) -> dict[str, str]:
    """Run the commands of a job of GitHub's, and give those that failed, with what they printed."""
    environment = {**environment, "GITHUB_STEP_SUMMARY": str(folder / "summary")}
    failed: dict[str, str] = {}
    due: dict[str, Callable[[], bool]] = {
        "success()": lambda: not failed,
        "failure()": lambda: bool(failed),
        "always()": lambda: True,
    }
    for step in job["steps"]:
        if "run" in step and due[step.get("if", "success()")]():
            done = shell(step["run"], environment, folder)
            (folder / "printed").write_text(done.stdout, "utf-8")
            if done.returncode:
                failed[step["run"]] = done.stdout
    return failed
