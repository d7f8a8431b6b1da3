"""Autobahn's cases find what is kept, under every server, and no more of the reference than of raw ASGI."""

import autobahn_results
import pytest
from autobahn_results import QUICK
from autobahn_run import SERVERS, run


@pytest.mark.slow
@pytest.mark.parametrize("name", SERVERS)
def test_a_server_gives_what_is_kept(name: str) -> None:
    assert run(name) == autobahn_results.read(QUICK)[name]


def test_the_reference_does_no_worse_than_raw() -> None:
    results = autobahn_results.read(QUICK)
    assert set(results) == set(SERVERS)
    assert {name: result.worse() for name, result in results.items() if result.worse()} == {}


def test_nothing_fails_under_uvicorn_with_websockets() -> None:
    result = autobahn_results.read(QUICK)["uvicorn-websockets"]
    assert not {"FAILED", "ERROR"} & {*result.raw.others, *result.reference.others}
