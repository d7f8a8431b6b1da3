"""Many clients at once on each server: what the load asks for holds, and it finds what does not."""

import asyncio
import os
import platform
from random import Random

import pytest

from bareasgi_ws._command.servers import SERVERS
from tools.load import results, rounds
from tools.load.client import WrongError
from tools.load.limits import STAYS_OPEN, Limits
from tools.load.rounds import SMALL, WHOLE, Load, Measurement, Size, is_flat, memory_of, run

from .faulty import LAST, FaultyServer

TINY = Size(connections=40, messages=27 * LAST, rounds=1, patience=3, stopping=0.5)
KEPT = results.read()


@pytest.mark.slow
@pytest.mark.parametrize("server", SERVERS)
def test_a_small_load(server: str) -> None:
    check(server, run(server, SMALL, seed=1), SMALL, platform.python_version())


@pytest.mark.nightly
@pytest.mark.parametrize("server", SERVERS)
def test_the_whole_load(server: str) -> None:
    measured = run(server, WHOLE, seed=2)
    check(server, measured, WHOLE, platform.python_version())
    assert is_flat(measured.memory), measured


@pytest.mark.parametrize("server", SERVERS)
def test_what_is_kept_is_of_the_whole_load_and_holds(server: str) -> None:
    kept = KEPT[server]
    check(server, kept.measured, WHOLE, kept.python)
    assert all(kept.measured.memory)
    assert is_flat(kept.measured.memory)


def test_every_server_is_kept_with_the_version_that_is_installed() -> None:
    installed = {server: str(command) for server, command in SERVERS.items()}
    assert {server: kept.version for server, kept in KEPT.items()} == installed


def test_a_server_without_a_fault_bears_the_load() -> None:
    measured = asyncio.run(load(""))
    assert measured.echoed >= TINY.messages
    assert measured.stopped is not None


@pytest.mark.parametrize(
    ("fault", "said"),
    {
        "drops one": "expected .*, got ",
        "sends one twice": "expected .*, got ",
        "sends the last twice": "expected a close frame, got ",
        "swaps two": "expected .*, got ",
        "changes a byte": "expected .*, as bytes, got .*, as bytes",
        "changes the kind": "expected .*, as str, got .*, as bytes",
        "ends early": "the connection has ended",
        "rejects one": "the handshake was not completed",
        "a handler stays": "handlers run although every client has gone",
    }.items(),
)
def test_the_load_finds_a_server_that(fault: str, said: str) -> None:
    with pytest.raises(WrongError, match=said):
        asyncio.run(load(fault))


@pytest.mark.skipif(platform.system() != "Linux", reason="only Linux has /proc")
def test_the_load_finds_a_server_that_keeps_files_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "RELEASE_TIMEOUT", 0.3)
    with pytest.raises(WrongError, match=r"the server holds \d+ more files than before"):
        asyncio.run(load("keeps files open"))


def test_the_load_finds_a_server_that_keeps_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.load.rounds.RELEASE_TIMEOUT", 0.5)
    with pytest.raises(WrongError, match=r"the server has 1[3-9]000 objects, after the first round it had 12000"):
        asyncio.run(load("keeps objects", TINY._replace(rounds=2)))


def test_the_load_does_not_wait_for_what_never_comes() -> None:
    with pytest.raises(WrongError, match=r"the round was not over within 0\.5 seconds: \d+ messages came back"):
        asyncio.run(load("never answers", TINY._replace(patience=0.5)))


def test_the_load_finds_a_server_that_does_not_close_when_it_is_stopped() -> None:
    assert asyncio.run(load("does not stop")).stopped is None


@pytest.mark.parametrize(
    ("memory", "flat"),
    [
        ([200] * 10, True),
        ([150, *[200] * 9], True),
        ([200, 210, 190, 205, 200, 212, 195, 200, 205, 200], True),
        ([200 + 12 * number for number in range(10)], False),
        ([200] * 5 + [260] * 5, False),
        ([200, 200, 200, 260, 200, 200, 200, 260, 200, 200], True),
    ],
)
def test_memory_is_flat(memory: list[int], flat: bool) -> None:
    assert is_flat(memory) == flat


@pytest.mark.skipif(platform.system() != "Linux", reason="only Linux has /proc")
def test_the_memory_of_a_process() -> None:
    before = memory_of(os.getpid())
    held = b"x" * (64 << 20)
    assert memory_of(os.getpid()) - before >= 60
    assert len(held) == 64 << 20


async def load(fault: str, size: Size = TINY) -> Measurement:
    """Put a tiny load on a server in this process."""
    server = FaultyServer(fault)
    async with server.serving():
        return await Load(server, size, Random(1), Limits()).run()


def check(server: str, measured: Measurement, size: Size, python: str) -> None:
    """Hold what was measured to what everybody is to do, but the servers of which it is known that they do not."""
    stays_open = server in STAYS_OPEN and tuple(map(int, python.split("."))) >= (3, 12, 1)
    assert measured.echoed >= size.messages
    assert len(measured.seconds) == len(measured.memory) == size.rounds
    assert (measured.stopped is None) == stays_open
