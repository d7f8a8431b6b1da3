"""The page on large and small screens: everything in sight, and nothing to scroll sideways."""

import json

import pytest

from bareasgi_ws._command.servers.process import ServerProcess

from .echo_page import EchoPage
from .page import Page

pytestmark = pytest.mark.slow

SIZES = [(1280, 800), (390, 844), (844, 390), (320, 568)]
CONTROLS = ["#state", "#toggle", "#log", "#message", "#send"]

# What makes a page wider than its screen: a long word, and many lines.
LONG = ["x" * 500, "a word, " * 100, *(f"message {number}" for number in range(20))]

CUT_OFF = """
((selectors) => selectors.filter((selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  const inside = box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
  return !inside || box.width === 0 || box.height === 0;
}))(%s)
"""

SIDEWAYS = """
[...document.querySelectorAll("*")]
  .filter((element) => element.scrollWidth > element.clientWidth && element.clientWidth > 1)
  .filter((element) => !element.matches("input, .for-screen-readers"))
  .map((element) => element.id || element.tagName)
"""

IN_SIGHT = """
((entry, log) => entry.top >= log.top && entry.bottom <= log.bottom)(
  document.querySelector("#log p:%s-child").getBoundingClientRect(),
  document.querySelector("#log").getBoundingClientRect())
"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_fits_in_every_state(page: Page, own_server: ServerProcess, width: int, height: int) -> None:
    echo = EchoPage.at(page, own_server, width, height)
    assert_fits(echo, width)
    fill(echo)
    assert_fits(echo, width)
    echo.page.click("#toggle")
    echo.wait_until("closed")
    assert_fits(echo, width)
    own_server.stop()
    echo.page.click("#toggle")
    echo.wait_until("lost")
    assert_fits(echo, width)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_control_can_be_clicked(page: Page, server: ServerProcess, width: int, height: int) -> None:
    echo = EchoPage.at(page, server, width, height)
    fill(echo)
    for control in ("#log", "#message", "#send", "#toggle"):
        echo.page.click(control)
    echo.wait_until("closed")


def test_the_last_entry_is_in_sight(echo: EchoPage) -> None:
    fill(echo)
    assert echo.page.evaluate(IN_SIGHT % "last")


def test_who_scrolls_back_is_left_there(echo: EchoPage) -> None:
    fill(echo)
    echo.page.evaluate("new Promise((done) => { log.onscroll = done; log.scrollTop = 0; })")
    echo.page.click("#toggle")
    echo.wait_until("closed")
    assert echo.page.evaluate(IN_SIGHT % "first")


def fill(echo: EchoPage) -> None:
    """Hold a conversation that no screen has room for."""
    for text in LONG:
        echo.send(text)
    echo.wait_for_entries(1 + 2 * len(LONG))


def assert_fits(echo: EchoPage, width: int) -> None:
    assert echo.page.evaluate("innerWidth") == width
    assert echo.page.evaluate(CUT_OFF % json.dumps(CONTROLS)) == []
    assert echo.page.evaluate(SIDEWAYS) == []
