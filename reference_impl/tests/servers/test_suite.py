"""The suite for servers finds on each what is kept, and its page has all of them."""

import pytest
import server_suite
from server_suite import ask, outcomes

from bareasgi_ws._command.servers import SERVERS
from bareasgi_ws.conformance import requirements

pytestmark = pytest.mark.slow
KEPT = server_suite.read()


@pytest.mark.parametrize("server", SERVERS)
def test_each_outcome_is_as_it_is_kept(server: str) -> None:
    report = ask(server)
    assert outcomes(report) == KEPT[server], report["results"]
    assert (report["backend"], report["subject"]) == (server, "server")
    assert report["conforms"] is {"fail", "blocked"}.isdisjoint(KEPT[server].values())


@pytest.mark.parametrize("server", SERVERS)
def test_what_binds_servers_is_reported_and_nothing_else(server: str) -> None:
    assert list(KEPT[server]) == [number for number, one in requirements().items() if one.binds == "server"]


def test_the_versions_are_those_that_are_installed() -> None:
    assert server_suite.versions() == {server: str(command) for server, command in SERVERS.items()}
