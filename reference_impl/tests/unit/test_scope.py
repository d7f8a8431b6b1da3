"""The scope that a handler is given: the very one where it is right, else each wrong item put right."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from bareasgi_ws._rules.scope import mended, offered


def shown(value: object) -> str:
    """Write a value without its address, which each process of the tests has its own of."""
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))


RIGHT: dict[str, Any] = {
    "type": "websocket",
    "asgi": {"version": "3.0", "spec_version": "2.4"},
    "http_version": "1.1",
    "scheme": "ws",
    "path": "/",
    "raw_path": b"/",
    "query_string": b"",
    "root_path": "",
    "headers": [(b"host", b"server"), (b"x-1", b""), (b"1", b"")],
    "client": ("127.0.0.1", 50000),
    "server": ("127.0.0.1", 80),
    "subprotocols": [],
    "state": {},
    "extensions": {"websocket.http.response": {}},
    "somebodys": object(),
}
USUAL = RIGHT | {"headers": [(b"host", b"server"), (b"x-1", b"")]}
"""It is seen to be right at first sight: no server's own header has a name without a letter."""
LEFT_OUT = object()
both = pytest.mark.parametrize("whole", [RIGHT, USUAL], ids=["right", "usual"])


@both
@pytest.mark.parametrize(
    "items",
    [
        {},
        {"asgi": {"version": "3.0"}},
        {"asgi": {}},
        {"raw_path": None},
        {"client": None, "server": None},
        {"client": ("::1", 0), "server": ("::1", 0)},
        {"server": ("/run/server.sock", None)},
        {"extensions": None},
        {"extensions": {}},
        {"extensions": OrderedDict(one=MappingProxyType({"a": 1}))},
        {"state": OrderedDict(a=1)},
        {"headers": []},
        {"subprotocols": ["b", "a"]},
        {"subprotocols": ["b", "A"], "headers": [(b"sec-websocket-protocol", b"b, A")]},
        {"subprotocols": ["b", "A", "c"], "headers": [(b"sec-websocket-protocol", b"b, A")]},
    ],
    ids=shown,
)
def test_a_right_scope_is_given_as_the_very_object(items: dict[str, Any], whole: dict[str, Any]) -> None:
    scope = whole | items
    assert mended(scope) is scope


@both
@pytest.mark.parametrize("key", sorted(RIGHT.keys() - {"type", "asgi", "path", "headers"}))
def test_what_may_be_missing_is_not_missed(key: str, whole: dict[str, Any]) -> None:
    scope = {name: value for name, value in whole.items() if name != key}
    assert mended(scope) is scope


@both
@pytest.mark.parametrize(
    ("key", "told", "right"),
    [
        # granian 2.8: ports as str, on a Unix socket too.
        ("client", ("127.0.0.1", "50770"), ("127.0.0.1", 50770)),
        ("server", ("::1", "80"), ("::1", 80)),
        ("client", ("", "0"), None),
        ("server", ("/run/server.sock", "0"), ("/run/server.sock", None)),
        # daphne 4.2: lists.
        ("client", ["127.0.0.1", 50000], ("127.0.0.1", 50000)),
        ("server", ["/run/server.sock", None], ("/run/server.sock", None)),
        # gunicorn 27: the first two letters of a Unix socket's path.
        ("server", ("/", "t"), None),
        ("server", ("/", "0"), None),
        ("server", ("/", "1"), None),
        ("server", ("r", "u"), None),
        ("server", ("run.sock", "0"), ("run.sock", None)),
        ("client", ("/", "t"), None),
        # The same kind.
        ("client", (b"::1", b"1"), ("::1", 1)),
        ("client", (b"::1", 1), ("::1", 1)),
        ("server", (b"::1", 80), ("::1", 80)),
        ("client", ("::1", 50000, 0, 0), ("::1", 50000)),
        ("client", ("localhost", None), None),
        ("client", ("localhost", 1.5), None),
        ("client", ("localhost", True), None),
        ("client", ("localhost", "-1"), None),
        ("client", ("localhost", "٣"), None),
        ("client", ("localhost",), None),
        ("client", (None, 1), None),
        ("client", (), None),
        ("client", "", None),
        ("server", "/run/server.sock", None),
        ("server", 8000, None),
        ("server", (None, None), None),
        ("server", ["localhost", None], ("localhost", None)),
        ("path", b"/\xc3\xa9\xff", "/é\ufffd"),
        ("root_path", b"/api", "/api"),
        ("root_path", None, LEFT_OUT),
        ("scheme", b"wss", "wss"),
        ("scheme", None, LEFT_OUT),
        ("http_version", b"2", "2"),
        ("http_version", 1.1, LEFT_OUT),
        ("query_string", "a=é", b"a=\xc3\xa9"),
        ("query_string", bytearray(b"a"), b"a"),
        ("query_string", None, LEFT_OUT),
        ("raw_path", "/%C3%A9", b"/%C3%A9"),
        ("raw_path", memoryview(b"/a"), b"/a"),
        ("raw_path", 1, LEFT_OUT),
        ("state", None, LEFT_OUT),
        ("state", MappingProxyType({"a": 1}), {"a": 1}),
        ("extensions", {"a": None, "b": {}}, {"a": {}, "b": {}}),
        ("extensions", ["a"], LEFT_OUT),
        ("asgi", None, {}),
        ("asgi", {"version": 3.0, "spec_version": "2.4"}, {"spec_version": "2.4"}),
        ("asgi", {"version": "3.0", "spec_version": 2.4}, {"version": "3.0"}),
        ("asgi", {"version": "3.0", "spec_version": "2.4", "x": 1}, {"version": "3.0", "spec_version": "2.4"}),
        ("asgi", MappingProxyType({"version": "3.0"}), {"version": "3.0"}),
        ("headers", ((b"a", b"b"),), [(b"a", b"b")]),
        ("headers", [[b"a", b"b"]], [(b"a", b"b")]),
        ("headers", [(b"A-b", b"C")], [(b"a-b", b"C")]),
        ("headers", [("A", "é")], [(b"a", b"\xe9")]),
        ("headers", [(bytearray(b"a"), memoryview(b"b"))], [(b"a", b"b")]),
        ("headers", [(b"a", "b")], [(b"a", b"b")]),
        ("headers", [(b"a", bytearray(b"b"))], [(b"a", b"b")]),
        ("headers", [("a", b"b")], [(b"a", b"b")]),
        ("headers", [(memoryview(b"a"), b"b")], [(b"a", b"b")]),
        ("headers", [(b"a", b"b"), (1, b"d")], [(b"a", b"b")]),
        ("headers", [(b"a", b"b"), (b"c",), None, (b"d", 1), (b"e", b"f")], [(b"a", b"b"), (b"e", b"f")]),
        ("headers", {b"a": b"b"}.items(), [(b"a", b"b")]),
        ("headers", None, []),
        ("subprotocols", None, []),
        ("subprotocols", ("a", "b"), ["a", "b"]),
        ("subprotocols", "a, b", ["a", "b"]),
        ("subprotocols", ["a", "", "B", "a"], ["a", "B"]),
        ("subprotocols", [b"a", 1, "b"], ["b"]),
        ("subprotocols", 1, []),
        ("subprotocols", ["", ""], []),
    ],
    ids=shown,
)
def test_a_wrong_item_is_put_right_in_a_copy(key: str, told: Any, right: Any, whole: dict[str, Any]) -> None:
    scope = whole | {key: told}
    given = mended(scope)
    expected = {name: value for name, value in (whole | {key: right}).items() if value is not LEFT_OUT}
    assert given == expected
    assert type(given.get(key)) is type(expected.get(key))
    assert list(map(type, given.get(key) or ())) == list(map(type, expected.get(key) or ()))
    assert scope == whole | {key: told}
    assert mended(given) is given


