"""Every public symbol of the stubs has a known type: ``pyright --verifytypes``."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
BACKENDS = {f"bareasgi_ws.backends.{name}" for name in ("asgi", "bareasgi", "starlette", "websockets")}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What pyright says of the stubs laid out as an inline package: it refuses to verify a stub package."""
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    (site,) = environment.glob("lib/python*/site-packages")
    package = Path(shutil.copytree(ROOT / "bareasgi_ws-stubs", site / "bareasgi_ws"))
    (package / "py.typed").touch()
    # With --verifytypes pyright 1.1.414 does not read --pythonpath; it asks the first python on the PATH.
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-m", "pyright", "--outputjson", "--verifytypes", "bareasgi_ws"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=environment, env={**os.environ, "PATH": path}
    )
    return json.loads(done.stdout)


def test_every_public_type_is_known(report: Any) -> None:
    completeness = report["typeCompleteness"]
    known = completeness["exportedSymbolCounts"]
    incomplete = [symbol["name"] for symbol in completeness["symbols"] if not symbol["isTypeKnown"]]
    assert (incomplete, known["withAmbiguousType"], known["withUnknownType"]) == ([], 0, 0)
    assert completeness["completenessScore"] == 1


def test_it_saw_the_whole_surface(report: Any) -> None:
    assert report["typeCompleteness"]["exportedSymbolCounts"]["withKnownType"] > 150
    modules = {module["name"] for module in report["typeCompleteness"]["modules"]}
    assert {"bareasgi_ws", "bareasgi_ws.testing", "bareasgi_ws.conformance"} | BACKENDS <= modules
