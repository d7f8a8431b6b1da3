"""Findings compared with markers. Pure: no I/O."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bareasgi_ws._command.findings import Finding

from .markers import CLEAN, Marker

Kind: TypeAlias = Literal["missed", "unexpected", "FIXED"]


@dataclass(frozen=True)
class Difference:
    """A line of which a checker does not say what the marker says.

    Attributes:
        kind: ``"missed"``: no error where there must be one. ``"unexpected"``: an error where there must be none.
            ``"FIXED"``: a stated gap or false positive is no more, so the marker must go.
        line: The line.
        detail: What the checker said, or what the marker states.
    """

    kind: Kind
    line: int
    detail: str


def compare(checker: str, markers: Mapping[int, Marker], findings: Iterable[Finding]) -> list[Difference]:
    """Compare what a checker found in a file with the file's markers."""
    errors = {one.line: one.message for one in findings if one.severity == "error"}
    lines = sorted(markers.keys() | errors.keys())
    return [difference for line in lines for difference in _at(line, checker, markers.get(line, CLEAN), errors)]


def _at(line: int, checker: str, marker: Marker, errors: Mapping[int, str]) -> Iterator[Difference]:
    reported = line in errors
    if reported is marker.expects_error(checker):
        return
    if checker in marker.named:
        stated = "gap" if marker.erroneous else "false positive"
        yield Difference("FIXED", line, f"the {stated} is no more: take {checker} out of the marker")
    elif reported:
        yield Difference("unexpected", line, errors[line])
    else:
        yield Difference("missed", line, "no error reported")
