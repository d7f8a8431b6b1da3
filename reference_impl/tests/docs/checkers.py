"""What mypy and pyright report of the pages' Python."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TypeAlias

from .pages import MODULES, module

CHECKERS = ("mypy", "pyright")

Reported: TypeAlias = dict[str, list[str]]
"""Each place, ``page.md:12``, with the messages there, each with its rule as the checker prints it."""


def reported_by(checker: str, folder: Path) -> Reported:
    """Check every page with the checker, as strict as it can be."""
    # A module of the page's own name could hide a library: websockets, for one.
    modules = {f"page_{page.stem}.py": page for page in MODULES}
    for name, page in modules.items():
        (folder / name).write_text(module(page), "utf-8")
    reported: Reported = {}
    for name, line, message in mypy(folder, list(modules)) if checker == "mypy" else pyright(folder):
        reported.setdefault(f"{modules[name].name}:{line}", []).append(message)
    return reported


def mypy(folder: Path, modules: list[str]) -> list[tuple[str, int, str]]:
    output = call("mypy", "--config-file=", "--strict", "--output=json", *modules, folder=folder)
    findings = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    errors = [finding for finding in findings if finding["severity"] == "error"]
    return [(error["file"], error["line"], message) for error in errors for message in quotable(error)]


def quotable(error: dict[str, str]) -> list[str]:
    """Return mypy's message, and the message with its notes: these may be quoted, and need not be."""
    message = f"{error['message']} [{error['code']}]"
    return [message, f"{message} note: {error['hint']}"] if error["hint"] else [message]


def pyright(folder: Path) -> list[tuple[str, int, str]]:
    (folder / "pyrightconfig.json").write_text('{"include": ["."], "typeCheckingMode": "strict"}')
    output = call("pyright", "--outputjson", "--pythonpath", sys.executable, folder=folder)
    return [
        (
            Path(finding["file"]).name,
            finding["range"]["start"]["line"] + 1,
            f"{finding['message']} ({finding.get('rule', 'error')})",
        )
        for finding in json.loads(output)["generalDiagnostics"]
    ]


def call(checker: str, *arguments: str, folder: Path) -> str:
    command = [sys.executable, "-m", checker, *arguments]
    env = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    answer = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300)
    assert answer.returncode == 1, f"expected {checker} to find the marked errors:\n{answer.stdout}{answer.stderr}"
    return answer.stdout


def marked(page: Path, checker: str) -> list[int]:
    """Return the lines that the page says the checker reports: ``# error``, or ``# error in pyright`` for one alone."""
    lines = enumerate(module(page).splitlines(), 1)
    return [number for number, line in lines if re.search(rf"# error(?: in {checker})?$", line)]
