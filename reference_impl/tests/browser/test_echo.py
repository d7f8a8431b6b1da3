"""The echo's page: connecting, saying something, closing, a server that goes away, on large and small screens."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from bareasgi_ws._command.servers.process import ServerProcess, serving

from .conftest import assert_fits

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parents[3] / "examples"
SERVE = [sys.executable, "web_socket.py", "--port", "0"]
"""The application that `make serve` runs."""

SHOWN = """({
  state: state.textContent, toggle: toggle.textContent, enabled: [!message.disabled, !send.disabled],
  written: message.value, hint: message.placeholder, focus: document.activeElement.id,
  log: [...document.querySelectorAll("#log p")].map((entry) => `${entry.className}: ${entry.textContent}`),
})"""

# What makes a page wider than its screen: a long word, and many lines.
LONG = ["x" * 500, "a word, " * 100, *(f"message {number}" for number in range(20))]


class Echo:
    """The page, open in the browser, connected to a server."""

    def __init__(self, page: Page, server: ServerProcess) -> None:
        self.page = page
        self.server = server
        self.write = page.keyboard.insert_text
        self.press = page.keyboard.press
        page.goto(f"http://{server.address}/")
        self.until("open")

    def shown(self) -> SimpleNamespace:
        return SimpleNamespace(**self.page.evaluate(SHOWN))

    def until(self, state: str) -> SimpleNamespace:
        """Wait for a state, by the name that the page's styles know, and return what is shown."""
        self.page.locator(f"#state[data-state={state}]").wait_for()
        return self.shown()

    def toggle(self, state: str) -> SimpleNamespace:
        self.page.click("#toggle")
        return self.until(state)

    def say(self, *texts: str) -> list[str]:
        """Say these from the keyboard, and return the log once each is answered."""
        before = len(self.shown().log)
        for count, text in enumerate(texts, 1):
            self.write(text)
            self.press("Enter")
            assert (self.shown().written, self.shown().focus) == ("", "message")  # for the next one, at once
            expect(self.page.locator("#log p")).to_have_count(before + 2 * count)
        log: list[str] = self.shown().log[before:]
        return log

    def assert_fits(self) -> None:
        assert_fits(self.page)
        for control in ("#state", "#toggle", "#log", "#message", "#send"):
            expect(self.page.locator(control)).to_be_in_viewport(ratio=1)


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    with serving(SERVE, EXAMPLES) as server:
        yield server
    assert server.errors == []


@pytest.fixture
def echo(page: Page, server: ServerProcess) -> Echo:
    return Echo(page, server)


@pytest.fixture
def own_echo(page: Page) -> Iterator[Echo]:
    """The same on the test's own server, which it may stop."""
    with serving(SERVE, EXAMPLES) as server:
        yield Echo(page, server)


def test_it_connects_closes_and_connects_again(echo: Echo) -> None:
    shown = echo.shown()
    assert shown.state == f"Connected to ws://{echo.server.address}/ws"
    assert (shown.toggle, shown.enabled) == ("Close", [True, True])
    assert (shown.focus, shown.hint, shown.log) == ("message", "Type, then press Enter", ["event: Connected"])
    echo.write("too late")
    shown = echo.toggle("closed")
    assert (shown.toggle, shown.hint, shown.enabled) == ("Connect", "Not connected", [False, False])
    assert shown.state == "Closed (code 1000, normal closure)"
    echo.page.click("#send", force=True)
    echo.page.click("#message", force=True)
    echo.write(" for this too")
    shown = echo.shown()
    assert (shown.written, shown.log[1:]) == ("too late", ["event: Closed (code 1000, normal closure)"])
    assert echo.toggle("open").enabled == [True, True]
    echo.page.click("#send")
    expect(echo.page.locator("#log p")).to_have_count(5)
    expected = ["event: Connected", "sent: You: too late", "received: Server: You said: too late"]
    assert echo.shown().log[2:] == expected


def test_the_keyboard_alone_closes_and_connects(echo: Echo) -> None:
    for place in ("log", "toggle"):
        echo.press("Shift+Tab")
        assert echo.shown().focus == place
    echo.press("Enter")
    assert echo.until("closed").focus == "toggle"
    echo.press("Enter")
    assert echo.until("open").focus == "message"


