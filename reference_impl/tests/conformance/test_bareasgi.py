"""bareASGI itself, both generations, each in an environment of its own: the kit finds every fault that it has."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from .. import bareasgi_environments
from ..bareasgi_environments import GENERATIONS

HERE = Path(__file__).parent / "bareasgi"

pytestmark = pytest.mark.slow

CODES = ["WS-CLOSE-07", "WS-CLOSE-08", "WS-CLOSE-09"]
HEADERS = ["WS-HANDSHAKE-07", "WS-HANDSHAKE-08", "WS-HANDSHAKE-09"]

# What probing bareASGI had found before there was a kit, and the requirements that catch it.
BOTH = {
    "an empty binary message ends the handler, or reads as the end": ["WS-RECEIVE-04"],
    "receive() after the end goes back to the server": ["WS-RECEIVE-06", "WS-RECEIVE-07"],
    "of two tasks in receive() one is never woken": ["WS-CONCURRENCY-01"],
    "a path with no route raises in the server": ["WS-LIFETIME-08"],
    "closing after the client has gone raises, in the tutorial's example too": ["WS-CLOSE-05", "WS-CLOSE-06"],
    "send() and receive() before accept()": ["WS-SEND-01", "WS-RECEIVE-01"],
    "a second accept()": ["WS-HANDSHAKE-10"],
    "send() after close()": ["WS-SEND-06"],
    "a second close()": ["WS-CLOSE-04"],
    "close codes that may not be sent, that are out of range, that are no int": CODES,
    "a subprotocol that was not offered": ["WS-HANDSHAKE-04"],
    "line breaks in headers, headers of str, a dict of them, the protocol's own": HEADERS,
}
FAULTS = {
    3: BOTH | {"code is the literal 'self._code'": ["WS-CODE-01", "WS-CODE-02", "WS-CODE-05"]},
    5: BOTH
    | {
        "code raises before the close": ["WS-CODE-01", "WS-CODE-02"],
        "code is overwritten by a later close or disconnect": ["WS-CODE-07"],
        "an AssertionError where the server gave None as the code": ["WS-CODE-06"],
        "bytearray, memoryview, 123, None, dict and list go out as text": ["WS-SEND-08"],
        "accept() after a disconnect opens it again": ["WS-HANDSHAKE-11"],
    },
}


@pytest.fixture(scope="module", params=GENERATIONS)
def generation(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def results(generation: int) -> dict[str, dict[str, Any]]:
    """The results of the kit, by requirement id."""
    options = ("--deviations", f"deviations_{generation}.toml")
    return bareasgi_environments.results(generation, f"bareasgi_{generation}:backend", HERE, *options)


def test_every_known_fault_is_found(generation: int, results: dict[str, dict[str, Any]]) -> None:
    for fault, numbers in FAULTS[generation].items():
        for number in numbers:
            assert results[number]["outcome"] == "deviates", (fault, number, results[number]["outcome"])
            assert not results[number]["step"].startswith("needs "), (fault, results[number]["step"])


def test_every_other_failure_has_a_deviation_with_its_reproduction(
    generation: int, results: dict[str, dict[str, Any]]
) -> None:
    outcomes = {result["outcome"] for result in results.values()}
    assert outcomes <= {"pass", "deviates", "not offered"}, [
        (number, result["outcome"], result["step"], result["expected"], result["actual"])
        for number, result in results.items()
        if result["outcome"] not in ("pass", "deviates", "not offered")
    ]
    known = {number for numbers in FAULTS[generation].values() for number in numbers}
    deviations = tomllib.loads((HERE / f"deviations_{generation}.toml").read_text())
    for number, reason in deviations.items():
        assert number in known or results[number]["step"].startswith("needs ") or "await " in reason, (number, reason)


def test_the_backend_is_no_longer_than_an_authors_should_be(generation: int) -> None:
    assert len((HERE / f"bareasgi_{generation}.py").read_text().splitlines()) <= 25
