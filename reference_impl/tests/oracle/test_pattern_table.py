"""However many patterns there are, the table finds what trying one after the other finds."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bareasgi_ws._rules.pattern_table import PatternTable
from bareasgi_ws._rules.patterns import Pattern

# Few enough that patterns often match the same path, in which case their order decides.
LITERALS = ("a", "", "1")
VARIABLES = ("{%s}", "{%s:str}", "{%s:int}", "{%s:datetime:%%Y}")
VALUES = ("a", "", "1", "2001")


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    segments = draw(st.lists(st.sampled_from([*LITERALS, *VARIABLES]), min_size=1, max_size=2))
    names = [f"v{draw(st.integers(0, 1))}{at}" for at in range(len(segments))]
    written = [segment % name if "%s" in segment else segment for segment, name in zip(segments, names, strict=True)]
    return Pattern("/" + "/".join(written) + draw(st.sampled_from(["", "/", "/{rest:path}"])))


@st.composite
def paths(draw: st.DrawFn, added: list[Pattern]) -> str:
    """Draw a path that one of the patterns may match, or nearly does."""
    pattern = draw(st.sampled_from(added)).path
    segments = [draw(st.sampled_from(VALUES)) if "{" in segment else segment for segment in pattern.split("/")]
    changed = draw(st.sampled_from(["", "", "/", "/1"]))
    path = "/".join(segments) + changed
    return draw(st.sampled_from([path, path, path, path[1:]]))


def one_after_the_other(added: list[Pattern], path: str) -> Any:
    for order, pattern in enumerate(added):
        matches = pattern.match(path)
        if matches is not None:
            return order, matches
    return None


@settings(max_examples=300)
@given(st.data(), st.lists(patterns(), min_size=1, max_size=6))
def test_the_first_that_was_added_and_matches_is_found(data: st.DataObject, added: list[Pattern]) -> None:
    table = PatternTable[int]()
    for order, pattern in enumerate(added):
        table.add(pattern, order)
    for path in data.draw(st.lists(paths(added), min_size=1, max_size=5)):
        assert table.find(path) == one_after_the_other(added, path), path


@pytest.mark.parametrize("between", [["/{b}"], []])
def test_a_later_one_stands_in_only_where_none_before_it_matches(between: list[str]) -> None:
    table = PatternTable[int]()
    for order, pattern in enumerate(["/{a:int}", *between, "/{c:path}"]):
        table.add(Pattern(pattern), order)
    assert table.find("/a") == (1, {"b" if between else "c": "a"})
