"""Running the checks."""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from .._rules.values import check_type
from ._arguments import check_backend, check_deadline
from ._judging import checked, judged
from ._selecting import selected
from .backend import Backend
from .check import CHECKS, Check
from .report import Report
from .requirements import Level, requirements


def iter_checks(select: Iterable[str] = (), level: Level = "INFO") -> Iterator[Check]:
    """Return the checks, in the order of the requirements.

    Args:
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all but those of the chapter
            on servers, which are for a server below a backend that conforms. What a selected check needs is
            selected too.
        level: The lowest level that is selected: ``"MUST"``, ``"SHOULD"``, or ``"INFO"`` for all.

    Returns:
        The checks.

    Raises:
        ImportError: anyio is not installed.
        TypeError: ``select`` is one str, which would be read letter by letter.
        ValueError: There is no such level, no requirement has such an id, or none of these has the level.
    """
    wanted = {requirement.id for requirement in selected(select, level, servers=False)}
    checks = _all_checks()
    for check in reversed(checks):
        if check.requirement in wanted:
            wanted.update(check.needs)
    return iter([check for check in checks if check.requirement in wanted])


async def run(
    backend: Backend,
    *,
    select: Iterable[str] = (),
    level: Level = "INFO",
    deviations: Mapping[str, str] | None = None,
    deadline: float = 2.0,
    name: str | None = None,
) -> Report:
    """Hold a backend to the requirements.

    It runs on the event loop that the caller has, so that a backend which blocks that loop blocks the run; the
    command ``bareasgi-ws conformance`` ends such a backend.

    Args:
        backend: The backend.
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all but those of the chapter
            on servers, which are for a server below a backend that conforms. What a selected check needs runs too.
        level: The lowest level that is selected: ``"MUST"``, ``"SHOULD"``, or ``"INFO"`` for all.
        deviations: The requirements that the backend is known not to meet, each with the reason. One that it meets
            after all fails.
        deadline: How long each step of a handler may take, in seconds; a client's step has twice as long, and all
            of one check ten times.
        name: What the report calls the backend; the name of its type where that is left out.

    Returns:
        What became of each requirement.

    Raises:
        ImportError: anyio is not installed.
        TypeError: The backend lacks ``connect`` or ``socket_type``, ``select`` is one str, which would be read letter
            by letter, or another argument has a wrong type.
        ValueError: Nothing is selected, a deviation has no reason, or an id that no requirement has, or the deadline is
            not above 0.
    """
    check_backend("run", backend)
    check_deadline("run", deadline)
    check_type("run", "the name as a str or None", name, str, type(None))
    checks = iter_checks(select, level)
    known = checked({} if deviations is None else deviations)
    from ._playing import describe, play_all

    about = describe(backend, name)
    results = [judged(result, known) async for result in play_all(checks, backend, deadline)]
    return about._replace(results=tuple(results))


def _all_checks() -> list[Check]:
    try:
        for chapter in dict.fromkeys(requirement.chapter for requirement in requirements().values()):
            import_module(f"bareasgi_ws.conformance._checks.{chapter}")  # it registers its checks, and needs anyio
    except ImportError as error:
        raise ImportError("the conformance kit needs anyio: pip install 'bareasgi-ws[conformance]'") from error
    numbers = list(requirements())
    return sorted(CHECKS, key=lambda check: numbers.index(check.requirement))
