"""Keys that the scope has not, may not have, or has of another type."""

from collections.abc import Mapping
from typing import Any

from bareasgi_ws import ASGIVersions, Scope


def misspelt(scope: Scope) -> None:
    print(scope["subprotocol"])  # E
    print(scope["header"])  # E
    print(scope["query"])  # E
    print(scope["method"])  # E
    print(scope["asgi"]["spec"])  # E


def misspelt_through_get(scope: Scope) -> None:
    print(scope.get("subprotocol"))  # E !mypy !pyright !basedpyright !ty !pyrefly !zuban


def left_out_by_some_servers(scope: Scope) -> None:
    print(scope["subprotocols"])  # E !mypy !ty !pyrefly !zuban
    print(scope["root_path"])  # E !mypy !ty !pyrefly !zuban
    print(scope["client"])  # E !mypy !ty !pyrefly !zuban
    print(scope["server"])  # E !mypy !ty !pyrefly !zuban
    print(scope["query_string"])  # E !mypy !ty !pyrefly !zuban
    print(scope["raw_path"])  # E !mypy !ty !pyrefly !zuban
    print(scope["http_version"])  # E !mypy !ty !pyrefly !zuban
    print(scope["scheme"])  # E !mypy !ty !pyrefly !zuban
    print(scope["state"])  # E !mypy !ty !pyrefly !zuban
    print(scope["extensions"])  # E !mypy !ty !pyrefly !zuban
    print(scope["asgi"]["spec_version"])  # E !mypy !ty !pyrefly !zuban


def written(scope: Scope, versions: ASGIVersions) -> None:
    scope["type"] = "websocket"  # E
    scope["asgi"] = versions  # E
    scope["http_version"] = "2"  # E
    scope["scheme"] = "wss"  # E
    scope["path"] = "/"  # E
    scope["raw_path"] = b"/"  # E
    scope["query_string"] = b""  # E
    scope["root_path"] = ""  # E
    scope["headers"] = []  # E
    scope["client"] = None  # E
    scope["server"] = None  # E
    scope["subprotocols"] = []  # E
    scope["state"] = {}  # E
    scope["extensions"] = {}  # E
    scope["asgi"]["version"] = "3.0"  # E
    scope["asgi"]["spec_version"] = "2.5"  # E


def an_item_of_ones_own(scope: Scope) -> None:
    scope["user"] = "me"  # E


def deleted(scope: Scope) -> None:
    del scope["path"]  # E


def of_another_type(scope: Scope) -> None:
    path: bytes = scope["path"]  # E
    print(path)


def headers_of_text(scope: Scope) -> None:
    for name, value in scope["headers"]:
        print(name + ": " + value)  # E


def headers_are_no_list(scope: Scope) -> None:
    scope["headers"].append((b"x-one", b"1"))  # E


def headers_are_no_dict(scope: Scope) -> None:
    print(scope["headers"][b"origin"])  # E


def a_client_that_is_not_known(scope: Scope) -> None:
    print(scope.get("client")[0])  # E


def subprotocols_that_were_not_offered(scope: Scope) -> None:
    for subprotocol in scope.get("subprotocols"):  # E
        print(subprotocol)


def another_type_of_scope(scope: Scope) -> None:
    if scope["type"] == "http": print(scope)  # E !pyrefly


def another_type_of_scope_as_a_value(scope: Scope) -> None:
    print(scope["type"] == "http")  # E !ty !pyrefly


def compared_with_bytes(scope: Scope) -> None:
    if scope["path"] == b"/": print(scope)  # E !pyrefly


def made_without_a_path() -> None:
    scope: Scope = {"type": "websocket", "asgi": {"version": "3.0"}, "headers": []}  # E
    print(scope)


def made_of_a_plain_dict(plain: dict[str, Any]) -> None:
    scope: Scope = plain  # E
    print(scope)


def made_of_a_mapping(mapping: Mapping[str, Any]) -> None:
    scope: Scope = mapping  # E
    print(scope)
