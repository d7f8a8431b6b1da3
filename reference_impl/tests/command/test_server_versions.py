"""The version of a server is that of the package whose command starts it, and of no other."""

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from bareasgi_ws._command.servers.versions import versions_of

HERE = Path(sys.executable).parent
UVICORN = {"uvicorn": version("uvicorn")}


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([str(HERE / "uvicorn"), "{app}"], UVICORN),
        ([sys.executable, "-m", "uvicorn", "{app}"], UVICORN),
        ([sys.executable, "-m", "uvicorn.main", "{app}"], UVICORN),
        ([sys.executable, "server.py", "{app}"], {}),
        ([sys.executable, "-m", "nothing"], {}),
        ([sys.executable, "-m"], {}),
        (["nothing", "{app}"], {}),
    ],
    ids=str,
)
def test_the_version_is_that_of_what_runs(arguments: list[str], found: dict[str, str]) -> None:
    assert versions_of(arguments) == found


def test_a_program_is_found_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(HERE))
    assert versions_of(["uvicorn", "{app}"]) == UVICORN


def test_of_another_environment_nothing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "uvicorn").write_text("#!/bin/sh\n")
    (tmp_path / "uvicorn").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{HERE}")
    assert versions_of(["uvicorn", "{app}"]) == {}
