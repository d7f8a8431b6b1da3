"""A browser for all tests; a server for each module, and a fresh page for each test."""

import shutil
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from programs import missing

from bareasgi_ws._command.servers.process import ServerProcess, serving

from .chromium import chromium
from .devtools import DevTools
from .echo_page import EchoPage
from .page import Page, new_page

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="session")
def browser() -> Generator[DevTools]:
    program = shutil.which("chromium")
    if program is None:
        missing("chromium")
    assert program is not None
    with chromium(program) as devtools:
        yield devtools


@pytest.fixture
def page(browser: DevTools) -> Generator[Page]:
    with new_page(browser) as page:
        yield page
        assert page.errors() == []


@pytest.fixture(scope="module")
def server() -> Generator[ServerProcess]:
    """The application that `make serve` runs."""
    with serving([sys.executable, "web_socket.py", "--port", "0"], EXAMPLES) as server:
        yield server
    assert server.errors == []


@pytest.fixture
def own_server() -> Generator[ServerProcess]:
    """The same for one test alone, which may stop it."""
    with serving([sys.executable, "web_socket.py", "--port", "0"], EXAMPLES) as server:
        yield server


@pytest.fixture
def echo(page: Page, server: ServerProcess) -> EchoPage:
    """The example's page, connected."""
    return EchoPage.at(page, server)


@pytest.fixture
def own_echo(page: Page, own_server: ServerProcess) -> EchoPage:
    """The same on the test's own server."""
    return EchoPage.at(page, own_server)
