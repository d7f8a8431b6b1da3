"""Behind middleware a server's fault is mended too, and a middleware's own is not hidden.

granian's ``receive`` and denials need mending, and daphne's closes.
"""

from collections.abc import Generator
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from bareasgi_ws._command.servers import SERVERS, started
from bareasgi_ws._command.servers.process import ServerProcess

pytestmark = pytest.mark.slow
MIDDLEWARE = [
    "bare",
    "receive",
    "send",
    "both",
    "object",
    "scope",
    "task",
    "timeout",
    "starlette",
    "fastapi",
    "bareasgi",
]
MESSAGES = [f"{number}" for number in range(40)]
DENYING = [name for name in MIDDLEWARE if name != "scope"]  # which has no extension to deny with


@pytest.fixture(scope="module")
def server() -> Generator[ServerProcess]:
    with started("granian", "wrapped:application", Path(__file__).parent) as running:
        yield running


@pytest.mark.parametrize("name", MIDDLEWARE)
def test_a_cancelled_receive_loses_no_message(server: ServerProcess, name: str) -> None:
    with connect(f"ws://{server.address}/{name}/impatient") as client:
        for message in MESSAGES:
            client.send(message)
        assert [client.recv(timeout=10) for _ in MESSAGES] == MESSAGES


@pytest.mark.parametrize("name", MIDDLEWARE)
def test_a_close_goes_out_beside_a_receive_that_waits(server: ServerProcess, name: str) -> None:
    with connect(f"ws://{server.address}/{name}/both") as client:
        with pytest.raises(ConnectionClosed) as closed:
            client.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 3000


@pytest.mark.parametrize("name", DENYING)
def test_a_denial_may_have_a_header_twice(server: ServerProcess, name: str) -> None:
    for _ in range(2):  # it would end the whole server
        with pytest.raises(InvalidStatus) as rejected:
            connect(f"ws://{server.address}/{name}/denies/twice")
        assert rejected.value.response.status_code == 401
        assert rejected.value.response.headers.get_all("x-one") == ["1, 2"]


@pytest.mark.parametrize("name", DENYING)
def test_two_cookies_are_the_handlers_error_and_not_the_servers_end(server: ServerProcess, name: str) -> None:
    for _ in range(2):
        with pytest.raises(InvalidStatus) as rejected:
            connect(f"ws://{server.address}/{name}/denies/cookies")
        assert rejected.value.response.status_code == 500


def test_a_middlewares_own_timeout_ends_its_receive(server: ServerProcess) -> None:
    with connect(f"ws://{server.address}/idle/tutorial") as client:
        client.send("hello")
        assert client.recv(timeout=10) == "You said: hello"
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=10)


@pytest.mark.parametrize("name", MIDDLEWARE[:7])
def test_a_code_that_daphne_rejects_becomes_1000(name: str) -> None:
    with started("daphne", "wrapped:application", Path(__file__).parent) as running:
        with connect(f"ws://{running.address}/{name}/closes/1001") as client, pytest.raises(ConnectionClosed) as closed:
            client.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1000
    assert not [line for line in running.log if "Error" in line]


@pytest.mark.parametrize("name", SERVERS)
def test_a_middlewares_bug_at_a_close_reaches_the_server(name: str) -> None:
    with (
        started(name, "wrapped:application", Path(__file__).parent) as running,
        connect(f"ws://{running.address}/bug/closes/4000") as client,
        pytest.raises(ConnectionClosed),
    ):
        client.recv(timeout=10)
    raised = [line.strip(" |\n") for line in running.log if line.strip(" |").startswith("KeyError")]
    assert raised == ["""KeyError: "the middleware's own, at a close with 4000\""""]  # and there is no other close
