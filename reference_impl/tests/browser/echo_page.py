"""What the examples' page shows, and what can be done there."""

import json
from typing import Any

from bareasgi_ws._command.servers.process import ServerProcess

from .page import Page

Entry = tuple[str, str]

ENTRIES = "[...document.querySelectorAll('#log p')].map((entry) => [entry.className, entry.textContent])"


class EchoPage:
    """The page, open in the browser.

    Attributes:
        page: The browser's page.
    """

    def __init__(self, page: Page) -> None:
        """Use the page, which has been opened."""
        self.page = page

    @classmethod
    def at(cls, page: Page, server: ServerProcess, width: int = 1280, height: int = 800) -> "EchoPage":
        """Open the page in a window of this size, and wait until it has connected."""
        page.open(f"http://{server.address}/", width, height)
        echo = cls(page)
        echo.wait_until("open")
        return echo

    @property
    def state(self) -> str:
        """What the line below the heading reads."""
        return str(self._of("#state", "textContent"))

    @property
    def toggle(self) -> str:
        """What the button in the heading offers."""
        return str(self._of("#toggle", "textContent"))

    @property
    def enabled(self) -> tuple[bool, bool]:
        """Whether the message's field and its button can be used."""
        return not self._of("#message", "disabled"), not self._of("#send", "disabled")

    @property
    def written(self) -> str:
        """What stands in the message's field."""
        return str(self._of("#message", "value"))

    @property
    def hint(self) -> str:
        """What the message's field shows while it is empty."""
        return str(self._of("#message", "placeholder"))

    @property
    def focus(self) -> str:
        """The id of the element that has the keyboard."""
        return str(self.page.evaluate("document.activeElement.id"))

    @property
    def log(self) -> list[Entry]:
        """Each entry's kind and text."""
        return [(kind, text) for kind, text in self.page.evaluate(ENTRIES)]

    def send(self, text: str) -> None:
        """Write a message and press Enter."""
        self.page.write(text)
        self.page.press("Enter")

    def wait_until(self, state: str) -> None:
        """Wait until the page shows a state, by the name that its styles know."""
        self.page.wait_for(f"document.querySelector('#state')?.dataset.state === {json.dumps(state)}")

    def wait_for_entries(self, count: int) -> list[Entry]:
        """Wait until the log has so many entries, and give it."""
        self.page.wait_for(f"document.querySelectorAll('#log p').length >= {count}")
        return self.log

    def _of(self, selector: str, name: str) -> Any:
        return self.page.evaluate(f"document.querySelector({json.dumps(selector)}).{name}")
