"""The static half: type checkers read the backend, and say what of it is not what the kit asks for."""

from pathlib import Path

import pytest

from .backends import REFERENCE, around
from .running import CHECKERS, Command, Done, write

pytestmark = pytest.mark.slow

SOUND = around("")
NO_WEB_SOCKET = SOUND.replace("async def send(self, content: bytes | str)", "async def send(self, content: str)")
NO_BACKEND = SOUND.replace("self, handler: Any, **how: Any", "self, handler: Any")
NO_PEER = SOUND.replace("AsyncGenerator[Peer]", "AsyncGenerator[int]")
UNANNOTATED = SOUND.replace("(self, handler: Any, **how: Any) -> AsyncGenerator[Peer]:", "(self, handler, **how):")


def verdicts(command: Command, folder: Path, source: str) -> Done:
    write(folder, {"mine.py": source})
    return command("conformance", "mine:backend", "--select", "WS-HANDSHAKE-01", "--json", "-", cwd=folder)


def test_the_names_of_the_checkers_and_their_versions_are_in_the_report(command: Command, tmp_path: Path) -> None:
    done = verdicts(command, tmp_path, REFERENCE)
    assert done.status == 0
    static = {one["checker"]: one for one in done.report["static"]}
    assert set(static) == set(CHECKERS)
    assert {one["outcome"] for one in static.values()} == {"pass"}
    assert all(one["version"] for one in static.values())


def test_a_backend_of_ones_own_passes(command: Command, tmp_path: Path) -> None:
    done = verdicts(command, tmp_path, SOUND)
    assert done.status == 0
    assert [(one["outcome"], one["messages"]) for one in done.report["static"]] == [("pass", [])] * len(CHECKERS)


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
    done = verdicts(command, tmp_path, source)
    assert done.status == 1
    assert not done.report["conforms"]
    for one in done.report["static"]:
        assert one["outcome"] == "fail"
        assert any(message.startswith(wrong) for message in one["messages"]), one


def test_what_could_not_be_compared_is_named(command: Command, tmp_path: Path) -> None:
    done = verdicts(command, tmp_path, UNANNOTATED)
    mypy = next(one for one in done.report["static"] if one["checker"] == "mypy")
    assert mypy["outcome"] == "pass"
    assert mypy["messages"] == ["its connect has no annotation, so that nothing could be compared with Peer"]


def test_the_table_says_what_the_checkers_said(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": NO_PEER})
    done = command("conformance", "mine:backend", "--select", "WS-HANDSHAKE-01", cwd=tmp_path)
    assert ": its types do not fit\n  it is not a Backend: " in done.out
    assert "\n  what its connect gives is not a Peer: " in done.out
    assert done.out.splitlines()[-1] == "mine:backend does not conform (specification 1.0, on asyncio)."
