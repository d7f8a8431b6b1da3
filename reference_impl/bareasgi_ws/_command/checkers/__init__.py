"""The type checkers that the command knows: one adapter each.

An adapter is a function that yields one Batch per process it started; CHECKERS names it. Everything else (canary,
time, which findings count) is the same for all of them, in ``base``.
"""

from collections.abc import Sequence

from ..errors import CannotRunError
from . import basedpyright, mypy, pyrefly, pyright, ty, zuban
from .base import Checker, CheckerRun

__all__ = ["CHECKERS", "Checker", "CheckerRun", "select"]

CHECKERS = (
    Checker(name="mypy", requirement="mypy", check=mypy.check),
    Checker(name="pyright", requirement="pyright[nodejs]", check=pyright.check),
    Checker(name="basedpyright", requirement="basedpyright", check=basedpyright.check),
    Checker(name="ty", requirement="ty", check=ty.check),
    Checker(name="pyrefly", requirement="pyrefly", check=pyrefly.check),
    Checker(name="zuban", requirement="zuban", check=zuban.check),
)


def select(names: Sequence[str]) -> list[Checker]:
    """Return the checkers of these names, or every installed one where there are no names.

    Raises:
        CannotRunError: A name is unknown, a named checker is not installed, or none is.
    """
    known = {checker.name: checker for checker in CHECKERS}
    for name in names:
        if name not in known:
            raise CannotRunError(f"unknown checker {name!r}: choose from {', '.join(known)}.")
        if known[name].version is None:
            raise CannotRunError(f"{name} is not installed: pip install '{known[name].requirement}'")
    if names:
        return [known[name] for name in dict.fromkeys(names)]
    installed = [checker for checker in CHECKERS if checker.version is not None]
    if not installed:
        raise CannotRunError("no type checker is installed: pip install 'bareasgi-ws[check]'")
    return installed
