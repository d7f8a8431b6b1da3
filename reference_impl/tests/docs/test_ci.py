"""The page is a session in an empty folder, and its jobs are run as the services run them, with only the wheel.

There is no network. A stand-in for pip installs the wheel and links what its metadata asks for from what is installed
here, so every command of the page is run as it stands. Of the workflow, what GitHub itself does (``uses``) is left out.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from .pages import SESSIONS, all_blocks
from .sessions import Environment, follow, run_job, save, shell

[PAGE] = [page for page in SESSIONS if page.stem == "ci"]
WORKFLOW = ".github/workflows/websockets.yml"
GITLAB = ".gitlab-ci.yml"

RIGHT, WRONG = -1, 0
"""Which of the page's versions of a file."""

pytestmark = pytest.mark.slow


def test_the_page_from_its_beginning_to_its_end(environment: Environment, tmp_path: Path) -> None:
    assert follow(PAGE, environment, tmp_path)[-1] == "0"


def test_the_workflow_passes(environment: Environment, tmp_path: Path) -> None:
    for name, job in load(WORKFLOW)["jobs"].items():
        assert run_job(job, environment, checkout(tmp_path / name)) == {}


def test_the_workflow_fails_on_a_wrong_handler(environment: Environment, tmp_path: Path) -> None:
    folder = checkout(tmp_path / "check", {"handlers.py": WRONG})
    failed = run_job(load(WORKFLOW)["jobs"]["check"], environment, folder)
    [(command, printed)] = failed.items()
    assert command.startswith("bareasgi-ws check ")
    assert "handlers.py:7" in printed
    annotations = (folder / "printed").read_text("utf-8").splitlines()[-2:]
    assert [line.partition(" ")[0] for line in annotations] == ["::error", "::error"]
    assert all("file=handlers.py,line=7," in line for line in annotations)


def test_the_workflow_fails_on_a_wrong_backend(environment: Environment, tmp_path: Path) -> None:
    """The reports come all the same."""
    job = load(WORKFLOW)["jobs"]["conformance"]
    folder = checkout(tmp_path / "conformance", {"backend.py": WRONG})
    [command] = run_job(job, environment, folder)
    assert command.startswith("bareasgi-ws conformance ")
    assert "**does not conform**" in (folder / "summary").read_text("utf-8")
    [artifact] = [step["with"]["path"] for step in job["steps"] if "upload-artifact" in step.get("uses", "")]
    assert "WS-CONTENT-03" in (folder / artifact).read_text("utf-8")


@pytest.mark.parametrize("wrong", [pytest.param("handlers.py", marks=pytest.mark.nightly), "backend.py"])
def test_the_gitlab_job_fails_on_either(wrong: str, environment: Environment, tmp_path: Path) -> None:
    """It keeps every report."""
    job = load(GITLAB)["websockets"]
    folder = checkout(tmp_path / "builds", {wrong: WRONG})
    done = shell("\n".join(job["script"]), environment, folder)
    assert (done.returncode, [path for path in job["artifacts"]["paths"] if not (folder / path).exists()]) == (1, [])


def load(title: str) -> Any:
    """Read a YAML file of the page."""
    return yaml.safe_load(versions()[title][RIGHT])


def checkout(folder: Path, chosen: Mapping[str, int] = {}) -> Path:
    """Write the page's files into a new folder, the right ones where nothing else is chosen."""
    folder.mkdir()
    for title, texts in versions().items():
        save(folder, title, texts[chosen.get(title, RIGHT)])
    return folder


def versions() -> dict[str, list[str]]:
    """Return every text that the page has for each file."""
    found: dict[str, list[str]] = {}
    for block in all_blocks(PAGE):
        if block.title:
            found.setdefault(block.title, []).append(block.code)
    return found
