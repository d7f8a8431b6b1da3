"""Debian's Chromium and Firefox, driven by Playwright, and a fresh page for each test."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, Playwright, expect, sync_playwright

from ..required_programs import missing_program

# Milliseconds. The first start after an installation takes a quarter of a minute.
DEADLINE = 60_000
expect.set_options(timeout=DEADLINE)

REPORT_VIOLATIONS = (
    "addEventListener('securitypolicyviolation', (event) => reportError(Error(event.violatedDirective)))"
)

# What is hidden from eyes alone, or scrolls or is cut on purpose, may be wider than its place.
SIDEWAYS = """
[...document.querySelectorAll("*")]
  .filter((element) => element.scrollWidth > element.clientWidth && element.clientWidth > 1)
  .filter((element) => !element.matches("input, .for-screen-readers, .name"))
  .map((element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 80)}`)
"""


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package", params=["chromium"])
def browser(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    program = shutil.which(request.param)
    if program is None:
        missing_program(request.param)
    # Playwright's own Firefox is patched; this channel speaks WebDriver BiDi, as Debian's does.
    kind, channel = (playwright.chromium, None) if request.param == "chromium" else (playwright.firefox, "moz-firefox")
    with kind.launch(executable_path=program, channel=channel) as browser:
        yield browser


@pytest.fixture
def size() -> tuple[int, int]:
    """The width and the height of the page, which a test may choose."""
    return 1280, 800


@pytest.fixture
def page(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    """An empty page, which must show no dialog, leave no exception uncaught and keep to its policy."""
    errors: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        errors.append(dialog.message)
        dialog.dismiss()

    mobile = size[0] < 500  # a telephone makes a page that does not know of it 980 pixels wide
    with browser.new_page(viewport={"width": size[0], "height": size[1]}, is_mobile=mobile) as page:
        page.set_default_timeout(DEADLINE)
        page.add_init_script(REPORT_VIOLATIONS)
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        page.evaluate("0")  # a round trip: what had been told by now is here
    # Firefox reports it where nobody listens, and a page that comes again by itself cannot keep it from that.
    assert [error for error in errors if "establish a connection to the server" not in error] == []


def assert_fits(page: Page) -> None:
    """Tell that the page is as wide as the screen, and that nothing is to be scrolled sideways."""
    assert page.viewport_size
    assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [page.viewport_size["width"]] * 2
    assert page.evaluate(SIDEWAYS) == []
