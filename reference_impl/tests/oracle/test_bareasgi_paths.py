"""Path patterns mean what they mean to bareASGI: its own published matcher is the oracle."""

from datetime import datetime
from typing import Any

import pytest
from bareasgi.basic_router.path_definition import PathDefinition
from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from bareasgi_ws._rules.patterns import Pattern

NO_MATCH = "no match"
REJECTED = "rejected"

names = st.sampled_from(["a", "b", "c", "d", "room", "room-id", "ä"])
literals = st.sampled_from(["", "a", "b", "chat", "1", "1.5", "ä b", ":", "2026-11-22"])
kinds = st.sampled_from(["", "", "", ":str", ":int", ":float", ":datetime:%Y-%m-%d", ":path"])
variables = st.builds(lambda name, kind: f"{{{name}{kind}}}", names, kinds)
odd = st.sampled_from(["{", "}", "{}", "{:int}", "{a:}", "{a:other}", "{a:int:x}", "x{a}", "{a}x", "{a", "a}"])
tame = st.lists(literals | variables, max_size=4)
wild = st.lists(literals | variables | odd, max_size=3)
slashes = st.sampled_from(["", "/"])
patterns = st.builds(lambda segments, slash: "/" + "/".join(segments) + slash, tame | tame | tame | wild, slashes)
values = literals | st.text(st.characters(blacklist_characters="/"), max_size=3) | st.integers().map(str)
unrelated = st.builds(lambda parts, slash: "/" + "/".join(parts) + slash, st.lists(values, max_size=5), slashes)


@st.composite
def fitting(draw: st.DrawFn, pattern: str) -> str:
    """A path with a value in the place of each variable: often one that matches."""
    segments = pattern[1:].split("/")
    return "/" + "/".join(draw(values) if "{" in segment else segment for segment in segments)


cases = patterns.flatmap(lambda pattern: st.tuples(st.just(pattern), fitting(pattern) | fitting(pattern) | unrelated))


def ours(pattern: str, path: str) -> Any:
    try:
        matches = Pattern(pattern).match(path)
    except ValueError:
        return REJECTED
    return NO_MATCH if matches is None else matches


def theirs(pattern: str, path: str) -> Any:
    try:
        is_match, matches = PathDefinition(path=pattern).match(path)
    except Exception:
        return REJECTED
    return dict(matches) if is_match else NO_MATCH


def rejected_by_us_alone(pattern: str) -> bool:
    """What bareASGI takes without a word, and what it then does not do; here it is rejected at ``add``."""
    segments = pattern.strip("/").split("/")
    inner = [segment[1:-1].split(":") for segment in segments if segment.startswith("{")]
    variables = [parts[0] for parts in inner]
    paths = [place for place, segment in enumerate(segments) if segment.endswith(":path}")]
    return (
        "" in variables  # no name: the value is dropped
        or len(set(variables)) < len(variables)  # a name twice: the first value is dropped
        or any(len(parts) > 1 and parts[1] == "" for parts in inner)  # no type after the colon: read as str
        or any(len(parts) > 2 and parts[1] != "datetime" for parts in inner)  # a format that nothing reads
        or any(place < len(segments) - 1 for place in paths)  # a path that does not come last: read as str
        or (bool(paths) and pattern.endswith("/"))  # a path with a slash behind it: never matches
    )


@pytest.mark.slow
@settings(max_examples=2000, deadline=None, print_blob=True)
@given(case=cases)
def test_a_pattern_means_what_it_means_to_bareasgi(case: tuple[str, str]) -> None:
    pattern, path = case
    note(f"pattern {pattern!r}, path {path!r}")
    if rejected_by_us_alone(pattern):
        assert ours(pattern, path) == REJECTED
        return
    expected = theirs(pattern, path)
    event("matches" if isinstance(expected, dict) else expected)
    assume(expected != REJECTED or "{" in pattern or "}" in pattern)
    assert repr(ours(pattern, path)) == repr(expected)  # a NaN is not equal to itself


DIFFERENCES = [
    # A format is all that follows the second colon. bareASGI splits it further, and then reads the variable as a str.
    ("/{t:datetime:%H:%M}", "/10:30", {"t": datetime(1900, 1, 1, 10, 30)}, {"t": "10:30"}),
    # Without a format, what is no date matches nothing. bareASGI matches it, with None.
    ("/{day:datetime}", "/monday", NO_MATCH, {"day": None}),
    # Without a format, a Z is the time zone that it is. bareASGI gives a time without one.
    (
        "/{day:datetime}",
        "/2026-11-22T10:30:00Z",
        datetime.fromisoformat("2026-11-22T10:30:00+00:00"),
        datetime(2026, 11, 22, 10, 30),
    ),
    # Without a format, every form of ISO 8601 is read. bareASGI reads four.
    ("/{day:datetime}", "/2026-11-22", datetime(2026, 11, 22), None),
]


@pytest.mark.parametrize(("pattern", "path", "our_match", "their_match"), DIFFERENCES)
def test_the_differences_are_these(pattern: str, path: str, our_match: Any, their_match: Any) -> None:
    def wrapped(match: Any) -> Any:
        return match if isinstance(match, dict) or match == NO_MATCH else {"day": match}

    assert ours(pattern, path) == wrapped(our_match)
    assert theirs(pattern, path) == wrapped(their_match)
