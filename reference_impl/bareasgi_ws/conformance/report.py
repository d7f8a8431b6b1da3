"""What a run found, and its form in JSON."""

from collections import Counter
from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Any, Literal, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from .._rules.arguments import describe_value, is_a
from ._explanation import compared
from .requirements import Level, Requirement

Library: TypeAlias = Literal["asyncio", "trio"]
"""A library that runs the event loop."""

_FORMAT = 3
_EXPECTED = {str: "a str", bool: "a bool", int: "an int", float: "a number"}


class Outcome(StrEnum):
    """What became of a requirement.

    What is met comes first, then the worst.

    Attributes:
        PASS: Every check of the requirement passed.
        FAIL: A check failed, or what is said to deviate does not.
        BLOCKED: A requirement that it needs is not met, so that its check shows nothing.
        NON_STRICT: A check failed, and the requirement is not a MUST.
        DEVIATES: It is not met, as its deviation says.
        NOT_SEEN: The kit cannot tell, for the check needs what the backend or its peer lacks, or what deviates.
        NOT_OFFERED: The web_socket, or the server, does not have the optional capability.
        NOT_ANNOUNCED: The server announces a version of ASGI from before the requirement.
    """

    PASS = "pass"
    FAIL = "fail"
    BLOCKED = "blocked"
    NON_STRICT = "non-strict"
    DEVIATES = "deviates"
    NOT_SEEN = "not seen"
    NOT_OFFERED = "not offered"
    NOT_ANNOUNCED = "not announced"

    @property
    def blocks(self) -> bool:
        """Whether a check that needs the requirement shows nothing, for it is not met."""
        return self in (Outcome.FAIL, Outcome.BLOCKED, Outcome.NON_STRICT, Outcome.DEVIATES)


class Step(NamedTuple):
    """One step of a check, or what was wrong with it.

    Attributes:
        began: When the step began, in seconds since the check did.
        ended: When it ended, likewise.
        connection: Which of the check's connections it was on, from 1.
        side: Whose step it was: ``"handler"``, or the raw ``"application"`` in a server; ``"client"``; ``"kit"`` where
            it was none of theirs.
        action: What was done.
        result: What came of it.
        failed: Whether this is what failed the check.
    """

    began: float
    ended: float
    connection: int
    side: str
    action: str
    result: str
    failed: bool


class Result(NamedTuple):
    """What became of one requirement.

    Attributes:
        requirement: The requirement.
        outcome: What became of it.
        step: The step that failed, or what was missing or needed; empty where it passed.
        expected: What the step should have given; empty where it did not fail.
        actual: What it gave.
        steps: What happened, in the order in which it ended; empty where nothing failed.
        seconds: How long its checks took.
        reason: The reason of its deviation; empty where there is none.
        explanation: What explains the failure, a line each: where it was raised, what caused it, what the server got.
        missing: What is missing where it is not seen or not offered: a capability, such as ``"SupportsPause"``, or a
            requirement that deviates.
        needed_by: The requirements for whose checks it was run, though it was not selected itself.
    """

    requirement: Requirement
    outcome: Outcome
    step: str = ""
    expected: str = ""
    actual: str = ""
    steps: tuple[Step, ...] = ()
    seconds: float = 0.0
    reason: str = ""
    explanation: tuple[str, ...] = ()
    missing: str = ""
    needed_by: tuple[str, ...] = ()

    @classmethod
    def of_failure(
        cls,
        requirement: Requirement,
        step: str,
        expected: str,
        actual: str,
        steps: tuple[Step, ...] = (),
        seconds: float = 0.0,
        explanation: tuple[str, ...] = (),
    ) -> "Result":
        """Return the result of a requirement whose check failed.

        Args:
            requirement: The requirement.
            step: The step that failed.
            expected: What it should have given.
            actual: What it gave.
            steps: What happened.
            seconds: How long the check took.
            explanation: What explains it, a line each.

        Returns:
            A result that is a fail; non-strict where the requirement is not a MUST.
        """
        outcome = Outcome.FAIL if requirement.level == "MUST" else Outcome.NON_STRICT
        return cls(requirement, outcome, step, expected, actual, steps, seconds, "", explanation)

    def __str__(self) -> str:
        """Say what the step gave, in one line."""
        return f"{self.step}: {compared(self.expected, self.actual)}" if self.expected else self.step


class StaticResult(NamedTuple):
    """What one type checker said of a backend's annotations.

    Attributes:
        checker: Its name.
        version: Its version.
        outcome: ``"pass"``; ``"fail"`` where it found an error; ``"could not run"``.
        messages: What it said.
    """

    checker: str
    version: str
    outcome: Literal["pass", "fail", "could not run"]
    messages: tuple[str, ...]


