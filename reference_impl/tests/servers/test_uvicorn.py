"""A real uvicorn, with a real client: the rules that need a server."""

import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bareasgi_ws._command.servers.process import ServerProcess, serving

pytestmark = pytest.mark.slow

IMPLEMENTATIONS = ["websockets", "websockets-sansio"]

# uvicorn 0.54 logs this after every denial response on websockets-sansio, its default (Kludex/uvicorn pull request
# 3138): the client has got the response, and nothing is wrong in the application.
LOGGED_AFTER_A_DENIAL = {
    "websockets": [],
    "websockets-sansio": ["ERROR:    ASGI callable returned without completing handshake."],
}


@contextmanager
def uvicorn(implementation: str) -> Iterator[ServerProcess]:
    options = ["--port", "0", "--ws", implementation, "--no-use-colors"]
    with serving([sys.executable, "-m", "uvicorn", "handlers:application", *options], Path(__file__).parent) as running:
        yield running


@pytest.fixture(scope="module", params=IMPLEMENTATIONS)
def server(request: pytest.FixtureRequest) -> Iterator[ServerProcess]:
    with uvicorn(request.param) as running:
        yield running


@pytest.fixture(params=IMPLEMENTATIONS)
def implementation(request: pytest.FixtureRequest) -> Any:
    return request.param


def open_at(server: ServerProcess, path: str, **how: Any) -> ClientConnection:
    client: ClientConnection = connect(f"ws://{server.address}{path}", open_timeout=10, close_timeout=10, **how)
    return client


def rejected(server: ServerProcess, path: str) -> tuple[int, bytes]:
    with pytest.raises(InvalidStatus) as error:
        open_at(server, path)
    return error.value.response.status_code, bytes(error.value.response.body)


def closed(server: ServerProcess, path: str) -> tuple[int, str] | None:
    with open_at(server, path) as client:
        with pytest.raises(ConnectionClosed) as error:
            client.recv(timeout=10)
        frame = error.value.rcvd
        return (frame.code, frame.reason) if frame else None


def test_subprotocol_and_headers_are_answered(server: ServerProcess) -> None:
    with open_at(server, "/accepts", subprotocols=["a", "b"]) as client:
        assert client.subprotocol == "b"
        assert client.response is not None
        assert client.response.headers.get_all("x-one") == ["1", "2"]


@pytest.mark.parametrize("path", ["/nowhere", "/echo/", "/%00"])
def test_no_route_is_404(server: ServerProcess, path: str) -> None:
    assert rejected(server, path) == (404, b"Not Found")


def test_the_tutorials_close_after_the_client_has_gone_logs_nothing(implementation: str) -> None:
    with uvicorn(implementation) as running:
        with open_at(running, "/tutorial") as client:
            client.send("hello")
            assert client.recv(timeout=10) == "You said: hello"
            client.close(3001)
        with open_at(running, "/tutorial") as client:
            client.send("hello")
            assert client.recv(timeout=10) == "You said: hello"
            drop(client)
        with open_at(running, "/tutorial") as client:  # served, so the loop went on
            client.send("after")
            assert client.recv(timeout=10) == "You said: after"
    codes = [line.split()[-1] for line in running.log if line.startswith("tutorial:")]
    assert codes[0] == "3001"
    assert len(codes) == 3
    assert running.errors == []


def test_rejections_log_nothing_and_errors_log_themselves(implementation: str) -> None:
    with uvicorn(implementation) as running:
        for path in ("/returns/before", "/rejects"):
            rejected(running, path)
        closed(running, "/returns/open")
    assert running.errors == []
    with uvicorn(implementation) as running:
        closed(running, "/raises/open")
    assert running.errors == ["ERROR:    Exception in ASGI application", "LookupError: raised while open"]


def test_no_route_is_no_exception_in_the_server(implementation: str) -> None:
    with uvicorn(implementation) as running:
        rejected(running, "/nowhere")
    assert running.errors == LOGGED_AFTER_A_DENIAL[implementation]


@pytest.mark.parametrize("answer", ["close", "deny"])
@pytest.mark.parametrize("ws", [*IMPLEMENTATIONS, "wsproto"])
def test_an_answer_that_comes_as_the_server_stops_is_no_error(ws: str, answer: str) -> None:
    options = ["--port", "0", "--ws", ws, "--no-use-colors"]
    command = [sys.executable, "-m", "uvicorn", "stopping:application", *options]
    with serving(command, Path(__file__).parent) as running:
        host, _, port = running.address.partition(":")
        with socket.create_connection((host, int(port))) as client:
            headers = "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            client.sendall(f"GET /{answer} HTTP/1.1\r\n{headers}{key}\r\n".encode())
            client.settimeout(10)
            while client.recv(1024):  # until it ends
                pass
    assert [line for line in running.log if line.startswith("answered")] == [
        f"answered {4000 if answer == 'close' else 1005}\n"
    ]
    # uvicorn may go on to log an error of its own; no traceback is of an exception that left the handler.
    assert not [line for line in running.log if "bareasgi_ws" in line]


def drop(client: ClientConnection) -> None:
    """Lose the connection: reset TCP, with no close frame."""
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.shutdown(socket.SHUT_RDWR)
    client.socket.close()
