"""The JSON Schema of reports is what reports are, and it is in the package."""

import json
from collections.abc import Iterator
from copy import deepcopy
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bareasgi_ws._command import main
from bareasgi_ws.conformance import Outcome

from ..sample_reports import seven

SCHEMA = json.loads(files("bareasgi_ws.conformance").joinpath("report.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def of_servers(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """One of a server that fails and announces little, and one of a server that passes what was selected."""
    folder = tmp_path_factory.mktemp("reports")
    failing = ("--select", "WS-SERVER-0", "--deadline", "0.5")
    passing = ("--select", "WS-SERVER-05")
    found: list[Any] = []
    for server, select, status in (("daphne", failing, 1), ("uvicorn-wsproto", passing, 0)):
        file = folder / f"{server}.json"
        assert main(["conformance", "--server", server, *select, "--json", str(file)]) == status
        found.append(json.loads(file.read_text("utf-8")))
    return found


def errors(report: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(report)]


def objects(schema: Any) -> Iterator[Any]:
    """Yield the schemas of objects whose names are known."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_reports_are_as_it_says(of_servers: list[Any]) -> None:
    reports = [*seven(), *of_servers]
    assert [errors(report) for report in reports] == [[]] * len(reports)
    outcomes = {result["outcome"] for report in reports for result in report["results"]}
    assert outcomes == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize("place", [[], ["results", 0], ["results", 0, "requirement"], ["static", 0]], ids=str)
def test_a_field_more_or_less_is_an_error(place: list[Any]) -> None:
    report = deepcopy(seven()[1])
    changed = report
    for key in place:
        changed = changed[key]
    for name in list(changed):
        value = changed.pop(name)
        assert any("required" in error for error in errors(report)), name
        changed[name] = value
    changed["another"] = ""
    [error] = errors(report)
    assert "'another' was unexpected" in error


def test_every_object_is_closed_and_whole() -> None:
    closed = list(objects(SCHEMA))
    assert len(closed) == 5
    for one in closed:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", 2),
        ("subject", "client"),
        ("library", "curio"),
        ("date", "today"),
        ("conforms", "yes"),
        ("counts", {"pass": 1}),
        ("counts", dict.fromkeys([*map(str, Outcome), "another"], 1)),
        ("results", {}),
    ],
)
def test_a_wrong_value_is_an_error(name: str, value: Any) -> None:
    assert errors({**seven()[0], name: value}) != []
