"""Reports as GitHub-flavoured Markdown."""

import re
from collections.abc import Iterator, Sequence

from ..report import Report, Result, StaticResult
from .outcomes import Row, conditions, counted, explained, legend, notes, rows, signed, unmet, visible

# A mention in a message would call somebody who has nothing to do with it.
SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#@$])")


def page(reports: Sequence[Report]) -> str:
    """Write a table of all backends, a matrix of all requirements, and what is not met."""
    matrix = rows(reports)
    meanings = [f"- {look.sign} {outcome}: {look.meaning}" for outcome, look in legend(matrix).items()]
    found = ["# Conformance to the specification of bareASGI's WebSocket", "", *_overview(reports), ""]
    found += [*_matrix(reports, matrix), "", *meanings]
    for number, report in enumerate(reports, 1):
        found += ["", *_details(number, report)]
    return "\n".join(found) + "\n"


def _overview(reports: Sequence[Report]) -> Iterator[str]:
    yield _row(["", "Backend", "Run with", "Verdict", "Outcomes", "Type checkers"])
    yield _row(["--:", "---", "---", "---", "---", "---"])
    for number, report in enumerate(reports, 1):
        checkers = ", ".join(map(_checker, report.static)) or "none asked"
        names = [_text(report.backend), _text(", ".join(conditions(report)))]
        yield _row([str(number), *names, f"**{report.verdict}**", counted(report), checkers])


def _matrix(reports: Sequence[Report], matrix: Sequence[Row]) -> Iterator[str]:
    names = ["<br>".join(map(_text, [report.backend, *conditions(report)])) for report in reports]
    yield _row(["Requirement", "Level", "Rule", *names])
    yield _row(["---", "---", "---", *[":-:"] * len(names)])
    for requirement, outcomes in matrix:
        rule = [_text(requirement.id), _text(requirement.level), _text(requirement.text)]
        yield _row([*rule, *map(signed, outcomes)])


def _details(number: int, report: Report) -> Iterator[str]:
    yield f"## {number}. {_text(report.backend)}, {_text(', '.join(conditions(report)))}: {report.verdict}"
    yield ""
    versions = ", ".join(_text(f"{name} {version}") for name, version in report.versions.items())
    yield f"Specification {_text(report.spec_version)}; {versions}; {_text(report.date)}."
    yield ""
    for note in notes(report):
        yield _text(note)
        yield ""
    checkers = [static for static in report.static if static.outcome != "pass" or static.messages]
    for static in checkers:
        yield f"- {_checker(static)}"
        yield from (f"  - {_code(message)}" for message in static.messages)
    for result in unmet(report):
        yield from _result(result)
    if not checkers and not report.unmet:
        yield f"Every requirement {'that was looked at ' if report.is_partial else ''}passed."


def _checker(static: StaticResult) -> str:
    return f"{_text(static.checker)} {_text(static.version)}: {static.outcome}"


def _result(result: Result) -> Iterator[str]:
    requirement = result.requirement
    heading = f"**{_text(requirement.id)}** ({_text(requirement.level)}) **{result.outcome}**"
    yield f"- {heading}: {_text(requirement.text)}"
    for name, said in explained(result).items():
        yield f"  - {name}: {_text(said) if name == 'reason' else _code(said)}"


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
