"""The static half: type checkers read the backend, and say what of it is not what the kit asks for."""

import json
from pathlib import Path
from typing import Any

import pytest

from .backends import around
from .running import CHECKERS, Command, Done, write

pytestmark = pytest.mark.slow

SOUND = around("")
NO_WEB_SOCKET = SOUND.replace("async def send(self, content: bytes | str)", "async def send(self, content: str)")
NO_BACKEND = SOUND.replace("self, handler: Any, **how: Any", "self, handler: Any")
NO_PEER = SOUND.replace("AsyncGenerator[Peer]", "AsyncGenerator[int]")
UNANNOTATED = SOUND.replace("(self, handler: Any, **how: Any) -> AsyncGenerator[Peer]:", "(self, handler, **how):")


def verdicts(command: Command, folder: Path, source: str) -> tuple[Done, dict[str, Any]]:
    """Run the command, which prints its table, and read its report too."""
    write(folder, {"mine.py": source})
    done = command("conformance", "mine:backend", "--select", "WS-HANDSHAKE-01", "--json", "mine.json", cwd=folder)
    return done, json.loads((folder / "mine.json").read_text(encoding="utf-8"))


def test_a_backend_of_ones_own_passes_and_the_report_names_the_checkers(command: Command, tmp_path: Path) -> None:
    done, report = verdicts(command, tmp_path, SOUND)
    assert done.status == 0
    static = [(one["checker"], one["outcome"], one["messages"]) for one in report["static"]]
    assert static == [(checker, "pass", []) for checker in CHECKERS]
    assert all(one["version"] for one in report["static"])


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        (NO_WEB_SOCKET, "its web_socket is not a WebSocket: "),
        (NO_BACKEND, "it is not a Backend: "),
        (NO_PEER, "what its connect gives is not a Peer: "),
    ],
    ids=["web_socket", "backend", "peer"],
)
def test_what_does_not_fit_is_named(command: Command, tmp_path: Path, source: str, wrong: str) -> None:
    done, report = verdicts(command, tmp_path, source)
    assert done.status == 1
    assert not report["conforms"]
    for one in report["static"]:
        assert one["outcome"] == "fail"
        assert any(message.startswith(wrong) for message in one["messages"]), one
    assert f": its types do not fit\n  {report['static'][0]['messages'][0]}" in done.out
    assert f"\n  {wrong}" in done.out
    assert done.out.splitlines()[0] == "mine:backend does not conform (specification 1.0, on asyncio)."


def test_what_could_not_be_compared_is_named(command: Command, tmp_path: Path) -> None:
    _, report = verdicts(command, tmp_path, UNANNOTATED)
    mypy = next(one for one in report["static"] if one["checker"] == "mypy")
    assert mypy["outcome"] == "pass"
    assert mypy["messages"] == ["its connect has no annotation, so that nothing could be compared with Peer"]
