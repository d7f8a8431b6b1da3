"""Autobahn's cases find what is kept, under every server, and no more of the reference than of raw ASGI."""

from pathlib import Path

import pytest

from bareasgi_ws._command.servers import SERVERS
from tools import autobahn_results
from tools.autobahn_page import unexplained
from tools.autobahn_results import NIGHTLY, QUICK, Result, found
from tools.autobahn_run import EVERY_DAY, EVERY_NIGHT, run

KEPT = pytest.mark.parametrize("kept", [QUICK, NIGHTLY], ids=lambda kept: kept.stem)


@pytest.mark.slow
@pytest.mark.parametrize("server", SERVERS)
def test_a_server_gives_what_is_kept(server: str) -> None:
    assert run(server, EVERY_DAY) == autobahn_results.read(QUICK)[server]


@pytest.mark.nightly
@pytest.mark.parametrize("server", SERVERS)
def test_a_server_gives_what_is_kept_of_large_messages_and_compression(server: str) -> None:
    assert run(server, EVERY_NIGHT) == autobahn_results.read(NIGHTLY)[server]


@KEPT
def test_the_reference_does_no_worse_than_raw(kept: Path) -> None:
    results = autobahn_results.read(kept)
    assert set(results) == set(SERVERS)
    assert {server: result.worse() for server, result in results.items() if result.worse()} == {}


def test_worse_is_what_raw_does_better() -> None:
    raw = found({"1": "OK", "2": "FAILED", "3": "NON-STRICT", "4": "OK"})
    reference = found({"1": "NON-STRICT", "2": "OK", "3": "FAILED", "4": "OK"})
    assert Result("", raw, reference).worse() == ["1", "3"]


def test_nothing_fails_under_uvicorn_with_websockets() -> None:
    result = autobahn_results.read(QUICK)["uvicorn-websockets"]
    assert not {"FAILED", "ERROR"} & {*result.raw.others, *result.reference.others}


def test_each_case_that_is_not_ok_has_its_reason() -> None:
    assert unexplained() == []


@KEPT
def test_what_is_written_is_what_is_read(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / kept.name
    autobahn_results.write(copy, autobahn_results.read(kept))
    assert copy.read_text("utf-8") == kept.read_text("utf-8")
