"""What a handler may rely on, on every server, and behind middleware: a server's fault is mended there too.

A middleware's own is not hidden. granian's ``receive`` and denials need mending, and daphne's closes.
"""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus
from websockets.sync.client import connect

from bareasgi_ws._command.servers import SERVERS, started
from bareasgi_ws._command.servers.process import ServerProcess

pytestmark = pytest.mark.slow
MIDDLEWARE = ["receive", "send", "both", "object", "scope", "task", "timeout", "starlette", "fastapi", "bareasgi"]
EVERYWHERE = [*((server, "bare") for server in SERVERS), *(("granian", name) for name in MIDDLEWARE)]
MESSAGES = [f"{number}" for number in range(40)]
NO_DENIAL = ("daphne", "gunicorn")


def serving(server: str) -> AbstractContextManager[ServerProcess]:
    return started(server, "wrapped:application", Path(__file__).parent)


@pytest.fixture(scope="module")
def address() -> Generator[Callable[[str], str]]:
    """Return where a server listens, which is started once."""
    with ExitStack() as stack:
        yield cache(lambda server: stack.enter_context(serving(server)).address)


@pytest.mark.parametrize(("server", "name"), EVERYWHERE)
def test_a_cancelled_receive_loses_no_message(address: Callable[[str], str], server: str, name: str) -> None:
    with connect(f"ws://{address(server)}/{name}/impatient") as client:
        for message in MESSAGES:
            client.send(message)
        assert [client.recv(timeout=10) for _ in MESSAGES] == MESSAGES


@pytest.mark.parametrize("parameter", ["server_max_window_bits=x", "client_max_window_bits=x"])
@pytest.mark.parametrize("server", SERVERS)
def test_an_offer_of_compression_that_cannot_be_read_ends_its_own_connection_alone(
    address: Callable[[str], str], server: str, parameter: str
) -> None:
    """It ends hypercorn 0.18 on trio whole, in raw ASGI."""
    offer = {"Sec-WebSocket-Extensions": f"permessage-deflate; {parameter}"}
    url = f"ws://{address(server)}/bare/echo"
    with connect(url) as client:
        how: Any = {"additional_headers": offer, "compression": None}
        with suppress(InvalidMessage, InvalidHandshake), connect(url, **how):
            pass  # others answer, without compression
        client.send("after")
        assert client.recv(timeout=10) == "after"


@pytest.mark.parametrize("name", ["bare", *MIDDLEWARE])
def test_a_close_goes_out_beside_a_receive_that_waits(address: Callable[[str], str], name: str) -> None:
    with connect(f"ws://{address('granian')}/{name}/both") as client:
        with pytest.raises(ConnectionClosed) as closed:
            client.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 3000


@pytest.mark.parametrize(("server", "name"), EVERYWHERE)
def test_a_denial_may_have_a_header_twice(address: Callable[[str], str], server: str, name: str) -> None:
    without = server in NO_DENIAL or name == "scope"  # which has no extension to deny with
    for _ in range(2):  # it would end granian 2.8 whole, in raw ASGI
        with pytest.raises(InvalidStatus) as rejected:
            connect(f"ws://{address(server)}/{name}/denies/twice")
        response = rejected.value.response
        assert response.status_code == (403 if without else 401)
        assert ", ".join(response.headers.get_all("x-one")) == ("" if without else "1, 2")


@pytest.mark.parametrize("name", ["bare", *(name for name in MIDDLEWARE if name != "scope")])
def test_two_cookies_are_the_handlers_error_and_not_the_servers_end(address: Callable[[str], str], name: str) -> None:
    for _ in range(2):
        with pytest.raises(InvalidStatus) as rejected:
            connect(f"ws://{address('granian')}/{name}/denies/cookies")
        assert rejected.value.response.status_code == 500


def test_a_middlewares_own_timeout_ends_its_receive(address: Callable[[str], str]) -> None:
    with connect(f"ws://{address('granian')}/idle/tutorial") as client:
        client.send("hello")
        assert client.recv(timeout=10) == "You said: hello"
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=10)


def test_a_code_that_daphne_rejects_becomes_1000() -> None:
    with serving("daphne") as running:
        for name in ("bare", *MIDDLEWARE[:6]):
            with connect(f"ws://{running.address}/{name}/closes/1001") as client:
                with pytest.raises(ConnectionClosed) as closed:
                    client.recv(timeout=10)
                assert closed.value.rcvd is not None, name
                assert closed.value.rcvd.code == 1000, name
    assert not [line for line in running.log if "Error" in line]


@pytest.mark.parametrize("server", SERVERS)
def test_a_middlewares_bug_at_a_close_reaches_the_server(server: str) -> None:
    with (
        serving(server) as running,
        connect(f"ws://{running.address}/bug/closes/4000") as client,
        pytest.raises(ConnectionClosed),
    ):
        client.recv(timeout=10)
    raised = [line.strip(" |\n") for line in running.log if line.strip(" |").startswith("KeyError")]
    assert raised == ["""KeyError: "the middleware's own, at a close with 4000\""""]  # and there is no other close


@pytest.mark.parametrize("server", [name for name in SERVERS if name != "hypercorn-trio"])
def test_a_cancellation_that_nobody_asked_for_is_an_error_that_is_logged(server: str) -> None:
    """Of itself some servers log nothing, and daphne 4.2 gives the client no response. On trio it cannot be."""
    with serving(server) as running:
        url = f"ws://{running.address}/bare"
        with pytest.raises(InvalidStatus) as rejected:
            connect(f"{url}/cancelled/before")
        assert rejected.value.response.status_code == (403 if server in NO_DENIAL else 500)
        with connect(f"{url}/cancelled/open") as client, pytest.raises(ConnectionClosed) as closed:
            client.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == (1000 if server == "daphne" else 1011)
        with connect(f"{url}/echo") as client:  # and the server goes on
            client.send("after")
            assert client.recv(timeout=10) == "after"
    said = [line for line in running.log if "its handler ended by a CancelledError that nobody asked for" in line]
    assert ["before" in said[0], "open" in said[1]] == [True, True]
    assert len(said) == 2
