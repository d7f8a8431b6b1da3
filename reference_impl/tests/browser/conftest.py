"""A browser and a server for each module, and a fresh page for each test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bareasgi_ws._command.servers.process import ServerProcess, serving

from .browsers import CHROMIUM, Browser, ChromiumPage, running

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with running("chromium", CHROMIUM) as browser:
        yield browser


@pytest.fixture
def chromium_page(chromium: Browser) -> Iterator[ChromiumPage]:
    page = ChromiumPage(chromium)
    yield page
    assert page.errors() == []
    page.call("Page.close")


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """The application that `make serve` runs."""
    with serving([sys.executable, "web_socket.py", "--port", "0"], EXAMPLES) as server:
        yield server
    assert server.errors == []


@pytest.fixture
def own_server() -> Iterator[ServerProcess]:
    """The same for one test alone, which may stop it."""
    with serving([sys.executable, "web_socket.py", "--port", "0"], EXAMPLES) as server:
        yield server
