"""Every link inside the project leads somewhere, and every requirement that a page names exists."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from bareasgi_ws.conformance import requirements

from .pages import PAGES, ROOT, tokens

REQUIREMENTS = {
    name
    for chapter in tomllib.loads((files("bareasgi_ws.conformance") / "requirements.toml").read_text("utf-8")).values()
    for name in chapter
}


ELSEWHERE = ["ARCHITECTURE", "CHANGELOG", "CONTRIBUTING", "examples/chat/README", "typecheck_tests/README"]
ALL = [*PAGES, *(ROOT / f"{name}.md" for name in ELSEWHERE)]


def names(page: Path) -> str:
    return str(page.relative_to(ROOT))


def links(page: Path) -> list[str]:
    attributes = [token.attrs.get("href", token.attrs.get("src")) for token in tokens(page)]
    return [str(link) for link in attributes if link is not None]


@cache
def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub makes of the headings, and those that the page has by itself."""
    parsed = list(tokens(page))
    own = {name for token in parsed if token.type == "html_inline" for name in re.findall('id="(.+)"', token.content)}
    headings = [parsed[index + 1].content for index, token in enumerate(parsed) if token.type == "heading_open"]
    return own | {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", ALL, ids=names)
def test_relative_links_resolve(page: Path) -> None:
    broken = [link for link in links(page) if not urlsplit(link).scheme and not resolves(page, link)]
    assert broken == []


def resolves(page: Path, link: str) -> bool:
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not parts.fragment or parts.fragment in anchors(target)


@pytest.mark.parametrize("page", ALL, ids=names)
def test_requirements_exist(page: Path) -> None:
    assert set(re.findall(r"WS-[A-Z]+-\d+", page.read_text("utf-8"))) <= REQUIREMENTS


def test_the_specification_names_what_fails_each_check() -> None:
    rows = re.findall(r"^\| <a id.*", (ROOT / "docs" / "specification.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) == len(REQUIREMENTS)
    assert [
        row for row in rows if "| MUST |" in row and not re.search(r"\.py\) \| \[`.*/tests/conformance/", row)
    ] == []


def test_front_page_counts_the_requirements() -> None:
    assert re.findall(r"(\d+) numbered\s+requirements", (ROOT / "README.md").read_text("utf-8")) == [
        str(len(REQUIREMENTS))
    ]


@pytest.mark.parametrize("page", ["index", "testing-a-server"])
def test_pages_count_what_binds_servers(page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    counted = re.findall(r"(\d+) requirements (?:held to your|that bind the) server", text)
    assert counted == [str(sum(one.binds == "server" for one in requirements().values()))]


def test_index_lists_every_page() -> None:
    listed = {(ROOT / "docs" / link).resolve() for link in links(ROOT / "docs" / "index.md")}
    assert set(PAGES) - {ROOT / "docs" / "index.md"} <= listed
