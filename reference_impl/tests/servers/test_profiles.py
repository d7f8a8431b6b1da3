"""Each profile speaks to an application as the real server does: both are given the same application."""

import http.client
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import anyio
import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from bareasgi_ws._command.servers import SERVERS, started
from bareasgi_ws._command.servers.process import DEADLINE, ServerProcess
from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.conformance import MemoryBackend
from bareasgi_ws.conformance.profiles import PROFILES
from bareasgi_ws.testing import Client

from .step_application import application, connection_logs
from .wire import asking, drop

pytestmark = pytest.mark.slow

# Its close waits 5 s for a response, also from a client that has gone.
OPTIONS = {"gunicorn": ["--asgi-disconnect-grace-period", "9"]}


class Scenario(NamedTuple):
    """The application's steps (see ``run_recording``), and what the client does, before ``gone`` where that is."""

    steps: str
    end: str = "close"


WAITING = {"uvicorn-websockets", "gunicorn"}
"""Their close waits for the client's response. hypercorn's does not, and what it rejects, it takes after that."""

CODES = (1000, 1001, 1003, 1008, 1011, 4999)

SCENARIOS = {
    "the scope": Scenario("scope accept", "nothing"),
    "messages": Scenario("accept receive receive receive receive", "messages"),
    "a close": Scenario("accept gone receive further further send close=4000"),
    "a registered close": Scenario("accept gone receive", "close 1001"),
    "a close without a code": Scenario("accept gone receive further", "empty close"),
    "a loss": Scenario("accept gone receive further send", "drop"),
    "a send after a close": Scenario("accept gone send send receive"),
    "a send after a loss": Scenario("accept gone send send receive", "drop"),
    "a close after a close": Scenario("accept gone close=4000"),
    "the application's close": Scenario("accept close=3000 gone receive further send close=3000", "closed"),
    "after the application's close": Scenario("accept close=3000 close=3001 send accept", "mute"),
    "a rejection": Scenario("close=4000 receive", "nothing"),
    "a denial": Scenario("deny body", "nothing"),
    "a denial in parts": Scenario("deny part body", "nothing"),
    "a client that did not wait": Scenario("gone accept receive send", "abandon"),
    "a close to one that did not wait": Scenario("gone accept close=1000", "abandon"),
    **{f"a close with {code}": Scenario(f"accept close={code}", "nothing") for code in CODES},
}


@pytest.fixture(scope="module", params=SERVERS)
def name(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def server(name: str) -> Iterator[ServerProcess]:
    with started(name, "step_application:application", Path(__file__).parent, *OPTIONS.get(name, ())) as running:
        yield running


@pytest.mark.parametrize("about", SCENARIOS)
def test_the_profile_speaks_as_the_server_does(about: str, name: str, server: ServerProcess) -> None:
    profile = name.removesuffix("-trio")
    scenario = SCENARIOS[about]
    if scenario.end == "mute" and name in WAITING:
        scenario = scenario._replace(end="nothing")
    spoken = by_wire(scenario, server, about)
    for library in ("asyncio", "trio"):
        assert anyio.run(in_memory, scenario, profile, backend=library) == spoken


async def unused(scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...


async def in_memory(scenario: Scenario, profile: str) -> list[str]:
    backend = MemoryBackend(lambda *how: application, ReferenceWebSocket).with_profile(profile)
    connection_logs.clear()
    recording = connection_logs["memory"]
    target = f"/recording?name=memory&do={quote(scenario.steps)}"
    with anyio.fail_after(DEADLINE):
        async with backend.connect(unused, path=target) as client:
            await recording.began.wait()
            await act(client, scenario.end)
            recording.going_on.set()
            await recording.ended.wait()
    return recording.notes


async def act(client: Client, end: str) -> None:
    if end not in ("abandon", "nothing"):
        await client.handshake()
    match end.split():
        case ["abandon"]:
            await client.drop()
        case ["messages"]:
            for message in ("a", b"b", "", b""):
                await client.send(message)
        case ["close", *code]:
            await client.close(int(code[0]) if code else 4003, "bye")
        case ["empty", "close"]:
            await client.close(None)
        case ["drop"]:
            await client.drop()
        case _:
            pass


def by_wire(scenario: Scenario, server: ServerProcess, about: str) -> list[str]:
    name = quote(about)
    target = f"/recording?name={name}&do={quote(scenario.steps)}"
    if scenario.end == "abandon":
        with asking(server.address, target):
            ask(server, f"/began?name={name}")
        ask(server, f"/go_on?name={name}")
        return ask(server, f"/said?name={name}")
    if scenario.end == "mute":
        with asking(server.address, target):
            return ask(server, f"/said?name={name}")
    url = f"ws://{server.address}{target}"
    # Some servers keep the connection until the application has ended: the client does not wait for them.
    with suppress(InvalidHandshake), connect(url, open_timeout=10, close_timeout=0.2) as client:
        act_by_wire(client, scenario.end)
        ask(server, f"/go_on?name={name}")
        return ask(server, f"/said?name={name}")
    return ask(server, f"/said?name={name}")


def act_by_wire(client: ClientConnection, end: str) -> None:
    match end.split():
        case ["messages"]:
            for message in ("a", b"b", "", b""):
                client.send(message)
        case ["close", *code]:
            client.close(int(code[0]) if code else 4003, "bye")
        case ["empty", "close"]:
            client.socket.sendall(b"\x88\x80\0\0\0\0")
            client.close()
        case ["drop"]:
            drop(client)
        case ["closed"]:
            with suppress(ConnectionClosed):
                client.recv(timeout=10)
            client.close()
        case _:
            pass


def ask(server: ServerProcess, target: str) -> list[str]:
    connection = http.client.HTTPConnection(server.address, timeout=10)
    try:
        connection.request("GET", target)
        recorded: list[str] = json.loads(connection.getresponse().read())
        return recorded
    finally:
        connection.close()


def test_every_server_has_its_scenarios() -> None:
    assert {name.removesuffix("-trio") for name in SERVERS} == set(PROFILES) - {"strict"}
