"""A server that is told a root path, in every form that it takes: the routes below it are found."""

import json
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bareasgi_ws._command.servers import started
from bareasgi_ws._command.servers.process import ServerProcess

pytestmark = pytest.mark.slow

UVICORN = [
    *(("uvicorn-websockets", root) for root in ("/api", "/api/", "api", "/a/b", "/a%20b")),
    ("uvicorn-websockets-sansio", "/api/"),
    ("uvicorn-wsproto", "/api/"),
]
OTHERS = [
    *((name, "/api/") for name in ("hypercorn", "daphne", "granian", "gunicorn")),
    ("gunicorn", "/a%20b"),
]
MOUNTED = ["/m/chat/ann?starlette", "/m/chat/ann?fastapi"]
"""What a client asks for, and which of the applications is asked."""

NESTED = "/m/n/o/chat/ann?nested"
"""Starlette 1.10 finds a mount in a mount only where the path begins with the root path."""

DEADLINE = 10


def expect_ann(server: ServerProcess, targets: Iterable[str]) -> None:
    for target in targets:
        try:
            with connect(f"ws://{server.address}{target}", open_timeout=DEADLINE) as client:
                assert json.loads(client.recv(DEADLINE)) == {"name": "ann"}, target
        except InvalidStatus as rejected:
            pytest.fail(f"{target}: {rejected}")


def rejected(server: ServerProcess, target: str) -> int:
    with pytest.raises(InvalidStatus) as error:
        connect(f"ws://{server.address}{target}", open_timeout=DEADLINE)
    return error.value.response.status_code


@contextmanager
def run(name: str, root: str) -> Generator[ServerProcess]:
    option = "--url-path-prefix" if name == "granian" else "--root-path"
    with started(name, "rooted:application", Path(__file__).parent, *([option, root] if root else [])) as server:
        yield server


@pytest.mark.parametrize(("name", "root"), UVICORN)
def test_uvicorn_puts_it_before_the_path(name: str, root: str) -> None:
    with run(name, root) as server:
        expect_ann(server, ["/chat/ann?plain", *MOUNTED, NESTED])
        if root == "/api":
            expect_ann(server, ["/m/chat/ann?fastapi-api"])
        assert rejected(server, "/nowhere/chat/ann?plain") == 404


@pytest.mark.parametrize(("name", "root"), OTHERS)
def test_others_leave_the_path_as_the_client_sent_it(name: str, root: str) -> None:
    before = root.rstrip("/")
    with run(name, root) as server:
        expect_ann(server, ["/chat/ann?plain", *MOUNTED, f"{before}/chat/ann?plain", "/m/chat/ann?fastapi-api"])
        assert rejected(server, f"{before}x/chat/ann?plain") in (403, 404)
        for target in (before, f"{before}/"):
            with connect(f"ws://{server.address}{target}?plain", open_timeout=DEADLINE) as client:
                assert json.loads(client.recv(DEADLINE)) == {}


def test_fastapis_own_root_path() -> None:
    with run("uvicorn-websockets", "") as server:
        expect_ann(server, ["/m/chat/ann?fastapi-api", "/api/m/chat/ann?fastapi-api"])
