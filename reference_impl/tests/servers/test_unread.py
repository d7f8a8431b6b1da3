"""A client that reads nothing, or has gone, holds up neither its handler nor anybody else, on every server."""

import json
import re
import socket
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

from bareasgi_ws._command.servers import SERVERS, started
from bareasgi_ws._command.servers.process import ServerProcess
from tools import server_suite

from .wire import TIMEOUT, asking

pytestmark = pytest.mark.slow

# What the suite for servers says of each: no application can make up for it.
LACKS = {
    "hypercorn-trio": ("/returns /raises /closes", "WS-SERVER-36: a send that waits cannot be cancelled"),
    "daphne": ("/floods", "WS-SERVER-33: it buffers without limit, so that no client is slow"),
}


@pytest.fixture(scope="module", params=SERVERS)
def name(request: pytest.FixtureRequest) -> str:
    server: str = request.param
    return server


@pytest.fixture(scope="module")
def server(name: str) -> Generator[ServerProcess]:
    with started(name, "unread:application", Path(__file__).parent) as running:
        yield running


def skip_what_it_lacks(name: str, path: str) -> None:
    paths, why = LACKS.get(name, ("", ""))
    if path in paths.split():
        pytest.skip(f"{name}: {why}")


@contextmanager
def silent(address: str, path: str) -> Generator[socket.socket]:
    """A client that completes the handshake, and reads nothing more."""
    with asking(address, path) as client:
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += client.recv(1)
        assert answer.startswith(b"HTTP/1.1 101")
        yield client


def end(server: ServerProcess, path: str) -> Any:
    """What the handler saw, once it has ended."""
    with urllib.request.urlopen(f"http://{server.address}{path}", timeout=TIMEOUT) as answer:
        return json.load(answer)


@pytest.mark.parametrize(("path", "saw"), [("/returns", []), ("/raises", []), ("/closes", [None, 1013])])
def test_the_end_does_not_wait_for_a_client_that_reads_nothing(
    name: str, server: ServerProcess, path: str, saw: list[Any]
) -> None:
    skip_what_it_lacks(name, path)
    with silent(server.address, path):
        assert end(server, path) == saw


def test_an_outbox_closes_a_client_that_reads_nothing(name: str, server: ServerProcess) -> None:
    skip_what_it_lacks(name, "/floods")
    with silent(server.address, "/floods"), connect(f"ws://{server.address}/echo") as other:
        other.send("beside it")
        assert other.recv(timeout=TIMEOUT) == "beside it"
        assert end(server, "/floods") == [1008]


def test_a_handler_that_only_sends_ends_with_its_client(server: ServerProcess) -> None:
    with silent(server.address, "/ticks") as client:
        client.sendall(b"\x81\x83\0\0\0\0bye")
    assert end(server, "/ticks") == ["bye"]


def test_what_a_server_lacks_is_what_the_suite_found() -> None:
    kept = server_suite.read()
    for name, (_, why) in LACKS.items():
        assert kept[name][why.partition(":")[0]] != "pass"


def test_the_chat_of_the_readme_goes_on_though_a_member_does_not_read(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    [chat] = re.findall(r"```python title=chat\.py\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "chat.py").write_text(chat, "utf-8")
    with (
        started("uvicorn-websockets-sansio", "chat:application", tmp_path) as server,
        silent(server.address, "/chat/ann") as ann,
        connect(f"ws://{server.address}/chat/bob") as bob,
    ):
        for number in range(400):
            bob.send(f"{number:<65536}")
            assert bob.recv(timeout=TIMEOUT) == f"bob: {number:<65536}"
        end = b""
        while received := ann.recv(1 << 20):  # what was under way, then a close frame with 1013
            end = (end + received)[-4:]
        assert end == b"\x88\x02\x03\xf5"
