"""Connecting, closing, and a server that goes away."""

import os
import re
import signal
from pathlib import Path

import pytest

from bareasgi_ws._command.servers.process import ServerProcess

from .echo_page import EchoPage
from .page import Page

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[3] / "examples" / "web_socket.html"


def test_connects_when_it_is_opened(echo: EchoPage, server: ServerProcess) -> None:
    assert echo.state == f"Connected to ws://{server.address}/ws"
    assert echo.toggle == "Close"
    assert echo.enabled == (True, True)
    assert (echo.focus, echo.hint) == ("message", "Type, then press Enter")
    assert echo.log == [("event", "Connected")]


def test_closing_shows_the_code(echo: EchoPage) -> None:
    echo.page.click("#toggle")
    echo.wait_until("closed")
    assert echo.state == "Closed (code 1000, normal closure)"
    assert echo.log[-1] == ("event", "Closed (code 1000, normal closure)")
    assert (echo.toggle, echo.hint) == ("Connect", "Not connected")


def test_nothing_can_be_sent_after_closing(echo: EchoPage) -> None:
    echo.page.write("too late")
    echo.page.click("#toggle")
    echo.wait_until("closed")
    assert echo.enabled == (False, False)
    echo.page.click("#send")
    echo.page.click("#message")
    echo.page.write(" for this too")
    assert echo.written == "too late"
    assert [kind for kind, _ in echo.log] == ["event", "event"]


def test_connects_again(echo: EchoPage) -> None:
    echo.page.click("#toggle")
    echo.wait_until("closed")
    echo.page.click("#toggle")
    echo.wait_until("open")
    assert echo.enabled == (True, True)
    echo.send("again")
    assert echo.wait_for_entries(5)[2:] == [
        ("event", "Connected"),
        ("sent", "You: again"),
        ("received", "Server: You said: again"),
    ]


def test_the_keyboard_alone_closes_and_connects(echo: EchoPage) -> None:
    for place in ("log", "toggle"):
        echo.page.press("Tab", shift=True)
        assert echo.focus == place
    echo.page.press("Enter")
    echo.wait_until("closed")
    assert echo.focus == "toggle"
    echo.page.press("Enter")
    echo.wait_until("open")
    assert echo.focus == "message"


def test_the_servers_own_code_is_shown(echo: EchoPage) -> None:
    echo.page.evaluate("socket.send(new Uint8Array([1]))")  # the page itself sends text only
    echo.wait_until("closed")
    assert echo.state == "Closed (code 1003, unsupported data)"


def test_a_server_that_is_stopped_says_so_itself(own_echo: EchoPage, own_server: ServerProcess) -> None:
    own_server.stop()
    own_echo.wait_until("closed")
    assert own_echo.state == "Closed (code 1012, service restart)"


def test_a_killed_server_is_noticed(own_echo: EchoPage, own_server: ServerProcess) -> None:
    own_echo.page.write("not sent")
    tell(own_server, signal.SIGKILL)
    own_echo.wait_until("lost")
    lost = "Connection lost: the server went away (code 1006)"
    assert own_echo.state == lost
    assert own_echo.log[-1] == ("event lost", lost)
    assert own_echo.enabled == (False, False)
    assert own_echo.written == "not sent"
    assert (own_echo.toggle, own_echo.focus) == ("Connect", "toggle")


def test_a_server_that_is_not_there_is_noticed(own_echo: EchoPage, own_server: ServerProcess) -> None:
    own_server.stop()
    own_echo.wait_until("closed")
    own_echo.page.click("#toggle")
    own_echo.wait_until("lost")
    assert own_echo.state == "No connection: the server did not answer, or refused (code 1006)"
    assert own_echo.toggle == "Connect"


def test_connecting_can_be_cancelled(own_echo: EchoPage, own_server: ServerProcess) -> None:
    own_echo.page.click("#toggle")
    own_echo.wait_until("closed")
    tell(own_server, signal.SIGSTOP)  # the system still takes connections for it, but nobody answers
    try:
        own_echo.page.click("#toggle")
        assert own_echo.state == f"Connecting to ws://{own_server.address}/ws"
        assert own_echo.enabled == (False, False)
        assert own_echo.toggle == "Cancel"
        own_echo.page.click("#toggle")
        own_echo.wait_until("closed")
        assert own_echo.state == "Cancelled before there was a connection"
    finally:
        tell(own_server, signal.SIGCONT)


def test_while_it_closes_nothing_is_sent(own_echo: EchoPage, own_server: ServerProcess) -> None:
    own_echo.page.write("too late")
    tell(own_server, signal.SIGSTOP)
    try:
        own_echo.page.click("#toggle")
        assert own_echo.state == "Closing"
        assert own_echo.enabled == (False, False)
        own_echo.page.click("#toggle")  # once more changes nothing
        assert own_echo.toggle == "Closing…"
    finally:
        tell(own_server, signal.SIGCONT)
    own_echo.wait_until("closed")
    assert own_echo.state == "Closed (code 1000, normal closure)"
    assert own_echo.written == "too late"


def test_opened_as_a_file_it_says_what_to_do(page: Page) -> None:
    page.open(PAGE.as_uri())
    echo = EchoPage(page)
    echo.wait_until("lost")
    assert "run web_socket.py" in echo.state
    assert echo.enabled == (False, False)


def tell(server: ServerProcess, what: signal.Signals) -> None:
    """Send a signal to the server's process, whose number uvicorn logs."""
    number = re.search(r"Started server process \[(\d+)\]", "".join(server.log))
    assert number is not None
    os.kill(int(number[1]), what)
