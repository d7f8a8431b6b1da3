"""An HTTP application beside WebSocket routes, and an application within another, served by a real uvicorn."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bareasgi_ws._command.servers.process import DEADLINE, ServerProcess, serving

pytestmark = pytest.mark.slow

KINDS = ["starlette", "bareasgi", "function"]
IMPLEMENTATIONS = ["websockets", "websockets-sansio", "wsproto"]


@contextmanager
def uvicorn(target: str, *options: str) -> Generator[ServerProcess]:
    command = [sys.executable, "-m", "uvicorn", f"applications.{target}", "--port", "0", "--no-use-colors", *options]
    with serving(command, Path(__file__).parent) as server:
        yield server


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def server(kind: str) -> Generator[ServerProcess]:
    with uvicorn(f"with_{kind}:application", "--lifespan", "on") as server:
        yield server


@pytest.fixture(scope="module", params=["", "/api"], ids=["at the root", "below /api"])
def mounted(request: pytest.FixtureRequest) -> Generator[ServerProcess]:
    """The application within another, where what stands in front may have taken a root path off."""
    with uvicorn("mounted:application", "--root-path", request.param) as server:
        yield server


def test_http_reaches_it(server: ServerProcess) -> None:
    assert ask(server, "GET", "/hello") == (200, "GET ")
    assert ask(server, "POST", "/hello", "ä€😀") == (200, "POST ä€😀")


@pytest.mark.parametrize("path", ["/nowhere", "/echo", "/"])
def test_it_answers_404_itself(server: ServerProcess, kind: str, path: str) -> None:
    assert ask(server, "GET", path) == (404, kind)


def test_web_sockets_work_beside_it(server: ServerProcess) -> None:
    with dial(server, "/echo") as client:
        for message in ("ä€😀", b"\x00\xff", ""):
            client.send(message)
            assert client.recv(DEADLINE) == message


def test_its_paths_are_no_web_sockets(server: ServerProcess) -> None:
    assert rejected(server, "/hello") == 404


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_its_state_reaches_a_web_socket(kind: str, implementation: str) -> None:
    with uvicorn(f"with_{kind}:application", "--ws", implementation) as server, dial(server, "/state") as client:
        assert client.recv(DEADLINE) == "a state"


def test_its_lifespan_is_the_servers(kind: str) -> None:
    with uvicorn(f"with_{kind}:application", "--lifespan", "on") as server:
        assert lifespan(server) == ["started"]
    assert lifespan(server) == ["started", "stopped"]
    assert "Application shutdown complete" in "".join(server.log)
    assert server.errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_server_does_not_start_where_it_fails_to(kind: str) -> None:
    with pytest.raises(RuntimeError) as error, uvicorn(f"starting:failing_{kind}"):
        pass
    log = str(error.value)
    assert "no database" in log
    assert "Application startup failed. Exiting." in log


def test_it_may_reject_the_lifespan() -> None:
    with uvicorn("starting:without_lifespan") as server:
        assert ask(server, "GET", "/") == (204, "")
        with dial(server, "/state") as client:
            assert client.recv(DEADLINE) == "nothing"
    assert "ASGI 'lifespan' protocol appears unsupported" in "".join(server.log)
    assert server.errors == []


def test_without_one_http_is_not_found_and_the_lifespan_complete() -> None:
    with uvicorn("starting:alone", "--lifespan", "on") as server:
        for path in ("/", "/echo", "/nowhere"):
            assert ask(server, "GET", path) == (404, "Not Found")
        assert ask(server, "POST", "/", "said") == (404, "Not Found")
        assert ask(server, "HEAD", "/") == (404, "")
        with dial(server, "/echo") as client:
            client.send("still served")
            assert client.recv(DEADLINE) == "still served"
    assert "Application startup complete" in "".join(server.log)
    assert "Application shutdown complete" in "".join(server.log)
    assert server.errors == []


@pytest.mark.parametrize("mount", ["/ws", "/both"])
def test_mounted_it_routes_what_is_below_its_mount(mounted: ServerProcess, mount: str) -> None:
    with dial(mounted, f"{mount}/echo") as client:
        client.send("below")
        assert client.recv(DEADLINE) == "below"
    assert rejected(mounted, f"{mount}/nowhere") == 404
    assert rejected(mounted, f"{mount}{mount}/echo") == 404


def test_mounted_it_answers_http_as_elsewhere(mounted: ServerProcess) -> None:
    assert ask(mounted, "GET", "/ws/echo") == (404, "Not Found")
    assert ask(mounted, "GET", "/both/hello") == (200, "inside")


def dial(server: ServerProcess, path: str) -> ClientConnection:
    return connect(f"ws://{server.address}{path}", proxy=None, open_timeout=DEADLINE, close_timeout=DEADLINE)


def rejected(server: ServerProcess, path: str) -> int:
    with pytest.raises(InvalidStatus) as error:
        dial(server, path)
    return error.value.response.status_code


def ask(server: ServerProcess, method: str, path: str, said: str = "") -> tuple[int, str]:
    """Return the response's status, and its text, or who says that there is no such path."""
    connection = HTTPConnection(server.address, timeout=DEADLINE)
    try:
        connection.request(method, path, said.encode())
        answer = connection.getresponse()
        text = answer.read().decode()
        return answer.status, answer.getheader("answered-by", text)
    finally:
        connection.close()


def lifespan(server: ServerProcess) -> list[str]:
    return [line.split()[1] for line in server.log if line.startswith("lifespan:")]