@pytest.mark.parametrize(("key", "right"), [("asgi", {}), ("headers", [])])
def test_what_may_not_be_missing_is_added(key: str, right: Any) -> None:
    scope = {name: value for name, value in RIGHT.items() if name != key}
    assert mended(scope) == RIGHT | {key: right}


def test_what_can_be_read_once_is_kept() -> None:
    headers = [(b"sec-websocket-protocol", b"a")]
    given = mended(RIGHT | {"headers": iter(headers), "subprotocols": iter(["b"])})
    assert (given["headers"], given["subprotocols"]) == (headers, ["a", "b"])


def test_a_mapping_of_another_kind_is_a_dict_for_the_handler() -> None:
    scope: Mapping[str, Any] = MappingProxyType(RIGHT)
    assert type(mended(scope)) is dict
    assert mended(scope) == RIGHT


def test_a_copy_shares_what_was_right() -> None:
    given = mended(RIGHT | {"client": ["127.0.0.1", 1]})
    assert all(given[key] is RIGHT[key] for key in RIGHT if key != "client")


@pytest.mark.parametrize(
    ("lines", "told", "names"),
    [
        ([], [], []),
        ([], ["b", "a"], ["b", "a"]),
        ([b"a, b", b"c"], ["c"], ["a", "b", "c"]),  # hypercorn 0.18
        ([b"a, b", b"c"], ["a", "b"], ["a", "b", "c"]),  # gunicorn 27
        ([b"a, b,c"], ["a", "b", "c"], ["a", "b", "c"]),  # daphne 4.2
        ([b"a ,\tb\t,, B, a", b"", b"c,a"], ["c", "a"], ["a", "b", "B", "c"]),
        ([b"a", b"b", b"a"], [], ["a", "b"]),
        ([b"b,a"], ["a", "b"], ["b", "a"]),
        ([b"a"], ["z", "a", "y"], ["a", "z", "y"]),
        ([b","], ["", ""], []),
        ([b" "], [], []),
        ([b"\xe9"], [], ["é"]),
        ([b"a"], None, ["a"]),
        ([b"a"], {"b": 1}, ["a", "b"]),
    ],
    ids=shown,
)
def test_every_line_offers_in_the_clients_order(lines: list[bytes], told: Any, names: list[str]) -> None:
    assert offered(lines, told) == names
    headers = [(b"x", b"y"), *((b"sec-websocket-protocol", line) for line in lines), (b"x", b"y")]
    assert mended(RIGHT | {"headers": headers, "subprotocols": told}).get("subprotocols", []) == names
    without = {key: value for key, value in RIGHT.items() if key != "subprotocols"} | {"headers": headers}
    assert mended(without).get("subprotocols", []) == offered(lines, [])
