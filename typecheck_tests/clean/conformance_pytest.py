"""The pytest door: a class of the author's own suite."""

from collections.abc import Mapping, Sequence
from typing import assert_type

from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import Backend, Level
from bareasgi_ws.conformance.pytest import ConformanceTests


class Everything(ConformanceTests):
    backend = backend


class Chosen(ConformanceTests):
    backend = backend
    select = ["WS-CLOSE"]
    level = "MUST"
    deviations = {"WS-CLOSE-07": "a server that sends them"}
    deadline = 0.5
    libraries = ["asyncio", "trio"]


class AnAuthorsOwn(ConformanceTests):
    """With a base of the author's own, which says what the backends have in common."""

    libraries = ("trio",)


def case_attributes() -> None:
    assert_type(ConformanceTests.select, Sequence[str])
    assert_type(ConformanceTests.level, Level)
    assert_type(ConformanceTests.deviations, Mapping[str, str])
    assert_type(ConformanceTests.deadline, float)
    assert_type(ConformanceTests.libraries, Sequence[str])
    its_backend: Backend = Chosen.backend
    assert its_backend is backend


def test_of(everything: Everything, chosen: Chosen) -> None:
    assert_type(everything.test_requirement("WS-CLOSE-01", "asyncio"), None)
    assert_type(chosen.test_requirement(requirement="WS-CLOSE-01", library="trio"), None)
