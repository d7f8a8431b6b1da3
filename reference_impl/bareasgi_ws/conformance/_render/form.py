"""The JSON form of a report, and whether something has it."""

from collections.abc import Mapping
from typing import Any, Literal, TypedDict, get_args, get_origin, get_type_hints, is_typeddict

from ..._rules.values import came
from .._arguments import is_several
from .._failures import shown
from ..report import Report

KINDS = {str: "a str", bool: "a bool", int: "an int", float: "a number"}


class RequirementForm(TypedDict):
    """A requirement."""

    id: str
    chapter: str
    level: str
    binds: str
    since: str
    text: str
    source: str


class MomentForm(TypedDict):
    """A step of a check."""

    began: float
    ended: float
    connection: int
    who: str
    step: str
    came: str
    failed: bool


class ResultForm(TypedDict):
    """What became of a requirement."""

    requirement: RequirementForm
    outcome: Literal["pass", "fail", "non-strict", "blocked", "not offered", "deviates"]
    step: str
    expected: str
    came: str
    record: list[MomentForm]
    seconds: float
    reason: str


class StaticForm(TypedDict):
    """What a type checker said."""

    checker: str
    version: str
    outcome: Literal["pass", "fail", "could not run"]
    messages: list[str]


class ReportForm(TypedDict):
    """A report."""

    format: Literal[1]
    subject: Literal["backend", "server"]
    backend: str
    spec_version: str
    library: str
    versions: dict[str, str]
    date: str
    conforms: bool
    counts: dict[str, int]
    static: list[StaticForm]
    results: list[ResultForm]


def read(reports: Any) -> list[ReportForm]:
    """Return the reports as what they are.

    Raises:
        TypeError: What is given is one report, or something else than several.
        ValueError: One has not this form, or the list is empty.
    """
    if not is_several(reports) or _is_one(reports):
        raise TypeError(f"reports: expected several, as in [report.as_json()], got {came(reports)}")
    found: list[Any] = list(reports)
    if not found:
        raise ValueError("expected at least one report, got none")
    for number, report in enumerate(found, 1):
        if isinstance(report, Report):
            raise ValueError(f"report {number}: expected an object, as report.as_json() gives it, got {came(report)}")
        _hold(report, ReportForm, f"report {number}")
    return found


def _is_one(reports: object) -> bool:
    return isinstance(reports, Mapping | Report)


def _hold(value: Any, form: Any, place: str) -> None:
    """Hold a value to a form; what a later version has beside it does no harm."""
    if is_typeddict(form):
        _expect(isinstance(value, Mapping), "an object", value, place)
        for name, part in get_type_hints(form).items():
            _expect(name in value, f"an object with {name}", value, place)
            _hold(value[name], part, f"{place}, {name}")
    elif get_origin(form) is list:
        _expect(isinstance(value, list), "a list", value, place)
        for index, item in enumerate(value):
            _hold(item, get_args(form)[0], f"{place}[{index}]")
    elif get_origin(form) is dict:
        _expect(isinstance(value, Mapping), "an object", value, place)
        for name, item in value.items():
            _hold(item, get_args(form)[1], f"{place}, {name}")
    elif get_origin(form) is Literal:
        _expect(value in get_args(form), " or ".join(map(repr, get_args(form))), value, place)
    else:
        # JSON writes 1.0 as 1 too.
        _expect(type(value) is form or (form is float and type(value) is int), KINDS[form], value, place)


def _expect(holds: bool, what: str, value: object, place: str) -> None:
    if not holds:
        raise ValueError(f"{place}: expected {what}, got {shown(value)}")
