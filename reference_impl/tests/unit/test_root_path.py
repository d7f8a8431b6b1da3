"""Which path is routed: every form of root path, with what each server and framework makes of the path."""

from typing import Any

import pytest

from bareasgi_ws._rules.root_path import routed_path

NO_ROOT: list[dict[str, Any]] = [{}, {"root_path": None}, {"root_path": ""}, {"root_path": "/"}, {"root_path": "//"}]

UVICORN = [
    "/",
    "//",
    "/api",
    "/api/",
    "/api//",
    "//api",
    "api",
    "api/",
    "/a/b",
    "/a/b/",
    "/a%20b",
    "/a b",
    "/é",
    "/%C3%A9",
]
"""It puts the root path before the path, letter by letter."""

OTHERS = {
    "/": "",
    "//": "",
    "/api": "/api",
    "/api/": "/api",
    "/api//": "/api",
    "//api": "/api",
    "api": "/api",
    "api/": "/api",
    "/a/b": "/a/b",
    "/a/b/": "/a/b",
    "a/b": "/a/b",
    "/a%20b": "/a b",
    "/a b": "/a b",
    "/é": "/é",
    "/%C3%A9": "/é",
    "%C3%A9/": "/é",
    "/100%": "/100%",
}
"""They hand the root path on as it was written, and the path as the client sent it, decoded."""

PATHS = ["/chat/ann", "/", "/chat/", "/chat//ann", "/a b", "/é", "/api2"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("root", NO_ROOT, ids=repr)
def test_without_a_root_path_the_path_is_routed_as_it_is(root: dict[str, Any], path: str) -> None:
    assert routed_path({**root, "path": path}) == path


@pytest.mark.parametrize("path", ["", "/"])
@pytest.mark.parametrize("root", [*NO_ROOT, {"root_path": "/api"}], ids=repr)
def test_an_empty_path_is_a_slash(root: dict[str, Any], path: str) -> None:
    assert routed_path({**root, "path": path}) == "/"


@pytest.mark.parametrize("path", [*PATHS, ""])
@pytest.mark.parametrize("root", UVICORN)
def test_a_root_path_before_the_path_is_taken_off_once(root: str, path: str) -> None:
    assert routed_path({"root_path": root, "path": f"{root}{path}"}) == (path or "/")
    assert routed_path({"root_path": root, "path": f"{root}/api{path}"}) == f"/api{path}"


@pytest.mark.parametrize("path", [*PATHS, ""])
@pytest.mark.parametrize(("root", "before"), OTHERS.items())
def test_the_segments_of_a_root_path_are_taken_off(root: str, before: str, path: str) -> None:
    assert routed_path({"root_path": root, "path": f"{before}{path}"}) == (path or "/")


@pytest.mark.parametrize("path", ["/chat/ann", "/apichat", "/ap", "/a", "/b/api", "/API", "*"])
@pytest.mark.parametrize("root", ["/api", "/api/", "api", "/a/b", "/a%20b", "/a b", "/é"])
def test_a_path_that_does_not_begin_with_it_is_routed_as_it_is(root: str, path: str) -> None:
    assert routed_path({"root_path": root, "path": path}) == path


@pytest.mark.parametrize(
    ("server", "root", "path"),
    [
        ("", "/m", "/m/chat"),
        ("/api", "/api/m", "/api/m/chat"),
        ("/api/", "/api//m", "/api//m/chat"),
        ("api", "api/m", "api/m/chat"),
        # Where the server, or a proxy before it, has left the server's root path out of the path.
        ("/api", "/api/m", "/m/chat"),
        ("/api/", "/api//m", "/m/chat"),
        ("api", "api/m", "/m/chat"),
        ("/", "//m", "/m/chat"),
        ("/api", "/api/m/n", "/m/n/chat"),
        ("/api", "/api/a b", "/a b/chat"),
        ("/api", "/api", "/chat"),
        # A root path that is not below the server's.
        ("/api", "/m", "/m/chat"),
    ],
)
def test_what_starlette_mounts(server: str, root: str, path: str) -> None:
    assert routed_path({"app_root_path": server, "root_path": root, "path": path}) == "/chat"


def test_the_longest_way_first() -> None:
    """The mount's own path may begin as the server's root path ends."""
    scope = {"app_root_path": "/api", "root_path": "/api/m", "path": "/api/m/m/chat"}
    assert routed_path(scope) == "/m/chat"