class Report(NamedTuple):
    """What a run found.

    Attributes:
        backend: What the backend is called.
        spec_version: The version of the specification.
        library: The event loop's library: ``"asyncio"`` or ``"trio"``.
        versions: The versions of what took part, by name.
        date: When the run began, as ISO 8601 has it, in UTC.
        results: A result for each requirement, in the order of the chapters.
        static: What each type checker said; empty where none was asked.
        subject: What the report is about: ``"backend"``, or ``"server"`` where it is what a backend that conforms
            was served by.
        profile: The name of the server's profile, for an ASGI application in memory; empty for others.
        select: The beginnings of requirement ids that were asked for; empty where all were.
        level: The lowest level that was asked for.
    """

    backend: str
    spec_version: str
    library: Library
    versions: Mapping[str, str]
    date: str
    results: tuple[Result, ...]
    static: tuple[StaticResult, ...] = ()
    subject: Literal["backend", "server"] = "backend"
    profile: str = ""
    select: tuple[str, ...] = ()
    level: Level = "INFO"

    @property
    def is_partial(self) -> bool:
        """Whether only some of the requirements were asked for."""
        return bool(self.select) or self.level != "INFO"

    @property
    def is_met(self) -> bool:
        """Whether no requirement failed or was blocked, and every type checker that was asked found no error."""
        met = not any(result.outcome in (Outcome.FAIL, Outcome.BLOCKED) for result in self.results)
        return met and all(static.outcome == "pass" for static in self.static)

    @property
    def conforms(self) -> bool | None:
        """Whether it conforms, in what could be seen; None where what was run is met, but only some was run."""
        return None if self.is_met and self.is_partial else self.is_met

    @property
    def not_seen(self) -> dict[str, int]:
        """The capabilities that the backend or its peer lacks, each with how many requirements that hides."""
        hidden = Counter(result.missing for result in self.results if result.outcome is Outcome.NOT_SEEN)
        return dict(hidden.most_common())

    @property
    def verdict(self) -> str:
        """What the results come to, in words; it says ``"conforms"`` of a whole run alone."""
        if not self.is_met:
            return "does not conform"
        if not self.is_partial and not self.not_seen:
            return "conforms"
        words = "met what was looked at" if self.is_partial else "conforms in what could be seen"
        also = " and could be seen" if self.is_partial and self.not_seen else ""
        bound = len(self.results) - self.counts[Outcome.NOT_OFFERED] - self.counts[Outcome.NOT_ANNOUNCED]
        excused = [one for one in (Outcome.NON_STRICT, Outcome.DEVIATES) if self.counts[one]]
        said = [f"{self.counts[Outcome.PASS]} of {bound}", *(f"{self.counts[one]} {one}" for one in excused)]
        return f"{words}{also}: {', '.join(said)}"

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many requirements came to each outcome."""
        counted = Counter(result.outcome for result in self.results)
        return {outcome: counted[outcome] for outcome in Outcome}

    def as_json(self) -> dict[str, Any]:
        """Return the report as what JSON can hold; ``from_json`` reads it.

        Its JSON Schema is ``report.schema.json``, in the folder of this module.

        Returns:
            An object with ``format``, which is 3; ``verdict``, ``conforms`` (true, false or null), ``counts`` and
            ``not_seen``, which follow from the rest; and each attribute of the report by its name.
        """
        written: dict[str, Any] = {"format": _FORMAT, **_verdict(self), **_written(self)}
        return written

    @classmethod
    def from_json(cls, value: Any) -> "Report":
        """Read a report from what ``as_json`` gave; what else there is in it is left out.

        Args:
            value: A JSON object.

        Returns:
            The report.

        Raises:
            ValueError: The value is not a report of this format; it says what was expected, and where.
        """
        _expect(is_a(value, Mapping), "an object", value, "report")
        _expect(value.get("format") == _FORMAT, f"format {_FORMAT}", value.get("format"), "report")
        report: Report = _read(value, cls, "report")
        for name, derived in _verdict(report).items():
            actual = value.get(name)
            agrees = actual == derived and type(actual) is type(derived)
            _expect(agrees, f"{derived}, as its results say", actual, f"report, {name}")
        return report

    def __str__(self) -> str:
        """Say how many requirements came to what, then each that did not pass, a line each."""
        counts = ", ".join(f"{count} {outcome.value}" for outcome, count in self.counts.items() if count)
        profile = f", profile {self.profile}" if self.profile else ""
        heading = f"{self.backend}, specification {self.spec_version} on {self.library}{profile}: {counts}"
        return "\n".join([heading, *map(_line, self.unmet)])

    @property
    def unmet(self) -> tuple[Result, ...]:
        """The results that are not a pass."""
        return tuple(result for result in self.results if result.outcome is not Outcome.PASS)


def _line(result: Result) -> str:
    reason = f" ({result.reason})" if result.reason else ""
    return f"{result.requirement.id} {result.outcome.value}: {result}{reason}"


def _verdict(report: Report) -> dict[str, Any]:
    """Return what the results come to."""
    names = ("verdict", "conforms", "counts", "not_seen")
    return {name: _written(getattr(report, name)) for name in names}


def _written(value: Any) -> Any:
    """Return a value as what JSON can hold."""
    if hasattr(value, "_asdict"):
        return _written(value._asdict())
    if is_a(value, Mapping):
        return {_written(key): _written(item) for key, item in value.items()}
    if is_a(value, tuple):
        return [_written(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _read(value: Any, form: Any, place: str) -> Any:
    """Read a value of the type from JSON, or say what else was found, and where."""
    origin, arguments = get_origin(form), get_args(form)
    if hasattr(form, "_fields"):
        _expect(is_a(value, Mapping), "an object", value, place)
        parts = get_type_hints(form)
        for name in form._fields:
            _expect(name in value, f"an object with {name}", value, place)
        return form(**{name: _read(value[name], parts[name], f"{place}, {name}") for name in form._fields})
    if origin is tuple:
        _expect(is_a(value, list), "a list", value, place)
        return tuple(_read(item, arguments[0], f"{place}[{index}]") for index, item in enumerate(value))
    if origin is Mapping:
        _expect(is_a(value, Mapping), "an object", value, place)
        return {key: _read(item, arguments[1], f"{place}, {key}") for key, item in value.items()}
    if origin is Literal or issubclass(form, Enum):
        known = arguments or tuple(member.value for member in form)
        _expect(value in known, " or ".join(map(repr, known)), value, place)
        return value if origin is Literal else form(value)
    # JSON writes 1.0 as 1 too.
    _expect(type(value) is form or (form is float and type(value) is int), _EXPECTED[form], value, place)
    return value


def _expect(holds: bool, what: str, value: object, place: str) -> None:
    if not holds:
        raise ValueError(f"{place}: expected {what}, got {describe_value(value)}")
