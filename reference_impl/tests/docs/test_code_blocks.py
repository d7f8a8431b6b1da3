"""Every Python block runs, and checkers report exactly the lines that are marked with ``# error``."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from .pages import PAGES, all_blocks, module, save_files

NOT_RUN = {"console", "text", "haproxy", "nginx", "json", "mermaid"}
"""The other languages of blocks; Python under another name would not be checked."""

needs_checkers = pytest.mark.skipif(
    find_spec("mypy") is None or find_spec("pyright") is None,
    reason="needs mypy and pyright, as the extra check has them",
)


def names(page: Path) -> str:
    return page.stem


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_blocks_have_a_known_language(page: Path) -> None:
    assert {block.language for block in all_blocks(page)} <= NOT_RUN | {"python"}


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_files(page, tmp_path)
    exec(compile(module(page), page, "exec"), {"__name__": page.stem})


@pytest.mark.slow
@needs_checkers
def test_mypy_reports_the_marked_lines(tmp_path: Path) -> None:
    modules = write_modules(tmp_path)
    output = call("mypy", "--config-file=", "--strict", "--output=json", *modules, folder=tmp_path)
    findings = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    reported = {
        f"{modules[finding['file']].name}:{finding['line']}": finding["message"]
        for finding in findings
        if finding["severity"] == "error"
    }
    assert_reported(reported)


@pytest.mark.slow
@needs_checkers
def test_pyright_reports_the_marked_lines(tmp_path: Path) -> None:
    modules = write_modules(tmp_path)
    (tmp_path / "pyrightconfig.json").write_text('{"include": ["."], "typeCheckingMode": "strict"}')
    output = call("pyright", "--outputjson", "--pythonpath", sys.executable, folder=tmp_path)
    reported = {
        f"{modules[Path(finding['file']).name].name}:{finding['range']['start']['line'] + 1}": finding["message"]
        for finding in json.loads(output)["generalDiagnostics"]
    }
    assert_reported(reported)


def write_modules(folder: Path) -> dict[str, Path]:
    """Write each page's Python as a module, and give its page by the file's name."""
    # A module of the page's own name could hide a library: websockets, for one.
    modules = {f"page_{page.stem}.py": page for page in PAGES}
    for name, page in modules.items():
        (folder / name).write_text(module(page), "utf-8")
    return modules


def call(checker: str, *arguments: str, folder: Path) -> str:
    command = [sys.executable, "-m", checker, *arguments]
    env = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    answer = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300)
    assert answer.returncode == 1, f"expected {checker} to find the marked errors:\n{answer.stdout}{answer.stderr}"
    return answer.stdout


def assert_reported(reported: dict[str, str]) -> None:
    marked = {
        f"{page.name}:{number}"
        for page in PAGES
        for number, line in enumerate(module(page).splitlines(), 1)
        if line.endswith("# error")
    }
    assert marked
    unexpected = {place: message for place, message in reported.items() if place not in marked}
    assert (unexpected, marked - set(reported)) == ({}, set())
