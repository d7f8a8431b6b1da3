"""The page of the examples: what a browser's test will hold on to, and what keeps the page safe."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

SOURCE = (Path(__file__).parents[3] / "examples" / "web_socket.html").read_text("utf-8")


class Page(HTMLParser):
    """The page's elements: each one's tag, and its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(SOURCE)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def by_id(self, name: str) -> tuple[str, dict[str, str | None]]:
        [element] = [(tag, attributes) for tag, attributes in self.elements if attributes.get("id") == name]
        return element


@pytest.mark.parametrize(
    ("name", "tag"),
    [("state", "p"), ("toggle", "button"), ("log", "div"), ("form", "form"), ("message", "input"), ("send", "button")],
)
def test_element_has_its_id(name: str, tag: str) -> None:
    assert Page().by_id(name)[0] == tag


def test_log_is_read_out_and_reached_by_keyboard() -> None:
    _, log = Page().by_id("log")
    assert (log["role"], log["aria-live"], log["tabindex"]) == ("log", "polite", "0")
    assert log["aria-label"]


def test_input_has_a_label() -> None:
    assert ("label", {"for": "message"}) in Page().elements


def test_loads_nothing_from_elsewhere() -> None:
    links = [attributes.get(name) for _, attributes in Page().elements for name in ("src", "href")]
    assert [link for link in links if link is not None] == ["data:,"]
    assert not re.search(r"https?://|url\(|@import", SOURCE)


def test_policy_rejects_html_from_messages() -> None:
    [policy] = [
        attributes["content"] or ""
        for tag, attributes in Page().elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert {"default-src 'none'", "connect-src 'self'", "require-trusted-types-for 'script'"} <= set(policy.split("; "))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", SOURCE)
