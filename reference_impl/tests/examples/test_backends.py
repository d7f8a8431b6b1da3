"""The examples of backends, each used as a process, and the tutorial held to the conformance kit."""

import runpy
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from bareasgi_ws._command.servers.process import ServerProcess, serving
from bareasgi_ws.conformance import Outcome, run

from ..bareasgi_environments import program

BACKENDS = Path(__file__).parents[3] / "examples" / "backends"
OVER_A_SOCKET = {
    f"its peer is not a {extra}"
    for extra in ("SupportsInject", "SupportsPause", "SupportsCancel", "SupportsServerScope")
}
WITH_HTTP = ["on_starlette.py", "on_fastapi.py", "on_bareasgi_3.py", "on_bareasgi_5.py"]

# By uvicorn 0.54 with websockets-sansio, its default (Kludex/uvicorn pull request 3138): the application is right.
LOGGED_AFTER_A_DENIAL = {"ERROR:    ASGI callable returned without completing handshake."}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[*WITH_HTTP, "on_websockets.py"])
def example(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def server(example: str) -> Iterator[ServerProcess]:
    generation = example.removeprefix("on_bareasgi_").removesuffix(".py")
    python = str(program(int(generation), "python")) if generation.isdigit() else sys.executable
    with serving([python, example, "0"], BACKENDS) as running:
        yield running
    assert set(running.errors) <= LOGGED_AFTER_A_DENIAL


def test_the_handler_knows_info_and_matches(server: ServerProcess) -> None:
    with connect(f"ws://{server.address}/hello/Ada", open_timeout=10, close_timeout=10) as client:
        for text in ("hi", "", "日本語"):
            client.send(text)
            assert client.recv(timeout=10) == f"Hello Ada, you said: {text}"


def test_a_message_of_the_other_kind_is_1003(server: ServerProcess) -> None:
    with connect(f"ws://{server.address}/hello/Ada", open_timeout=10, close_timeout=10) as client:
        client.send(b"")
        with pytest.raises(ConnectionClosedError) as closed:
            client.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1003


@pytest.mark.parametrize("path", ["/", "/hello", "/hello/Ada/too"])
def test_a_path_without_a_route_is_404(server: ServerProcess, path: str) -> None:
    with pytest.raises(InvalidStatus) as rejected:
        connect(f"ws://{server.address}{path}", open_timeout=10)
    assert rejected.value.response.status_code == 404


def test_http_beside_it_is_the_librarys(server: ServerProcess, example: str) -> None:
    status, body = (200, b"Hello by HTTP") if example in WITH_HTTP else (426, b"Failed to open a WebSocket connection")
    host, port = server.address.split(":")
    connection = HTTPConnection(host, int(port), timeout=10)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert (answer.status, answer.read()[: len(body)]) == (status, body)
    connection.close()


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_the_tutorial_conforms_with_every_capability(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BACKENDS)
    kit: dict[str, Any] = runpy.run_path(str(BACKENDS / "on_aiohttp_kit.py"))
    report = await run(kit["backend"])
    assert report.conforms, str(report)
    assert {result.outcome for result in report.results} == {Outcome.PASS, Outcome.NON_STRICT, Outcome.NOT_SEEN}
    (non_strict,) = (result for result in report.results if result.outcome is Outcome.NON_STRICT)
    assert non_strict.requirement.id == "WS-HANDSHAKE-17"  # aiohttp 3.14 writes the values of headers in UTF-8
    assert {result.step for result in report.results if result.outcome is Outcome.NOT_SEEN} <= OVER_A_SOCKET


def test_the_tutorial_is_short() -> None:
    assert len((BACKENDS / "on_aiohttp.py").read_text("utf-8").splitlines()) <= 80
