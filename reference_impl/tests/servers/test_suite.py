"""The suite for servers finds on each what is kept, and its page has all of them."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bareasgi_ws._command.servers import SERVERS
from bareasgi_ws.conformance import requirements
from bareasgi_ws.conformance.report import Report
from tools import server_suite
from tools.server_suite import ALL, outcomes

pytestmark = pytest.mark.slow
KEPT = server_suite.read()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the command wrote its reports, after it said what is to be expected."""
    folder = tmp_path_factory.mktemp("suite")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        shlex.split(ALL), cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    verdicts = [line for line in done.stdout.splitlines() if line.endswith(("on asyncio).", "on trio)."))]
    assert [line.split()[0] for line in verdicts] == list(SERVERS)
    return folder


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, Report]:
    found = map(Report.from_json, json.loads((folder / "servers.json").read_text("utf-8")))
    return {report.backend: report for report in found}


@pytest.mark.parametrize("server", SERVERS)
def test_each_outcome_is_as_it_is_kept(server: str, reports: dict[str, Report]) -> None:
    report = reports[server]
    assert outcomes(report) == KEPT[server], report.unmet
    assert report.subject == "server"
    assert report.conforms is {"fail", "blocked"}.isdisjoint(KEPT[server].values())
    assert report.versions.items() >= SERVERS[server].versions.items()


@pytest.mark.parametrize("server", SERVERS)
def test_what_binds_servers_is_reported_and_nothing_else(server: str) -> None:
    assert list(KEPT[server]) == [number for number, one in requirements().items() if one.binds == "server"]


def test_the_versions_are_those_that_are_installed() -> None:
    assert server_suite.versions() == {server: str(command) for server, command in SERVERS.items()}


def test_the_page_has_a_cell_for_each_server_and_requirement(folder: Path) -> None:
    page = (folder / "servers.html").read_text("utf-8")
    assert "<title>Conformance of 8 servers |" in page
    assert page.count('<td class="outcome ') == len(SERVERS) * len(next(iter(KEPT.values())))
    assert "No type checker was asked." not in page
