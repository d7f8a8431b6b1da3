"""The echo's page: connecting, saying something, closing, a server that goes away, on large and small screens."""

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from bareasgi_ws._command.servers.process import ServerProcess

from .browsers import ChromiumPage
from .conftest import EXAMPLES

pytestmark = pytest.mark.slow

SHOWN = """({
  state: state.textContent, toggle: toggle.textContent, enabled: [!message.disabled, !send.disabled],
  written: message.value, hint: message.placeholder, focus: document.activeElement.id,
  log: [...document.querySelectorAll("#log p")].map((entry) => `${entry.className}: ${entry.textContent}`),
})"""

SIZES = [(1280, 800), (390, 844), (844, 390), (320, 568)]
CONTROLS = ["#state", "#toggle", "#log", "#message", "#send"]

# What makes a page wider than its screen: a long word, and many lines.
LONG = ["x" * 500, "a word, " * 100, *(f"message {number}" for number in range(20))]

CUT_OFF = """
%s.filter((selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  const inside = box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
  return !inside || box.width === 0 || box.height === 0;
})"""

SIDEWAYS = """
[...document.querySelectorAll("*")]
  .filter((element) => element.scrollWidth > element.clientWidth && element.clientWidth > 1)
  .filter((element) => !element.matches("input, .for-screen-readers"))
  .map((element) => element.id || element.tagName)"""

IN_SIGHT = """
((entry, log) => entry.top >= log.top && entry.bottom <= log.bottom)(
  document.querySelector("#log p:%s-child").getBoundingClientRect(), log.getBoundingClientRect())"""


class Echo:
    """The page, open in the browser, connected to a server."""

    def __init__(self, page: ChromiumPage, server: ServerProcess) -> None:
        self.page = page
        page.open(f"http://{server.address}/")
        self.until("open")

    def shown(self) -> SimpleNamespace:
        return SimpleNamespace(**self.page.evaluate(SHOWN))

    def until(self, state: str) -> SimpleNamespace:
        """Wait for a state, by the name that the page's styles know, and return what is shown."""
        self.page.wait_for(f"document.querySelector('#state')?.dataset.state === '{state}'")
        return self.shown()

    def toggle(self, state: str) -> SimpleNamespace:
        self.page.click("#toggle")
        return self.until(state)

    def log(self, count: int) -> list[str]:
        """Return the log, once it has so many entries."""
        self.page.wait_for(f"document.querySelectorAll('#log p').length >= {count}")
        log: list[str] = self.shown().log
        return log

    def say(self, *texts: str) -> list[str]:
        """Say these from the keyboard, and return the log once each is answered."""
        before = len(self.shown().log)
        for text in texts:
            self.page.write(text)
            self.page.press("Enter")
            assert (self.shown().written, self.shown().focus) == ("", "message")  # for the next one, at once
        return self.log(before + 2 * len(texts))[before:]

    def assert_fits(self, width: int) -> None:
        assert self.page.evaluate("innerWidth") == width
        assert self.page.evaluate(CUT_OFF % json.dumps(CONTROLS)) == []
        assert self.page.evaluate(SIDEWAYS) == []


@pytest.fixture
def echo(chromium_page: ChromiumPage, server: ServerProcess) -> Echo:
    return Echo(chromium_page, server)


@pytest.fixture
def own_echo(chromium_page: ChromiumPage, own_server: ServerProcess) -> Echo:
    """The same on the test's own server."""
    return Echo(chromium_page, own_server)


def test_it_connects_closes_and_connects_again(echo: Echo, server: ServerProcess) -> None:
    shown = echo.shown()
    assert (shown.state, shown.toggle, shown.enabled) == (
        f"Connected to ws://{server.address}/ws",
        "Close",
        [True, True],
    )
    assert (shown.focus, shown.hint, shown.log) == ("message", "Type, then press Enter", ["event: Connected"])
    echo.page.write("too late")
    shown = echo.toggle("closed")
    assert (shown.toggle, shown.hint, shown.enabled) == ("Connect", "Not connected", [False, False])
    assert shown.state == "Closed (code 1000, normal closure)"
    echo.page.click("#send")
    echo.page.click("#message")
    echo.page.write(" for this too")
    shown = echo.shown()
    assert (shown.written, shown.log[1:]) == ("too late", ["event: Closed (code 1000, normal closure)"])
    assert echo.toggle("open").enabled == [True, True]
    echo.page.click("#send")
    expected = ["event: Connected", "sent: You: too late", "received: Server: You said: too late"]
    assert echo.log(5)[2:] == expected


def test_the_keyboard_alone_closes_and_connects(echo: Echo) -> None:
    for place in ("log", "toggle"):
        echo.page.press("Tab", shift=True)
        assert echo.shown().focus == place
    echo.page.press("Enter")
    assert echo.until("closed").focus == "toggle"
    echo.page.press("Enter")
    assert echo.until("open").focus == "message"


