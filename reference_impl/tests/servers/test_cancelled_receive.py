"""A cancelled receive loses no message, on every server."""

from pathlib import Path

import pytest
from websockets.sync.client import connect

from bareasgi_ws._command.servers import SERVERS, started

pytestmark = pytest.mark.slow
MESSAGES = [f"{number}" for number in range(40)]


@pytest.mark.parametrize("server", SERVERS)
def test_every_message_comes_in_its_order(server: str) -> None:
    with (
        started(server, "stages:application", Path(__file__).parent) as running,
        connect(f"ws://{running.address}/impatient") as client,
    ):
        for message in MESSAGES:
            client.send(message)
        assert [client.recv(timeout=10) for _ in MESSAGES] == MESSAGES
