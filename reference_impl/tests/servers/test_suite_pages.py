"""The page of each server has what suite.toml says of it, and the table of older versions what differs from that."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bareasgi_ws._command.servers import SERVERS
from tools import server_suite
from tools.server_suite import older, pages

KEPT = server_suite.read()
OLDER = older.kept()
DOCS = Path(__file__).parents[3] / "docs"
LONGEST = 300


def shown(page: str) -> Iterator[tuple[str, str]]:
    """Yield each requirement that a page names as not passed, and the outcome that it says."""
    yield from re.findall(r"^(WS-\S+), \w+, \*\*\S (.+?)\*\*", page, re.MULTILINE)
    for outcome, numbers in re.findall(r"^- \d+ (.+?), .*: (WS-.*)", page, re.MULTILINE):
        yield from ((number, outcome) for number in numbers.split(", "))


@pytest.mark.parametrize("server", SERVERS)
def test_a_page_has_each_requirement_that_its_server_does_not_pass(server: str) -> None:
    unmet = {number: outcome for number, outcome in KEPT[server].items() if outcome != "pass"}
    assert dict(shown(pages.page(server))) == unmet
    assert len((DOCS / "servers" / f"{server}.md").read_text("utf-8").splitlines()) <= LONGEST


def test_older_versions_are_compared_with_what_is_kept_of_the_current_ones() -> None:
    assert {server: one.current for server, one in OLDER.items()} == {
        server: version for server, version in server_suite.versions().items() if server in OLDER
    }
    for server, one in OLDER.items():
        package = SERVERS[server].packages[0]
        assert one.version.startswith(f"{package} {older.OLDER[package]}")
        assert all(KEPT[server][number] != outcome for number, outcome in one.outcomes.items())


def test_the_servers_of_each_older_version_are_kept() -> None:
    assert [*OLDER] == [name for package in older.OLDER for name, one in SERVERS.items() if one.packages[0] == package]


@pytest.mark.nightly
def test_an_older_version_does_what_is_kept() -> None:
    for server, found in older.differences("hypercorn").items():
        assert found.outcomes == OLDER[server].outcomes
