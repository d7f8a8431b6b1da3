"""What a handler may rely on, on every server as a process of its own."""

from collections.abc import Generator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bareasgi_ws._command.servers import SERVERS, started
from bareasgi_ws._command.servers.process import Server

pytestmark = pytest.mark.slow
MESSAGES = [f"{number}" for number in range(40)]
NO_DENIAL = ("daphne", "gunicorn")


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Generator[Server]:
    with started(request.param, "stages:application", Path(__file__).parent) as running:
        yield running


def test_a_cancelled_receive_loses_no_message(server: Server) -> None:
    with connect(f"ws://{server.address}/impatient") as client:
        for message in MESSAGES:
            client.send(message)
        assert [client.recv(timeout=10) for _ in MESSAGES] == MESSAGES


def test_a_denial_may_have_a_header_twice(server: Server, request: pytest.FixtureRequest) -> None:
    """It ends granian 2.8 whole, in raw ASGI."""
    without = any(f"[{name}]" in request.node.name for name in NO_DENIAL)
    for _ in range(2):
        with pytest.raises(InvalidStatus) as refused:
            connect(f"ws://{server.address}/denies/twice")
        response = refused.value.response
        assert response.status_code == (403 if without else 401)
        assert ", ".join(response.headers.get_all("x-one")) == ("" if without else "1, 2")
