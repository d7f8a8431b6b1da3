"""What is said of a failure: what was compared, and of an exception where it was raised and what caused it."""

import os
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from .._rules.arguments import error_line

STDLIB = os.path.dirname(os.__file__) + os.sep
PACKAGE = Path(__file__).parent.parent
OURS = tuple(str(PACKAGE / name) for name in ("_rules", "conformance", "testing", "_command"))
"""Whose frames say nothing to the author of a backend."""

MAX_LINES = 20


def compared(expected: str, actual: str) -> str:
    """Say in one line what was expected, and what came or happened."""
    happened = actual.startswith(("returned ", "still waiting "))
    return f"expected {expected}, {'' if happened else 'got '}{actual}"


def explanation(error: BaseException) -> tuple[str, ...]:
    """Say what an exception's own line does not, a line each."""
    own = place(traceback.extract_tb(error.__traceback__))
    _, *others = _lines(error, "", "", set())
    found = [*([f"raised in {own}"] if own else []), *others]
    return tuple(found[:MAX_LINES])


def whole(error: BaseException) -> tuple[str, ...]:
    """Say all of an exception, a line each."""
    return tuple(_lines(error, "", "", set()))[:MAX_LINES]


def place(frames: Iterable[traceback.FrameSummary]) -> str:
    """Return the innermost place that is neither the standard library's nor the kit's; empty where there is none."""
    own = [frame for frame in frames if not frame.filename.startswith((STDLIB, "<", *OURS))]
    return "{0.filename}, line {0.lineno}, in {0.name}".format(own[-1]) if own else ""


def syntax_error_line(error: SyntaxError) -> str:
    """Write a SyntaxError with its whole path, of which its own text has the end alone."""
    return f"{type(error).__name__}: {error.msg} ({error.filename}, line {error.lineno})"


def _lines(error: BaseException, indent: str, relation: str, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    raised_in = place(traceback.extract_tb(error.__traceback__))
    yield f"{indent}{relation}{error_line(error)}{f' ({raised_in})' if raised_in else ''}"
    if isinstance(error, BaseExceptionGroup):
        for member in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            yield from _lines(member, f"{indent}  ", "its member ", seen)
    if error.__cause__ is not None:
        yield from _lines(error.__cause__, indent, "caused by ", seen)
    elif error.__context__ is not None and not error.__suppress_context__:
        yield from _lines(error.__context__, indent, "while handling ", seen)
