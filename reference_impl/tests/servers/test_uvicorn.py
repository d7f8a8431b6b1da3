"""What uvicorn logs, as a process of its own, and what it does as it stops."""

import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bareasgi_ws._command.servers.process import ServerProcess, serving

from .wire import asking, drop

pytestmark = pytest.mark.slow


@contextmanager
def uvicorn(implementation: str, application: str) -> Generator[ServerProcess]:
    options = [application, "--port", "0", "--ws", implementation, "--no-use-colors"]
    with serving([sys.executable, "-m", "uvicorn", *options], Path(__file__).parent) as running:
        yield running


@pytest.mark.parametrize("implementation", ["websockets", "websockets-sansio"])
def test_a_client_that_has_gone_logs_nothing_and_an_error_logs_itself(implementation: str) -> None:
    with uvicorn(implementation, "handlers:application") as running:
        for leave in (ClientConnection.close, drop, ClientConnection.close):
            with connect(f"ws://{running.address}/tutorial") as client:
                client.send("hello")
                assert client.recv(timeout=10) == "You said: hello"
                leave(client)
        with connect(f"ws://{running.address}/raises/open") as client, suppress(ConnectionClosed):
            client.recv(timeout=10)
    assert running.errors == ["ERROR:    Exception in ASGI application", "LookupError: raised while open"]


@pytest.mark.parametrize("answer", ["close", "deny"])
@pytest.mark.parametrize("implementation", ["websockets", "websockets-sansio", "wsproto"])
def test_an_answer_that_comes_as_the_server_stops_is_no_error(implementation: str, answer: str) -> None:
    with (
        uvicorn(implementation, "stopping:application") as running,
        asking(running.address, f"/{answer}") as client,
    ):
        while client.recv(1024):  # until it ends
            pass
    assert [line for line in running.log if line.startswith("answered")] == [
        f"answered {4000 if answer == 'close' else 1005}\n"
    ]
    # uvicorn may go on to log an error of its own; no traceback is of an exception that left the handler.
    assert not [line for line in running.log if "bareasgi_ws" in line]
