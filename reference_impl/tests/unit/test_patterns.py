"""Path patterns: what they match, and of what types; malformed ones are in ``bad_input.toml``."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bareasgi_ws._rules.patterns import Pattern

MATCHES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("/", "/", {}),
    ("/", "//", None),
    ("/", "/a", None),
    ("/", "", None),
    ("/a/b", "/a/b", {}),
    ("/a/b", "/a/b/", None),
    ("/a/b/", "/a/b/", {}),
    ("/a/b/", "/a/b", None),
    ("/chat/{room}", "/chat/attic", {"room": "attic"}),
    ("/chat/{room}", "/chat/ä b", {"room": "ä b"}),
    ("/chat/{room}", "/chat/attic/", None),
    ("/chat/{room}", "/chat", None),
    ("/chat/{room}", "/chat/a/b", None),
    ("/chat/{room:str}/x", "/chat/attic/x", {"room": "attic"}),
    ("/page/{n:int}", "/page/12", {"n": 12}),
    ("/page/{n:int}", "/page/-1", {"n": -1}),
    ("/page/{n:int}", "/page/1.5", None),
    ("/page/{n:int}", "/page/x", None),
    ("/at/{x:float}/{y:float}", "/at/1.5/-2", {"x": 1.5, "y": -2.0}),
    ("/at/{x:float}", "/at/x", None),
    ("/on/{day:datetime:%Y-%m-%d}", "/on/2026-11-22", {"day": datetime(2026, 11, 22)}),
    ("/on/{day:datetime:%Y-%m-%d}", "/on/2026-13-22", None),
    ("/at/{time:datetime:%H:%M}", "/at/10:30", {"time": datetime(1900, 1, 1, 10, 30)}),
    ("/on/{day:datetime}", "/on/2026-11-22T10:30:00Z", {"day": datetime(2026, 11, 22, 10, 30, tzinfo=UTC)}),
    ("/on/{day:datetime}", "/on/monday", None),
    ("/at/{t:datetime:%H:%M%z}", "/at/10:30+0000", {"t": datetime(1900, 1, 1, 10, 30, tzinfo=UTC)}),
    ("/files/{rest:path}", "/files/a", {"rest": "a"}),
    ("/files/{rest:path}", "/files/a/b/c", {"rest": "a/b/c"}),
    ("/files/{rest:path}", "/files/a/", {"rest": "a/"}),
    ("/files/{rest:path}", "/files/", {"rest": ""}),
    ("/files/{rest:path}", "/files", None),
    ("/{rest:path}", "/", {"rest": ""}),
    ("/{a}/{rest:path}", "/x/y/z", {"a": "x", "rest": "y/z"}),
]


@pytest.mark.parametrize(("pattern", "path", "expected"), MATCHES)
def test_match(pattern: str, path: str, expected: dict[str, Any] | None) -> None:
    matches = Pattern(pattern).match(path)
    assert matches == expected
    assert [type(value) for value in (matches or {}).values()] == [type(value) for value in (expected or {}).values()]


def test_the_variables_tell_their_types() -> None:
    pattern = Pattern("/{a}/{b:int}/{c:float}/{d:datetime}/{e:path}")
    assert pattern.variables == {"a": str, "b": int, "c": float, "d": datetime, "e": str}
