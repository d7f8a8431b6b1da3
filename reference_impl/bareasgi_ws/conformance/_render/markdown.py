"""Reports as GitHub-flavoured Markdown."""

import re
from collections.abc import Iterator, Sequence

from ..report import Report, Result, StaticResult
from .outcomes import MEANINGS, NOT_RUN, SIGNS, UNMET, rows, tally, unmet, verdict, visible

# A mention in a message would call somebody who has nothing to do with it.
SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#@$])")


def page(reports: Sequence[Report]) -> str:
    """Write a table of all backends, a matrix of all requirements, and what is not met."""
    title = "# Conformance to the specification of bareASGI's WebSocket"
    found = [title, "", *_overview(reports), "", *_matrix(reports), "", *_legend(reports)]
    for number, report in enumerate(reports, 1):
        found += ["", *_details(number, report)]
    return "\n".join(found) + "\n"


def _overview(reports: Sequence[Report]) -> Iterator[str]:
    yield _row(["", "Backend", "Library", "Verdict", "Outcomes", "Type checkers"])
    yield _row(["--:", "---", "---", "---", "---", "---"])
    for number, report in enumerate(reports, 1):
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in tally(report).items())
        checkers = ", ".join(_checker(static) for static in report.static) or "none asked"
        cells = [_text(report.backend), _text(report.library), f"**{verdict(report)}**", outcomes, checkers]
        yield _row([str(number), *cells])


def _matrix(reports: Sequence[Report]) -> Iterator[str]:
    names = [f"{_text(report.backend)}<br>{_text(report.library)}" for report in reports]
    yield _row(["Requirement", "Level", "Rule", *names])
    yield _row(["---", "---", "---", *[":-:"] * len(names)])
    for row in rows(reports):
        requirement = row.requirement
        rule = [_text(requirement.id), _text(requirement.level), _text(requirement.text)]
        yield _row([*rule, *(_sign(result) for result in row.results)])


def _sign(result: Result | None) -> str:
    outcome = NOT_RUN if result is None else result.outcome
    return SIGNS[outcome] if outcome == "pass" else f"{SIGNS[outcome]} {outcome}"


def _legend(reports: Sequence[Report]) -> Iterator[str]:
    there = {NOT_RUN if result is None else result.outcome for row in rows(reports) for result in row.results}
    for outcome, meaning in MEANINGS.items():
        if outcome in there:
            yield f"- {SIGNS[outcome]} {outcome}: {meaning}"


def _details(number: int, report: Report) -> Iterator[str]:
    yield f"## {number}. {_text(report.backend)}, {_text(report.library)}: {verdict(report)}"
    yield ""
    versions = ", ".join(_text(f"{name} {version}") for name, version in report.versions.items())
    yield f"Specification {_text(report.spec_version)}; {versions}; {_text(report.date)}."
    yield ""
    entries = [
        *(line for static in report.static for line in _static(static)),
        *(line for result in unmet(report, (*UNMET, "not offered")) for line in _result(result)),
    ]
    yield from entries or ["Every requirement passed."]


def _static(static: StaticResult) -> Iterator[str]:
    if static.outcome != "pass" or static.messages:
        yield f"- {_checker(static)}"
        yield from (f"  - {_code(message)}" for message in static.messages)


def _checker(static: StaticResult) -> str:
    return f"{_text(static.checker)} {_text(static.version)}: {static.outcome}"


def _result(result: Result) -> Iterator[str]:
    requirement = result.requirement
    heading = f"**{_text(requirement.id)}** ({_text(requirement.level)}) **{result.outcome}**"
    yield f"- {heading}: {_text(requirement.text)}"
    step = "step" if result.expected else "why"
    for name, said in ((step, result.step), ("expected", result.expected), ("came", result.actual)):
        if said:
            yield f"  - {name}: {_code(said)}"
    if result.reason:
        yield f"  - reason: {_text(result.reason)}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """Write text so that it is read as nothing else."""
    return SPECIAL.sub(r"\\\1", _line(text))


def _code(text: str) -> str:
    """Write text as code, in more backticks than it has in a row."""
    line = _line(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    # One space is taken off again where both ends have one, by CommonMark section 6.1.
    space = " " if line.startswith(("`", " ")) or line.endswith(("`", " ")) else ""
    return f"{fence}{space}{line}{space}{fence}"


def _line(text: str) -> str:
    return " ⏎ ".join(visible(text).split("\n"))