@pytest.mark.parametrize("text", ["Hello", "<img src=x onerror=alert(1)>", "日本語 😀 שלום"])
def test_a_message_is_answered_and_shown_as_text(echo: Echo, text: str) -> None:
    assert echo.say(text, "next") == [
        f"sent: You: {text}",
        f"received: Server: You said: {text}",
        "sent: You: next",
        "received: Server: You said: next",
    ]
    assert echo.page.evaluate("document.querySelectorAll('img').length") == 0


def test_an_empty_message_is_shown_as_one(echo: Echo) -> None:
    assert echo.say("") == ["sent: You: (empty message)", "received: Server: You said: "]


def test_the_servers_own_code_is_shown(echo: Echo) -> None:
    echo.page.evaluate("socket.send(new Uint8Array([1]))")  # the page itself sends text only
    assert echo.until("closed").state == "Closed (code 1003, unsupported data)"


def test_a_server_that_stops_says_so_and_one_that_is_absent_is_noticed(
    own_echo: Echo, own_server: ServerProcess
) -> None:
    own_server.stop()
    assert own_echo.until("closed").state == "Closed (code 1012, service restart)"
    shown = own_echo.toggle("lost")
    assert shown.state == "No connection: the server did not answer, or rejected (code 1006)"
    assert shown.toggle == "Connect"


def test_a_killed_server_is_noticed(own_echo: Echo, own_server: ServerProcess) -> None:
    own_echo.page.write("not sent")
    tell(own_server, signal.SIGKILL)
    shown, lost = own_echo.until("lost"), "Connection lost: the server went away (code 1006)"
    assert (shown.state, shown.log[-1]) == (lost, f"event lost: {lost}")
    assert (shown.enabled, shown.written) == ([False, False], "not sent")
    assert (shown.toggle, shown.focus) == ("Connect", "toggle")


def test_connecting_can_be_cancelled(own_echo: Echo, own_server: ServerProcess) -> None:
    own_echo.toggle("closed")
    with stopped(own_server):
        shown = own_echo.toggle("connecting")
        assert shown.state == f"Connecting to ws://{own_server.address}/ws"
        assert (shown.toggle, shown.enabled) == ("Cancel", [False, False])
        assert own_echo.toggle("closed").state == "Cancelled before there was a connection"


def test_while_it_closes_nothing_is_sent(own_echo: Echo, own_server: ServerProcess) -> None:
    own_echo.page.write("too late")
    with stopped(own_server):
        shown = own_echo.toggle("closing")
        assert (shown.state, shown.enabled) == ("Closing", [False, False])
        assert own_echo.toggle("closing").toggle == "Closing…"  # once more changes nothing
    shown = own_echo.until("closed")
    assert (shown.state, shown.written) == ("Closed (code 1000, normal closure)", "too late")


def test_opened_as_a_file_it_says_what_to_do(chromium_page: ChromiumPage) -> None:
    chromium_page.open((EXAMPLES / "web_socket.html").as_uri())
    chromium_page.wait_for("document.querySelector('#state')?.dataset.state === 'lost'")
    shown = chromium_page.evaluate(SHOWN)
    assert "run web_socket.py" in shown["state"]
    assert shown["enabled"] == [False, False]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_fits_in_every_state(own_echo: Echo, own_server: ServerProcess, width: int, height: int) -> None:
    own_echo.page.resize(width, height)
    own_echo.assert_fits(width)
    own_echo.say(*LONG)
    own_echo.assert_fits(width)
    for control in ("#log", "#message", "#send"):
        own_echo.page.click(control)
    own_echo.toggle("closed")
    own_echo.assert_fits(width)
    own_server.stop()
    own_echo.toggle("lost")
    own_echo.assert_fits(width)


def test_the_last_entry_is_in_sight_but_for_who_scrolls_back(echo: Echo) -> None:
    echo.say(*LONG)
    assert echo.page.evaluate(IN_SIGHT % "last")
    echo.page.evaluate("new Promise((done) => { log.onscroll = done; log.scrollTop = 0; })")
    echo.toggle("closed")
    assert echo.page.evaluate(IN_SIGHT % "first")


@contextmanager
def stopped(server: ServerProcess) -> Iterator[None]:
    """Keep the server from answering; the system still takes connections for it."""
    tell(server, signal.SIGSTOP)
    try:
        yield
    finally:
        tell(server, signal.SIGCONT)


def tell(server: ServerProcess, what: signal.Signals) -> None:
    """Send a signal to the server's process, whose number uvicorn logs."""
    number = re.search(r"Started server process \[(\d+)\]", "".join(server.log))
    assert number is not None
    os.kill(int(number[1]), what)
