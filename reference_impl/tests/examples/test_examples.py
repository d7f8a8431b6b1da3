"""Each example, used: in memory, and as a process that a real client talks to."""

import runpy
import socket
import sys
from collections.abc import Generator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as connect_to_url

from bareasgi_ws._command.servers.process import DEADLINE, ServerProcess, serving
from bareasgi_ws.testing import connect

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(params=["web_socket.py", "web_socket_nt.py"])
def path(request: pytest.FixtureRequest) -> Path:
    name: str = request.param
    return EXAMPLES / name


@pytest.fixture
def example(path: Path) -> dict[str, Any]:
    """Everything that the example's module defines."""
    return runpy.run_path(str(path))


@pytest.fixture
def served(path: Path) -> Generator[ServerProcess]:
    with serving([sys.executable, str(path), "--port", "0"], EXAMPLES) as server:
        yield server


@pytest.mark.anyio
async def test_client_goes_away_before_the_handshake(example: dict[str, Any]) -> None:
    async with connect(example["application"], "/ws") as client:
        await client.drop()
        assert await client.server_error() is None


@pytest.mark.anyio
async def test_binary_closes_with_1003(example: dict[str, Any]) -> None:
    async with connect(example["application"], "/ws") as client:
        await client.send(b"Hello")
        assert await client.receive() is None
        assert client.code == 1003


@pytest.mark.anyio
async def test_http_handler_rejects_another_scope(example: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="'lifespan'"):
        await example["application"]({"type": "lifespan"}, None, None)


@pytest.mark.parametrize("name", ["uvicorn", "websockets"])
def test_says_what_to_install(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemExit, match=rf"needs {name}: pip install 'bareasgi-ws\[servers\]'"):
        runpy.run_path(str(path), run_name="__main__")


def test_serves_a_conversation(served: ServerProcess) -> None:
    with dial(served) as client:
        for text in ("Hello", "", "<img src=x onerror=alert(1)>", "日本語"):
            client.send(text)
            assert client.recv(DEADLINE) == f"You said: {text}"
    assert client.close_code == 1000
    assert_nothing_went_wrong(served)


def test_serves_a_client_that_closes_while_it_is_answered(served: ServerProcess) -> None:
    with dial(served) as client:
        for _ in range(10):
            client.send("Hello")
        client.close(4000)
    assert_nothing_went_wrong(served)


def test_serves_a_client_that_drops_the_connection(served: ServerProcess) -> None:
    with dial(served) as client:
        for _ in range(10):
            client.send("Hello")
        client.socket.shutdown(socket.SHUT_RDWR)
    with dial(served) as another:  # a round trip: by now the server knows of the drop
        another.send("Hello")
        assert another.recv(DEADLINE) == "You said: Hello"
    assert_nothing_went_wrong(served)


def test_answers_http(served: ServerProcess, path: Path) -> None:
    page = path.with_name("web_socket.html").read_bytes()
    assert ask(served, "GET", "/") == (200, "text/html; charset=utf-8", page)
    assert ask(served, "HEAD", "/") == (200, "text/html; charset=utf-8", b"")
    for method, target in (("GET", "/elsewhere"), ("GET", "/ws"), ("POST", "/")):
        assert ask(served, method, target) == (404, "text/plain; charset=utf-8", b"Not Found")
    assert_nothing_went_wrong(served)


def test_answers_a_web_socket_elsewhere(served: ServerProcess) -> None:
    with pytest.raises(InvalidStatus, match="404"), dial(served, "/elsewhere"):
        pass
    # Not the whole check: uvicorn 0.54 logs an ERROR for every denial response (Kludex/uvicorn#3138).
    assert "Traceback" not in served.stop()


def dial(served: ServerProcess, path: str = "/ws") -> ClientConnection:
    return connect_to_url(f"ws://{served.address}{path}", proxy=None, open_timeout=DEADLINE, close_timeout=DEADLINE)


def ask(served: ServerProcess, method: str, target: str) -> tuple[int, str | None, bytes]:
    connection = HTTPConnection(served.address, timeout=DEADLINE)
    try:
        connection.request(method, target)
        answer: HTTPResponse = connection.getresponse()
        return answer.status, answer.getheader("content-type"), answer.read()
    finally:
        connection.close()


def assert_nothing_went_wrong(served: ServerProcess) -> None:
    log = served.stop()
    assert "Finished server process" in log
    assert "ERROR" not in log
    assert "Traceback" not in log
