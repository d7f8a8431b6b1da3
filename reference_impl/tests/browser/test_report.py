"""The conformance kit's reports, on large and small screens, in light and dark."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from bareasgi_ws.conformance.render import html

from ..sample_reports import seven
from .conftest import assert_fits

pytestmark = pytest.mark.slow

Show = Callable[..., Page]
Scheme = Literal["light", "dark"]
REPORTS = {"one": slice(1, 2), "crashed": slice(5, 6), "seven": slice(0, 7)}

OPEN_ALL = "document.querySelectorAll('details').forEach((details) => { details.open = true; })"
SHADE = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
BOXES = "(elements) => elements.map((element) => element.getBoundingClientRect().toJSON())"
SMALLEST = "(elements) => Math.min(...elements.map((element) => parseFloat(getComputedStyle(element).fontSize)))"

# WCAG 2.2, relative luminance and contrast ratio, of every element that has a text of its own to be seen.
# axe-core takes half a minute for these pages, and does not judge the signs.
CONTRASTS = """
(() => {
  const luminance = (color) => {
    const [red, green, blue] = color.match(/[\\d.]+/g).map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return color === "rgba(0, 0, 0, 0)" ? background(element.parentElement) : color;
  };
  const contrast = (element) => {
    const [dark, light] = [getComputedStyle(element).color, background(element)].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  return [...document.querySelectorAll("body *")].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "")
    && element.checkVisibility() && element.getBoundingClientRect().width > 1
  ).map((element) => [contrast(element), `${element.className}: ${element.textContent.slice(0, 80)}`]);
})()
"""


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    # Playwright keeps an event loop in this thread, and the kit wants one of its own.
    with ThreadPoolExecutor() as executor:
        reports = executor.submit(seven).result()
    return {name: html(reports[which]) for name, which in REPORTS.items()}


@pytest.fixture
def show(page: Page, pages: Mapping[str, str], tmp_path: Path) -> Show:
    def open_report(name: str, scheme: Scheme = "light", media: Literal["screen", "print"] = "screen") -> Page:
        page.emulate_media(media=media, color_scheme=scheme)
        file = tmp_path / f"{name}.html"
        file.write_text(pages[name], encoding="utf-8")
        page.goto(file.as_uri())
        return page

    return open_report


@pytest.mark.parametrize("size", [(320, 900), (390, 900), (800, 900), (1200, 900)])
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_to_be_scrolled_sideways(show: Show, name: str) -> None:
    page = show(name)
    page.evaluate(OPEN_ALL)
    assert_fits(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_text_stands_out_from_its_background(show: Show, name: str, scheme: Scheme) -> None:
    page = show(name, scheme)
    page.evaluate(OPEN_ALL)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 300
    assert [text for contrast, text in contrasts if not contrast >= 4.5] == []


def test_dark_is_dark_and_light_is_light_and_so_is_paper(show: Show) -> None:
    assert min(show("one", "light").evaluate(SHADE)) > 200
    assert max(show("one", "dark").evaluate(SHADE)) < 50
    assert min(show("one", "dark", "print").evaluate(SHADE)) > 200


@pytest.mark.parametrize("size", [(390, 900)])
def test_a_failure_can_be_read_on_a_telephone(show: Show) -> None:
    failure = show("one").locator("#WS-RECEIVE-04")
    assert failure.locator(":is(dd, .step), :is(dd, .step) *").evaluate_all(SMALLEST) >= 12
    for box in boxes(failure.locator("dd, .step")):
        assert 0 <= box["left"] < box["right"] <= 390
        assert (box["width"] > 100, box["height"] >= 15) == (True, True)
    sides = {(box["left"], box["right"]) for box in boxes(failure.locator(".step"))}
    (_, end_of_the_left), (start_of_the_right, _) = sorted(sides)
    assert end_of_the_left <= start_of_the_right


@pytest.mark.parametrize(
    ("size", "row", "words"), [((390, 900), 35, False), ((800, 900), 200, False), ((1200, 900), 200, True)]
)
def test_the_matrix_of_seven_is_legible(show: Show, row: float, words: bool) -> None:
    matrix = show("seven").locator(".matrix")
    line = 25
    highest = {"tbody tr": row, "thead tr": 120, ".id": line, ".sign": line}  # the head stays in sight
    for part, limit in highest.items():
        assert max(box["height"] for box in boxes(matrix.locator(part))) <= limit, part
    shown = boxes(matrix.locator("td:not(.pass) .word"))
    assert all(box["height"] < line for box in shown)
    assert (len(shown) > 100) == words
    assert min(box["width"] for box in boxes(matrix.locator("td"))) >= 18


@pytest.mark.parametrize("size", [(390, 900), (1200, 900)])
def test_a_link_of_the_matrix_leads_to_what_it_tells_of(show: Show) -> None:
    page = show("seven")
    page.locator(".matrix td.deviates a").first.click()
    expect(page.locator("#report-3-WS-RECEIVE-04:target a.id")).to_be_in_viewport(ratio=1)
    # Its chapter is closed.
    page.locator(".matrix a[href='#WS-HANDSHAKE-01']").first.click()
    expect(page.locator("#WS-HANDSHAKE-01:target a.id")).to_be_in_viewport(ratio=1)


def test_paper_has_the_conversations_that_the_screen_keeps_closed(show: Show) -> None:
    drawn = "document.querySelector('#report-3-WS-RECEIVE-04 .timeline').checkVisibility({contentVisibilityAuto: true})"
    assert not show("seven").evaluate(drawn)
    assert show("seven", media="print").evaluate(drawn)


def boxes(parts: Locator) -> list[dict[str, float]]:
    """Return where each part is that eyes see."""
    return [box for box in parts.evaluate_all(BOXES) if box["width"] > 1]
