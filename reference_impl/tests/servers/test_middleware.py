"""What mends a server's fault stands behind middleware too: on granian, whose ``receive`` and denials need mending."""

from collections.abc import Generator
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from bareasgi_ws._command.servers import started
from bareasgi_ws._command.servers.process import Server

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
def server() -> Generator[Server]:
    with started("granian", "wrapped:application", Path(__file__).parent) as running:
        yield running


@pytest.mark.parametrize("name", MIDDLEWARE)
def test_a_cancelled_receive_loses_no_message(server: Server, name: str) -> None:
    with connect(f"ws://{server.address}/{name}/impatient") as client:
        for message in MESSAGES:
            client.send(message)
        assert [client.recv(timeout=10) for _ in MESSAGES] == MESSAGES


@pytest.mark.parametrize("name", MIDDLEWARE)
def test_a_close_goes_out_beside_a_receive_that_waits(server: Server, name: str) -> None:
    with connect(f"ws://{server.address}/{name}/both") as client:
        with pytest.raises(ConnectionClosed) as closed:
            client.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 3000


@pytest.mark.parametrize("name", DENYING)
def test_a_denial_may_have_a_header_twice(server: Server, name: str) -> None:
    for _ in range(2):  # it would end the whole server
        with pytest.raises(InvalidStatus) as refused:
            connect(f"ws://{server.address}/{name}/denies/twice")
        assert refused.value.response.status_code == 401
        assert refused.value.response.headers.get_all("x-one") == ["1, 2"]


@pytest.mark.parametrize("name", DENYING)
def test_two_cookies_are_the_handlers_error_and_not_the_servers_end(server: Server, name: str) -> None:
    for _ in range(2):
        with pytest.raises(InvalidStatus) as refused:
            connect(f"ws://{server.address}/{name}/denies/cookies")
        assert refused.value.response.status_code == 500


def test_a_middlewares_own_timeout_ends_its_receive(server: Server) -> None:
    with connect(f"ws://{server.address}/idle/tutorial") as client:
        client.send("hello")
        assert client.recv(timeout=10) == "You said: hello"
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=10)
