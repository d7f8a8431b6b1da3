"""The conformance kit's reports, on large and small screens, in light and dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bareasgi_ws.conformance.render import html

from ..sample_reports import HOSTILE, seven
from .browsers import ChromiumPage

pytestmark = pytest.mark.slow

WIDTHS = [320, 390, 800, 1200]
SCHEMES = ["light", "dark"]
Show = Callable[..., ChromiumPage]
REPORTS = {"one": slice(1, 2), "crashed": slice(5, 6), "seven": slice(0, 7)}

LOADED = """
new Promise((done) => {
  document.readyState === "complete" ? done(true) : addEventListener("load", () => done(true));
})
"""
OPEN_ALL = "document.querySelectorAll('details').forEach((details) => { details.open = true; })"

# What is hidden from eyes alone, and names that are cut on purpose: they stand whole above.
SIDEWAYS = """
[...document.querySelectorAll("body, body *")]
  .filter((element) => element.scrollWidth > element.clientWidth && element.clientWidth > 1)
  .filter((element) => getComputedStyle(element).display !== "inline" && !element.matches(".name"))
  .map((element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 80)}`)
"""

# WCAG 2.2, relative luminance and contrast ratio, of every element that has a text of its own to be seen.
FAINT = """
(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = numbers(color).map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    const alpha = numbers(color)[3] ?? 1;
    if (alpha !== 0 && alpha !== 1) throw new Error("a background that lets another through: " + color);
    return alpha === 0 ? background(element.parentElement) : color;
  };
  const contrast = (element) => {
    const [dark, light] = [getComputedStyle(element).color, background(element)].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const texts = [...document.querySelectorAll("body *")].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "")
    && element.checkVisibility() && element.getBoundingClientRect().width > 1);
  return {
    count: texts.length,
    seen: [...new Set(texts.flatMap((element) => [...element.closest(".outcome")?.classList ?? []]))],
    faint: texts.filter((element) => !(contrast(element) >= 4.5)).map((element) =>
      `${contrast(element)} ${element.tagName}.${element.className}: ${element.textContent.slice(0, 80)}`),
  };
})()
"""

CELLS = """
[...document.querySelectorAll("#WS-RECEIVE-04 :is(dd, .step)")].map((element) => {
  const box = element.getBoundingClientRect();
  const size = Math.min(...[element, ...element.querySelectorAll("*")].map((one) =>
    parseFloat(getComputedStyle(one).fontSize)));
  return { text: element.innerText, left: box.left, right: box.right, height: box.height, size };
})
"""

IN_SIGHT = """
(() => {
  const target = document.querySelector(":target");
  const box = target.getBoundingClientRect();
  return target.checkVisibility() && box.height > 0 && box.top >= 0 && box.top < innerHeight ? target.id : null;
})()
"""


# The height of each part of the matrix that eyes see.
HEIGHTS = """
((selector) => [...document.querySelectorAll(`.matrix ${selector}`)]
  .map((element) => element.getBoundingClientRect()).filter((box) => box.width > 1).map((box) => box.height))(%r)
"""


@pytest.fixture
def show(chromium_page: ChromiumPage, tmp_path: Path) -> Show:
    def open_report(name: str, width: int, scheme: str = "light", media: str = "") -> ChromiumPage:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        page = chromium_page
        page.resize(width, 900)
        page.call("Emulation.setEmulatedMedia", media=media, features=features)
        file = tmp_path / f"{name}.html"
        file.write_text(html(seven()[REPORTS[name]]), encoding="utf-8")
        page.open(file.as_uri())
        page.evaluate(LOADED)
        return page

    return open_report


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_to_be_scrolled_sideways(show: Show, name: str, width: int) -> None:
    page = show(name, width)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("innerWidth") == width
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(SIDEWAYS) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", REPORTS)
def test_every_text_stands_out_from_its_background(show: Show, name: str, scheme: str) -> None:
    page = show(name, 1200, scheme)
    page.evaluate(OPEN_ALL)
    found = page.evaluate(FAINT)
    assert found["count"] > 300
    assert found["faint"] == []
    if name == "seven":
        outcomes = {
            "pass",
            "fail",
            "non-strict",
            "blocked",
            "not-seen",
            "not-offered",
            "deviates",
            "not-run",
            "could-not-run",
        }
        assert outcomes <= set(found["seen"])


def test_dark_is_dark_and_light_is_light_and_so_is_paper(show: Show) -> None:
    shade = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every((channel) => channel %s)"
    assert show("one", 1200, "light").evaluate(shade % "> 200")
    assert show("one", 1200, "dark").evaluate(shade % "< 50")
    assert show("one", 1200, "dark", "print").evaluate(shade % "> 200")


def test_a_failure_can_be_read_on_a_telephone(show: Show) -> None:
    cells = show("one", 390).evaluate(CELLS)
    assert [cell["text"] for cell in cells[:3]] == ["handler: receive()", "b''", "returned None"]
    steps = cells[3:]
    assert "✗ failed: expected b'', returned None" in "".join(step["text"] for step in steps)
    for cell in cells:
        assert 0 <= cell["left"] < cell["right"] <= 390
        assert cell["right"] - cell["left"] > 100
        assert cell["height"] >= 15
        assert cell["size"] >= 12
    sides = {(step["left"], step["right"]) for step in steps}
    (_, end_of_the_left), (start_of_the_right, _) = sorted(sides)
    assert end_of_the_left <= start_of_the_right


@pytest.mark.parametrize(("width", "row", "words"), [(390, 35, False), (800, 200, False), (1200, 200, True)])
def test_the_matrix_of_seven_is_legible(show: Show, width: int, row: float, words: bool) -> None:
    page = show("seven", width)
    assert max(page.evaluate(HEIGHTS % "tbody tr")) <= row
    assert max(page.evaluate(HEIGHTS % "thead tr")) <= 120  # it stays in sight
    line = 25
    assert max(page.evaluate(HEIGHTS % ".id")) < line
    assert max(page.evaluate(HEIGHTS % ".sign")) < line
    heights = page.evaluate(HEIGHTS % "td:not(.pass) .word")
    assert max(heights, default=0) < line
    assert (len(heights) > 100) == words
    assert min(page.evaluate("[...document.querySelectorAll('.matrix td')].map((cell) => cell.clientWidth)")) >= 18


@pytest.mark.parametrize("width", [390, 1200])
def test_a_link_of_the_matrix_leads_to_what_it_tells_of(show: Show, width: int) -> None:
    page = show("seven", width)
    page.evaluate("document.querySelector('.matrix td.deviates a').click()")
    assert page.evaluate(IN_SIGHT) == "report-3-WS-RECEIVE-04"
    # Its chapter is closed.
    page.evaluate("document.querySelector('.matrix a[href=\"#WS-HANDSHAKE-01\"]').click()")
    assert page.evaluate(IN_SIGHT) == "WS-HANDSHAKE-01"


def test_paper_has_the_conversations_that_the_screen_keeps_closed(show: Show) -> None:
    drawn = "document.querySelector('#report-3-WS-RECEIVE-04 .timeline').checkVisibility({contentVisibilityAuto: true})"
    assert not show("seven", 1200).evaluate(drawn)
    assert show("seven", 1200, media="print").evaluate(drawn)


def test_a_message_stays_text(show: Show) -> None:
    page = show("crashed", 1200)
    visible: Any = page.evaluate("document.querySelector('h1').textContent")
    assert visible.startswith(HOSTILE.partition(" & ")[0].partition("\x1b")[0])
    assert page.evaluate("document.scripts.length") == 0
