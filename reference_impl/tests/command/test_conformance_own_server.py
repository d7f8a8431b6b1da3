"""``bareasgi-ws conformance`` holds a backend that says it is its own server to what the wire shows."""

from pathlib import Path
from typing import Any

import pytest

from .running import Command, write

pytestmark = pytest.mark.slow

MINE = """\
import time
from types import SimpleNamespace
from bareasgi_ws.backends.asgi import backend as reference

own = SimpleNamespace(connect=reference.connect, socket_type=reference.socket_type, own_server=True)


def connect(handler, **how):
    async def blocks(scope, info, matches, web_socket):
        time.sleep(60)

    return reference.connect(blocks, **how)


blocking = SimpleNamespace(connect=connect, socket_type=reference.socket_type, own_server=True)
"""


def held(report: Any) -> dict[str, tuple[str, str, str]]:
    return {
        one["requirement"]["id"]: (one["requirement"]["level"], one["requirement"]["binds"], one["outcome"])
        for one in report["results"]
    }


def test_it_is_held_to_musts_of_its_own(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": MINE})
    done = command("conformance", "mine:own", "--level", "MUST", "--no-static", "--json", "-", cwd=tmp_path)
    assert held(done.report)["WS-CODE-09"] == ("MUST", "backend", "pass")
    assert held(done.report)["WS-SERVER-18"] == ("MUST", "backend", "pass")
    assert "WS-SERVER-05" not in held(done.report)


def test_what_blocks_fails_as_a_must_too(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": MINE})
    how = ("--select", "WS-HANDSHAKE-01", "--deadline", "0.2", "--no-static", "--json", "-")
    done = command("conformance", "mine:blocking", *how, cwd=tmp_path)
    assert held(done.report) == {"WS-HANDSHAKE-01": ("MUST", "backend", "fail")}
