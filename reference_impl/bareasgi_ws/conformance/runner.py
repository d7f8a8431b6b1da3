"""Running the checks."""

from collections.abc import Iterable, Iterator
from importlib import import_module

from .._spec.version import SPEC_VERSION
from .backend import Backend
from .check import CHECKS, Check
from .report import Report, Result
from .requirements import requirements


def iter_checks() -> Iterator[Check]:
    """Give every check, in the order of the requirements.

    Returns:
        The checks.

    Raises:
        ImportError: anyio is not installed.
    """
    numbers = list(requirements())
    try:
        for chapter in dict.fromkeys(requirement.chapter for requirement in requirements().values()):
            import_module(f"bareasgi_ws.conformance._checks.{chapter}")  # it registers its checks, and needs anyio
    except ImportError as error:
        raise ImportError("the conformance kit needs anyio: pip install 'bareasgi-ws[conformance]'") from error
    return iter(sorted(CHECKS, key=lambda check: numbers.index(check.requirement)))


async def run(backend: Backend, *, select: Iterable[str] = (), deadline: float = 2.0) -> Report:
    """Hold a backend to the requirements.

    Args:
        backend: The backend.
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``; empty selects all. What a selected check
            needs runs too.
        deadline: How long each step of a handler may take, in seconds; a client's step has twice as long.

    Returns:
        What became of each requirement.

    Raises:
        ImportError: anyio is not installed.
        TypeError: ``select`` is one str, which would be read letter by letter.
        ValueError: Nothing is selected.
    """
    if isinstance(select, str):
        raise TypeError(f"expected select as several beginnings of ids, got the str {select!r}")
    checks = _selected(tuple(select))
    from .._memory.loop import library
    from ._playing import play

    results: dict[str, Result] = {}
    for check in checks:
        results[check.requirement] = await play(check, backend, deadline, results)
    return Report(SPEC_VERSION, library(), tuple(results.values()))


def _selected(beginnings: tuple[str, ...]) -> list[Check]:
    checks = list(iter_checks())
    if not beginnings:
        return checks
    wanted = {check.requirement for check in checks if check.requirement.startswith(beginnings)}
    if not wanted:
        raise ValueError(f"no requirement begins with {' or '.join(beginnings)}")
    for check in reversed(checks):
        if check.requirement in wanted:
            wanted.update(check.needs)
    return [check for check in checks if check.requirement in wanted]
