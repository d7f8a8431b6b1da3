"""What a handler may rely on, on every server as a process of its own."""

from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus
from websockets.sync.client import connect

from bareasgi_ws._command.servers import SERVERS, started
from bareasgi_ws._command.servers.process import ServerProcess

pytestmark = pytest.mark.slow
MESSAGES = [f"{number}" for number in range(40)]
NO_DENIAL = ("daphne", "gunicorn")


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Generator[ServerProcess]:
    with started(request.param, "handlers:application", Path(__file__).parent) as running:
        yield running


def test_a_cancelled_receive_loses_no_message(server: ServerProcess) -> None:
    with connect(f"ws://{server.address}/impatient") as client:
        for message in MESSAGES:
            client.send(message)
        assert [client.recv(timeout=10) for _ in MESSAGES] == MESSAGES


@pytest.mark.parametrize("parameter", ["server_max_window_bits=x", "client_max_window_bits=x"])
def test_an_offer_of_compression_that_cannot_be_read_ends_its_own_connection_alone(
    server: ServerProcess, parameter: str
) -> None:
    """It ends hypercorn 0.18 on trio whole, in raw ASGI."""
    offer = {"Sec-WebSocket-Extensions": f"permessage-deflate; {parameter}"}
    with connect(f"ws://{server.address}/echo") as client:
        how: Any = {"additional_headers": offer, "compression": None}
        with suppress(InvalidMessage, InvalidHandshake), connect(f"ws://{server.address}/echo", **how):
            pass  # others answer, without compression
        client.send("after")
        assert client.recv(timeout=10) == "after"


def test_a_denial_may_have_a_header_twice(server: ServerProcess, request: pytest.FixtureRequest) -> None:
    """It ends granian 2.8 whole, in raw ASGI."""
    without = any(f"[{name}]" in request.node.name for name in NO_DENIAL)
    for _ in range(2):
        with pytest.raises(InvalidStatus) as rejected:
            connect(f"ws://{server.address}/denies/twice")
        response = rejected.value.response
        assert response.status_code == (403 if without else 401)
        assert ", ".join(response.headers.get_all("x-one")) == ("" if without else "1, 2")


@pytest.mark.parametrize("name", [name for name in SERVERS if name != "hypercorn-trio"])
def test_a_cancellation_that_nobody_asked_for_is_an_error_that_is_logged(name: str) -> None:
    """Of itself some servers log nothing, and daphne 4.2 gives the client no response. On trio it cannot be."""
    with started(name, "handlers:application", Path(__file__).parent) as running:
        with pytest.raises(InvalidStatus) as rejected:
            connect(f"ws://{running.address}/cancelled/before")
        assert rejected.value.response.status_code == (403 if name in NO_DENIAL else 500)
        with connect(f"ws://{running.address}/cancelled/open") as client, pytest.raises(ConnectionClosed) as closed:
            client.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == (1000 if name == "daphne" else 1011)
        with connect(f"ws://{running.address}/echo") as client:  # and the server goes on
            client.send("after")
            assert client.recv(timeout=10) == "after"
    said = [line for line in running.log if "its handler ended by a CancelledError that nobody asked for" in line]
    assert ["before" in said[0], "open" in said[1]] == [True, True]
    assert len(said) == 2
