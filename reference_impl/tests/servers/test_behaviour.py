"""One behaviour on every server: what is kept is what comes, and what was expected, but where that is impossible."""

import pytest

from bareasgi_ws._command.servers import SERVERS
from tools.behaviour import results
from tools.behaviour.rows import ROWS

KEPT = results.read()
IMPOSSIBLE = results.impossible()


@pytest.mark.slow
@pytest.mark.parametrize("server", SERVERS)
def test_the_reference_does_what_is_kept(server: str) -> None:
    assert results.run(server) == KEPT[server]


@pytest.mark.parametrize("server", SERVERS)
def test_it_is_what_was_expected_but_where_that_is_impossible(server: str) -> None:
    reasons = [row for one in IMPOSSIBLE if one.server == server for row in one.rows]
    assert sorted(results.unexpected(KEPT[server])) == sorted(reasons)


def test_every_server_and_every_row_is_kept_with_the_version_that_is_installed() -> None:
    assert results.versions() == {server: str(command) for server, command in SERVERS.items()}
    assert [list(outcomes) for outcomes in KEPT.values()] == [list(ROWS)] * len(SERVERS)
    assert {one.server for one in IMPOSSIBLE} <= set(SERVERS)
