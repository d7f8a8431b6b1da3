"""The keys of the scope, and their types."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, assert_type

from bareasgi_ws import ASGIVersions, Scope


def case_the_keys_that_every_server_gives(scope: Scope) -> None:
    assert_type(scope["type"], Literal["websocket"])
    assert_type(scope["asgi"], ASGIVersions)
    assert_type(scope["path"], str)
    assert_type(scope["headers"], Iterable[tuple[bytes, bytes]])


def case_the_keys_that_a_server_may_leave_out(scope: Scope) -> None:
    assert_type(scope.get("http_version"), str | None)
    assert_type(scope.get("scheme"), str | None)
    assert_type(scope.get("raw_path"), bytes | None)
    assert_type(scope.get("query_string"), bytes | None)
    assert_type(scope.get("root_path"), str | None)
    assert_type(scope.get("client"), tuple[str, int] | None)
    assert_type(scope.get("server"), tuple[str, int | None] | None)
    assert_type(scope.get("subprotocols"), Iterable[str] | None)
    assert_type(scope.get("state"), dict[str, Any] | None)
    assert_type(scope.get("extensions"), Mapping[str, Mapping[Any, Any]] | None)


def case_with_a_default(scope: Scope) -> None:
    assert_type(scope.get("root_path", ""), str)
    assert_type(scope.get("query_string", b""), bytes)


def case_after_a_test_for_the_key(scope: Scope) -> None:
    if "scheme" in scope:
        assert_type(scope["scheme"], str)
    if "client" in scope and scope["client"] is not None:
        host, port = scope["client"]
        assert_type(host, str)
        assert_type(port, int)


def case_the_versions(scope: Scope) -> None:
    assert_type(scope["asgi"].get("spec_version"), str | None)
    assert_type(scope["asgi"].get("spec_version", "2.0"), str)


def case_headers_are_iterated(scope: Scope) -> None:
    for name, value in scope["headers"]:
        assert_type(name, bytes)
        assert_type(value, bytes)


def case_headers_as_a_dict(scope: Scope) -> None:
    assert_type(dict(scope["headers"]).get(b"origin"), bytes | None)


def case_what_the_lifespan_left(scope: Scope) -> None:
    state = scope.get("state")
    if state is not None:
        state["connections"] = 1


def case_a_scope_is_a_mapping(scope: Scope) -> None:
    mapping: Mapping[str, object] = scope
    assert mapping["type"] == "websocket"


def case_the_smallest_scope() -> None:
    scope: Scope = {"type": "websocket", "asgi": {"version": "3.0"}, "path": "/", "headers": []}
    assert scope.get("subprotocols") is None


def case_the_largest_scope() -> None:
    scope: Scope = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.5"},
        "http_version": "2",
        "scheme": "wss",
        "path": "/",
        "raw_path": None,
        "query_string": b"",
        "root_path": "",
        "headers": ((b"host", b"example.com"),),
        "client": None,
        "server": ("/run/socket", None),
        "subprotocols": ("chat",),
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }
    assert scope.get("extensions") == {"websocket.http.response": {}}


def case_nothing_for_the_optional_values() -> None:
    scope: Scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "path": "/",
        "raw_path": b"/",
        "headers": [],
        "client": ("127.0.0.1", 50000),
        "server": None,
        "extensions": None,
    }
    assert scope.get("server") is None
