"""Markers: what a line of a case file says of the checkers. Pure: no I/O.

A marker is the comment at the end of its line, the same for every checker::

    web_socket.send("")  # E            every checker must report an error here
    web_socket.send("")  # E !mypy      a gap: every checker but mypy must, and mypy must not
    awaitable = waits()  # FP pyright   a false positive: only pyright reports an error, on a line without one

Several names stand one after the other: ``# E !mypy !pyright``.
"""

import io
import re
import tokenize
from collections.abc import Collection, Iterator
from dataclasses import dataclass

MARKER = re.compile(r"# (?:E(?P<gaps>( ![a-z]+)*)|FP(?P<false_positives>( [a-z]+)+))")
# Whatever begins like a marker must be one: a slip of the pen would be a case that no checker is held to.
LOOKS_LIKE_ONE = re.compile(r"#\s*(E|FP)\b")


class MarkerError(ValueError):
    """A comment that looks like a marker and is none."""


@dataclass(frozen=True)
class Marker:
    """A marker: the checkers that it names.

    Attributes:
        erroneous: Whether the line has an error.
        named: The checkers that are wrong about the line.
    """

    erroneous: bool
    named: frozenset[str] = frozenset()

    def expects_error(self, checker: str) -> bool:
        """Whether the checker reports an error on the line, as far as is known."""
        return self.erroneous != (checker in self.named)


CLEAN = Marker(erroneous=False)


def parse(source: str, checkers: Collection[str]) -> dict[int, Marker]:
    """Return the markers of a file by line.

    Raises:
        MarkerError: A comment looks like a marker and is none, or names an unknown checker.
    """
    if not LOOKS_LIKE_ONE.search(source):
        return {}
    return {line: _marker(line, comment, checkers) for line, comment in _comments(source)}


def _comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and LOOKS_LIKE_ONE.match(token.string):
            yield token.start[0], token.string


def _marker(line: int, comment: str, checkers: Collection[str]) -> Marker:
    match = MARKER.fullmatch(comment)
    if match is None:
        raise MarkerError(f"line {line}: expected '# E', '# E !checker' or '# FP checker', got {comment!r}")
    named = re.findall(r"[a-z]+", match["gaps"] or match["false_positives"] or "")
    for name in named:
        if name not in checkers:
            raise MarkerError(f"line {line}: expected one of {', '.join(checkers)}, got {name!r}")
    return Marker(erroneous=match["false_positives"] is None, named=frozenset(named))