@pytest.mark.parametrize("text", ["Hello", "<img src=x onerror=alert(1)>", "日本語 😀 שלום", ""])
def test_a_message_is_answered_and_shown_as_text(echo: Echo, text: str) -> None:
    assert echo.say(text, "next") == [
        f"sent: You: {text or '(empty message)'}",
        f"received: Server: You said: {text}",
        "sent: You: next",
        "received: Server: You said: next",
    ]
    assert echo.page.locator("img").count() == 0


def test_the_servers_own_code_is_shown(echo: Echo) -> None:
    echo.page.evaluate("socket.send(new Uint8Array([1]))")  # the page itself sends text only
    assert echo.until("closed").state == "Closed (code 1003, unsupported data)"


def test_a_server_that_stops_says_so_and_one_that_is_absent_is_noticed(own_echo: Echo) -> None:
    own_echo.server.stop()
    assert own_echo.until("closed").state == "Closed (code 1012, service restart)"
    shown = own_echo.toggle("lost")
    assert shown.state == "No connection: the server did not answer, or rejected (code 1006)"
    assert shown.toggle == "Connect"


def test_a_killed_server_is_noticed(own_echo: Echo) -> None:
    own_echo.write("not sent")
    os.kill(own_echo.server.pid, signal.SIGKILL)
    shown, lost = own_echo.until("lost"), "Connection lost: the server went away (code 1006)"
    assert (shown.state, shown.log[-1]) == (lost, f"event lost: {lost}")
    assert (shown.enabled, shown.written) == ([False, False], "not sent")
    assert (shown.toggle, shown.focus) == ("Connect", "toggle")


def test_connecting_can_be_cancelled(own_echo: Echo) -> None:
    own_echo.toggle("closed")
    with stopped(own_echo.server):
        shown = own_echo.toggle("connecting")
        assert shown.state == f"Connecting to ws://{own_echo.server.address}/ws"
        assert (shown.toggle, shown.enabled) == ("Cancel", [False, False])
        assert own_echo.toggle("closed").state == "Cancelled before there was a connection"


def test_while_it_closes_nothing_is_sent(own_echo: Echo) -> None:
    own_echo.write("too late")
    with stopped(own_echo.server):
        shown = own_echo.toggle("closing")
        assert (shown.state, shown.enabled) == ("Closing", [False, False])
        own_echo.page.click("#toggle", force=True)  # once more changes nothing
        assert own_echo.until("closing").toggle == "Closing…"
    shown = own_echo.until("closed")
    assert (shown.state, shown.written) == ("Closed (code 1000, normal closure)", "too late")


def test_opened_as_a_file_it_says_what_to_do(page: Page) -> None:
    page.goto((EXAMPLES / "web_socket.html").as_uri())
    expect(page.locator("#state[data-state=lost]")).to_contain_text("run web_socket.py")
    assert page.evaluate(SHOWN)["enabled"] == [False, False]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (844, 390), (320, 568)])
def test_it_fits_in_every_state(own_echo: Echo) -> None:
    own_echo.assert_fits()
    own_echo.say(*LONG)
    own_echo.assert_fits()
    for control in ("#log", "#message", "#send"):
        own_echo.page.click(control)
    own_echo.toggle("closed")
    own_echo.assert_fits()
    own_echo.server.stop()
    own_echo.toggle("lost")
    own_echo.assert_fits()


def test_the_last_entry_is_in_sight_but_for_who_scrolls_back(echo: Echo) -> None:
    echo.say(*LONG)
    entries = echo.page.locator("#log p")
    expect(entries.last).to_be_in_viewport(ratio=1)
    echo.page.evaluate("new Promise((done) => { log.onscroll = done; log.scrollTop = 0; })")
    echo.toggle("closed")
    expect(entries.first).to_be_in_viewport(ratio=1)


@contextmanager
def stopped(server: ServerProcess) -> Iterator[None]:
    """Keep the server from answering; the system still takes connections for it."""
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)
