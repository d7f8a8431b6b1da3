"""The chat with Redis and several workers."""

import os
import signal
from collections.abc import Generator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from bareasgi_ws._command.servers.process import DEADLINE, ServerProcess

from ...chat_server import Member, free_port, running_redis, serving_chat, serving_chat_twice, workers

pytestmark = pytest.mark.slow

ESTABLISHED = "01"
SECRET = "the same everywhere"


@pytest.fixture(scope="module")
def redis() -> Generator[str]:
    with running_redis() as (url, _):
        yield url


@pytest.fixture
def server(redis: str) -> Generator[ServerProcess]:
    with serving_chat_twice(redis=redis, secret=SECRET) as server:
        yield server


def test_two_workers_see_every_message_once_and_in_one_order(server: ServerProcess) -> None:
    members = join_on_both(server, "order")
    for number in range(20):
        for member in members:
            member.say(str(number))
    seen = [member.texts(20 * len(members)) for member in members]
    assert all(texts == seen[0] for texts in seen)
    assert sorted(seen[0]) == sorted(str(number) for number in range(20) for _ in members)


def test_a_killed_workers_members_come_again_and_miss_nothing(server: ServerProcess) -> None:
    members = join_on_both(server, "kill")
    members[0].say("before")
    for member in members:
        assert member.texts(1) == ["before"]
    victim = workers(server)[0]
    lost = [member for member in members if own_port(member) in clients(victim)]
    left = [member for member in members if member not in lost]
    os.kill(victim, signal.SIGKILL)
    for member in lost:
        assert closed_with(member.web_socket) == 1006
    left[0].say("meanwhile")
    assert left[0].texts(1) == ["meanwhile"]
    for member in lost:
        assert member.join("kill")["gap"] is False
        assert member.texts(1) == ["meanwhile"]
    lost[0].say("after")
    for member in members:
        expected = ["after"] if member in lost or member is left[0] else ["meanwhile", "after"]
        assert member.texts(len(expected)) == expected


def test_a_restart_of_everything_but_redis_keeps_the_history(redis: str) -> None:
    with serving_chat(redis=redis, secret=SECRET) as server:
        ann = Member(server, "Ann")
        ann.join("restart")
        ann.say("before")
        ann.next()
    with serving_chat(redis=redis, secret=SECRET) as server:
        bob = Member(server, "Bob")
        bob.join("restart")
        assert bob.texts(1) == ["before"]


def test_while_redis_is_away_members_are_told_to_come_later_and_ids_go_on_growing() -> None:
    port = free_port()
    with running_redis(port) as (url, process), serving_chat(redis=url, secret=SECRET) as server:
        ann, bob = Member(server, "Ann"), Member(server, "Bob")
        ann.join()
        bob.join()
        ann.say("before")
        assert (ann.texts(1), bob.texts(1)) == (["before"], ["before"])
        process.kill()
        process.wait(DEADLINE)
        ann.say("lost?", key="again")
        assert closed_with(ann.web_socket) == 1013
        with running_redis(port):
            assert closed_with(bob.web_socket) == 1012  # news may have been missed, so it is to come again
            assert bob.join()["type"] == "joined", server.log
            ann.join()
            ann.say("lost?", key="again")
            assert (ann.texts(1), bob.texts(1)) == (["lost?"], ["lost?"])


def test_without_redis_where_there_should_be_one_it_does_not_start() -> None:
    url = f"redis://127.0.0.1:{free_port()}"
    with pytest.raises(RuntimeError, match="Redis cannot be reached"), serving_chat(redis=url, secret=SECRET):
        pass


def test_redis_needs_a_secret() -> None:
    with pytest.raises(RuntimeError, match="CHAT_REDIS needs CHAT_SECRET"), serving_chat(redis="redis://127.0.0.1:1"):
        pass


def join_on_both(server: ServerProcess, room: str) -> list[Member]:
    """Join with so many members that each worker has one: the system chooses who takes a connection."""
    members: list[Member] = []
    for number in count():
        assert number < 200, "one worker takes every connection"
        members.append(Member(server, f"Member {number}"))
        members[-1].join(room)
        if number >= 3 and all(any(own_port(m) in clients(pid) for m in members) for pid in workers(server)):
            return members
    raise AssertionError


def clients(pid: int) -> set[int]:
    """Return the ports at the other ends of a process's connections, as the system knows them."""
    inodes = {os.readlink(link)[len("socket:[") : -1] for link in Path(f"/proc/{pid}/fd").iterdir()}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {int(row[2].partition(":")[2], 16) for row in rows if row[9] in inodes and row[3] == ESTABLISHED}


def own_port(member: Member) -> int:
    port: int = member.web_socket.local_address[1]
    return port


def closed_with(connection: ClientConnection) -> int | None:
    """Read to the end, and give the code."""
    with suppress(ConnectionClosed):
        while True:
            connection.recv(DEADLINE)
    return connection.close_code
