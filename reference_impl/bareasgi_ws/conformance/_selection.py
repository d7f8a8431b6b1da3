"""What was selected of the requirements, and what was run for that."""

from collections.abc import Iterable

from ._server.check import ServerCheck
from .check import Check
from .report import Report, Result
from .requirements import Level, requirement_id, select_requirements


def completed(
    report: Report,
    results: Iterable[Result],
    checks: Iterable[Check | ServerCheck],
    select: Iterable[str],
    level: Level,
) -> Report:
    """Return the report with the results, and with what was selected.

    Args:
        report: Its beginning.
        results: What became of the requirements.
        checks: The checks that were run.
        select: Beginnings of requirement ids; empty where all were selected.
        level: The lowest level that was selected.

    Returns:
        The report; of what was not selected itself it says what needed it.
    """
    select = tuple(map(requirement_id, select))
    selected = {one.id for one in select_requirements(select, level)}
    dependants: dict[str, list[str]] = {}
    for check in checks:
        for need in check.needs:
            dependants.setdefault(need, []).append(check.requirement)
    marked = [
        one if one.requirement.id in selected else one._replace(needed_by=tuple(dependants.get(one.requirement.id, ())))
        for one in results
    ]
    return report._replace(results=tuple(marked), select=select, level=level)
