"""What WS-SERVER-31 takes for right in each item of the scope, and what for wrong."""

import re
from types import MappingProxyType
from typing import Any

import pytest

from bareasgi_ws.conformance._scope_types import RULES


def shown(value: object) -> str:
    """Write a value without its address, which each process of the tests has its own of."""
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))


RIGHT: dict[str, list[Any]] = {
    "http_version": ["1.1", "2"],
    "scheme": ["ws"],
    "path": ["/", ""],
    "root_path": ["", "/api"],
    "asgi": [{}, {"version": "3.0"}, MappingProxyType({"version": "3.0"})],
    "raw_path": [b"/"],
    "query_string": [b""],
    "headers": [[], [(b"host", b"")], ([b"x-1", b"A"],)],
    "client": [("::1", 0), ["127.0.0.1", 50000]],
    "server": [("::1", 80), ["127.0.0.1", 80], ("/run/server.sock", None)],
    "subprotocols": [[], ["a"], ("a", "B")],
    "state": [{}, {"a": 1}],
    "extensions": [{}, {"websocket.http.response": {}}],
}
WRONG: dict[str, list[Any]] = {
    "http_version": [1.1, b"1.1", None],
    "scheme": [b"ws", None],
    "path": [b"/", None],
    "root_path": [b"", None],
    "asgi": [None, {"version": 3.0}, [("version", "3.0")], {1: "3.0"}],
    "raw_path": ["/", bytearray(b"/")],
    "query_string": ["", None],
    "headers": [None, [("host", "a")], [(b"Host", b"a")], [(b"host",)], [b"ab"], iter([(b"host", b"a")])],
    "client": [("::1", "1"), ("", 0), ("::1", True), ("::1",), ("::1", 1, 0, 0), "ab", ("::1", None), (b"::1", 1)],
    "server": [("/", "t"), ("/run/server.sock", "0"), "/run/server.sock", ("", None), (None, None)],
    "subprotocols": [None, "ab", [b"a"], iter(["a"])],
    "state": [None, [], MappingProxyType({})],
    "extensions": [["websocket.http.response"], {"websocket.http.response": None}, {1: {}}],
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in RIGHT.items() for value in values], ids=shown
)
def test_it_is_right(key: str, value: Any) -> None:
    assert RULES[key][1](value)


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in WRONG.items() for value in values], ids=shown
)
def test_it_is_wrong(key: str, value: Any) -> None:
    assert not RULES[key][1](value)


def test_each_rule_has_both() -> None:
    assert RULES.keys() == RIGHT.keys() == WRONG.keys()
